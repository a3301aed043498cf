#include "base/words.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { NAME_LONGEST = 64 }; // that are compared

int choice_index(const char *choices, const char *word, size_t length) {
    int index = 0;
    for (const char *at = choices;; index++) {
        size_t n = strcspn(at, "|");
        if (n == length && memcmp(at, word, n) == 0)
            return index;
        if (!at[n])
            return -1;
        at += n + 1;
    }
}

const char *choice_word(const char *choices, int index, int *length) {
    for (; index > 0; index--) {
        choices = strchr(choices, '|');
        if (!choices)
            return NULL;
        choices++;
    }
    *length = (int)strcspn(choices, "|");
    return choices;
}

bool choice_copy(const char *choices, int index, char *word, size_t size) {
    int length;
    const char *found = choice_word(choices, index, &length);
    if (found)
        snprintf(word, size, "%.*s", length, found);
    return found != NULL;
}

/* Edits between two names: insertions, deletions, substitutions, and swaps of neighbours count one
 * each (Damerau, CACM 7, 1964; the restricted form). */
static int edit_distance(const char *a, const char *b) {
    int rows[3][NAME_LONGEST + 1];
    int n = (int)strlen(a), m = (int)strlen(b);
    if (n > NAME_LONGEST || m > NAME_LONGEST)
        return NAME_LONGEST;
    for (int j = 0; j <= m; j++)
        rows[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (int j = 1; j <= m; j++) {
            int best = last[j - 1] + (a[i - 1] != b[j - 1]);
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = before[j - 2] + 1 < best ? before[j - 2] + 1 : best;
            now[j] = best;
        }
    }
    return rows[n % 3][m];
}

const char *nearest_name(const char *typed, const char *const *names, int n) {
    const char *nearest = NULL;
    int least = (int)strlen(typed) / 3 + 2;
    for (int i = 0; i < n; i++) {
        int distance = edit_distance(typed, names[i]);
        bool alike = 2 * distance <= (int)strlen(typed) && distance < (int)strlen(names[i]);
        if (alike && distance < least) {
            least = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

const char *s_of(uint64_t n) {
    return n == 1 ? "" : "s";
}

const char *es_of(uint64_t n) {
    return n == 1 ? "" : "es";
}
