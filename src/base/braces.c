#include "base/braces.h"

#include "base/memory.h"
#include "base/text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>

enum { NAMES_MAX = 1 << 20, DIGITS_MAX = 18 };

struct names {
    char **names;
    size_t n, room;
};

/* --- one brace: "{low..high}" or "{a,b,c}" --- */

struct brace {
    const char *open, *close; // its two marks
    bool counts;
    long low, high;
    int width;
};

/* Digits up to `end`; -1: other things stand there. */
static long parse_digits(const char *at, const char *end) {
    if (at == end || end - at > DIGITS_MAX)
        return -1;
    for (const char *digit = at; digit < end; digit++)
        if (!isdigit((unsigned char)*digit))
            return -1;
    return strtol(at, NULL, 10);
}

static bool parse_range(struct brace *brace) {
    const char *low = brace->open + 1, *dots = strstr(low, "..");
    if (!dots || dots > brace->close)
        return false;
    const char *high = dots + 2;
    brace->low = parse_digits(low, dots);
    brace->high = parse_digits(high, brace->close);
    bool padded = (low[0] == '0' && dots - low > 1) || (high[0] == '0' && brace->close - high > 1);
    long width = dots - low > brace->close - high ? dots - low : brace->close - high;
    brace->width = padded ? (int)width : 1;
    return brace->low >= 0 && brace->high >= brace->low;
}

/* The first brace that counts or lists; others stand for themselves. */
static bool find_brace(const char *text, struct brace *brace) {
    for (const char *open = strchr(text, '{'); open; open = strchr(open + 1, '{')) {
        const char *mark = open + 1 + strcspn(open + 1, "{}");
        if (*mark != '}')
            continue;
        *brace = (struct brace){.open = open, .close = mark};
        brace->counts = parse_range(brace);
        if (brace->counts || memchr(open, ',', (size_t)(mark - open)))
            return true;
    }
    return false;
}

/* --- all braces --- */

static int add_name(struct names *list, const struct text *head, const char *pattern,
                    struct err *err) {
    if (list->n == NAMES_MAX)
        return fail(err, "%s: stands for more than %d names", pattern, NAMES_MAX);
    list->names = must_grow(list->names, list->n, &list->room, sizeof *list->names);
    list->names[list->n++] = must_strndup(head->bytes, head->used);
    return 0;
}

/* head: what the braces before `rest` have become. */
static int expand(struct names *list, struct text *head, const char *rest, const char *pattern,
                  struct err *err);

static int expand_range(struct names *list, struct text *head, const struct brace *brace,
                        const char *pattern, struct err *err) {
    size_t before = head->used;
    int result = 0;
    for (long i = brace->low; i <= brace->high && result == 0; i++) {
        text_format(head, "%0*ld", brace->width, i);
        result = expand(list, head, brace->close + 1, pattern, err);
        head->used = before;
    }
    return result;
}

static int expand_list(struct names *list, struct text *head, const struct brace *brace,
                       const char *pattern, struct err *err) {
    size_t before = head->used;
    int result = 0;
    for (const char *at = brace->open; at < brace->close && result == 0;) {
        size_t length = strcspn(at + 1, ",}");
        text_bytes(head, at + 1, length);
        result = expand(list, head, brace->close + 1, pattern, err);
        head->used = before;
        at += 1 + length;
    }
    return result;
}

static int expand(struct names *list, struct text *head, const char *rest, const char *pattern,
                  struct err *err) {
    struct brace brace;
    if (find_brace(rest, &brace)) {
        text_bytes(head, rest, (size_t)(brace.open - rest));
        return (brace.counts ? expand_range : expand_list)(list, head, &brace, pattern, err);
    }
    text_string(head, rest);
    return add_name(list, head, pattern, err);
}

int braces_expand(const char *pattern, char ***names, size_t *n, struct err *err) {
    struct names list = {0};
    struct text head = {0};
    text_room(&head, 1); // bytes to point at, though no name has any
    int result = expand(&list, &head, pattern, pattern, err);
    text_close(&head);
    *names = list.names;
    *n = list.n;
    return result;
}
