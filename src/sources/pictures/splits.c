#include "sources/pictures/splits.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What splits are called; the words of a row mean the same. */
static const char *const WORDS[] = {"train|training", "val|valid|validation|dev", "test|testing",
                                    "eval|evaluation"};
enum { N_WORDS = sizeof WORDS / sizeof *WORDS };

int split_meaning(const char *word, size_t n) {
    for (int row = 0; row < N_WORDS; row++)
        if (choice_index(WORDS[row], word, n) >= 0)
            return row;
    return -1;
}

/* The same of a folder's name, in whatever letters. */
static int meaning(const char *name) {
    char lower[16] = "";
    size_t n = strlen(name);
    for (size_t i = 0; i < n && i < sizeof lower; i++)
        lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    return n < sizeof lower ? split_meaning(lower, n) : -1;
}

static bool is_folder(const char *root, const char *name) {
    char *path = path_join(root, name);
    bool folder = file_kind(path) == FILE_FOLDER;
    free(path);
    return folder;
}

static bool holds_below(const char *root, const char *name, holds_samples *holds) {
    char *path = path_join(root, name);
    bool found = holds(path);
    free(path);
    return found;
}

/* The folders of root, in byte order, if they are splits; else none. Owned by the caller. */
static size_t list_splits(const char *root, holds_samples *holds, char ***splits) {
    struct err ignored;
    size_t n = 0, kept = 0;
    bool held = false, other = false;
    *splits = NULL;
    if (folder_names(root, splits, &n, &ignored) < 0)
        return 0;
    for (size_t i = 0; i < n; i++) {
        char *name = (*splits)[i];
        bool folder = !other && !interrupted() && is_folder(root, name);
        other |= folder && meaning(name) < 0;
        held |= folder && !other && !held && holds_below(root, name, holds);
        if (folder)
            (*splits)[kept++] = name;
        else
            free(name);
    }
    if (held && !other)
        return kept;
    strings_free(*splits, kept);
    *splits = NULL;
    return 0;
}

bool splits_exist(const char *root, holds_samples *holds) {
    char **splits;
    size_t n = list_splits(root, holds, &splits);
    strings_free(splits, n);
    return n > 0;
}

/* The split that is called so, or so but for capitals, or by another word for it. */
static const char *find_split(char **splits, size_t n, const char *wanted) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(splits[i], wanted) == 0)
            return splits[i];
    for (size_t i = 0; i < n; i++)
        if (strcasecmp(splits[i], wanted) == 0)
            return splits[i];
    for (size_t i = 0; i < n; i++)
        if (meaning(splits[i]) == meaning(wanted))
            return splits[i];
    return NULL;
}

static void join_others(char **splits, size_t n, const char *but, struct text *text) {
    size_t before = text->used;
    for (size_t i = 0; i < n; i++) {
        if (splits[i] == but)
            continue;
        text_string(text, text->used > before ? ", " : "");
        text_string(text, splits[i]);
    }
}

static int missing_split(const char *root, const char *wanted, char **splits, size_t n,
                         struct err *err) {
    struct text there = {0};
    join_others(splits, n, NULL, &there);
    text_terminate(&there);
    if (wanted)
        fail(err, "%s: no split '%s'; there: %s", root, wanted, there.bytes);
    else
        fail(err, "%s: no split train; name the one to read with --split (there: %s)", root,
             there.bytes);
    text_close(&there);
    return -1;
}

static void note_choice(const char *root, const char *split, char **splits, size_t n,
                        struct text *note) {
    char name[ERR_TEXT];
    printable(name, sizeof name, root);
    text_string(note, note->used > 0 ? "; " : "");
    text_string(note, "reading the split ");
    text_string(note, split);
    text_string(note, " of ");
    text_string(note, name);
    text_string(note, " (also there: ");
    join_others(splits, n, split, note);
    text_string(note, "; --split names another)");
}

int split_choose(const char *root, const char *wanted, holds_samples *holds, char **split,
                 struct text *note, struct err *err) {
    char **splits;
    size_t n = list_splits(root, holds, &splits);
    const char *found = find_split(splits, n, wanted ? wanted : "train");
    int result = 0;
    *split = found ? must_strdup(found) : NULL;
    if (interrupt_check(err) < 0)
        result = -1;
    else if (n == 0 && wanted)
        result =
            fail(err,
                 "%s: no split '%s', as there are no splits (folders called train, val, test); "
                 "leave out --split",
                 root, wanted);
    else if (n > 0 && !found)
        result = missing_split(root, wanted, splits, n, err);
    else if (n > 1 && !wanted)
        note_choice(root, found, splits, n, note);
    strings_free(splits, n);
    return result;
}
