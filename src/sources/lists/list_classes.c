#include "sources/lists/list_classes.h"

#include "base/decimal.h"
#include "base/files.h"
#include "base/memory.h"
#include "base/names.h"
#include "base/words.h"
#include "sources/labels/class_names.h"

#include <stdlib.h>

/* --- one list --- */

/* The number that digits stand for, or -1: it is no class. */
static int class_number(const char *digits) {
    double number;
    return parse_number(digits, &number) == 0 && number >= 0 && number < CLASSES_MAX ? (int)number
                                                                                     : -1;
}

/* Returns 1 + the greatest number, or -1. */
static int map_whole_numbers(struct list_classes *classes, const struct list_rows *rows,
                             const char *file, struct err *err) {
    int limit = file ? classes->n : CLASSES_MAX, n = 0;
    for (int k = 0; k < classes->n_map; k++) {
        const char *word = string_index_at(&rows->words, k);
        int class = classes->map[k] = class_number(word);
        if (class < 0 || class >= limit)
            return fail(err, "%s: line %zu: %s is no class: they are 0..%d%s%s", rows->file,
                        rows->word_line[k], word, limit - 1, file ? ", as named in " : "",
                        file ? file : "");
        n = class >= n ? class + 1 : n;
    }
    return n;
}

static char **escaped_words(const struct string_index *words) {
    char **names = must_calloc((size_t)words->n, sizeof *names);
    for (int k = 0; k < words->n; k++)
        names[k] = escape_folder(string_index_at(words, k));
    return names;
}

static void index_names(struct string_index *index, char **names, int n) {
    for (int k = 0; k < n; k++)
        string_index_add(index, names[k]);
}

static int map_name(const struct list_classes *classes, const struct list_rows *rows,
                    const struct string_index *index, int word, const char *name, const char *file,
                    struct err *err) {
    classes->map[word] = string_index_find(index, name);
    if (classes->map[word] != STRING_NONE)
        return 0;
    const char *near = nearest_name(name, (const char *const *)classes->names, classes->n);
    return fail(err, "%s: line %zu: '%s' is none of the %d class%s in %s%s%s%s", rows->file,
                rows->word_line[word], name, classes->n, es_of((uint64_t)classes->n), file,
                near ? " (nearest: '" : "", near ? near : "", near ? "')" : "");
}

/* Words are names: of classes that a file names, or else of these classes alone. */
static int map_names(struct list_classes *classes, const struct list_rows *rows, const char *file,
                     struct err *err) {
    struct string_index index = {0};
    char **words = escaped_words(&rows->words);
    int result = 0;
    classes->ordered = file || rows->form == LABEL_NUMBERS;
    if (!file) {
        classes->names = escaped_words(&rows->words);
        classes->n = rows->words.n;
    }
    if (!classes->ordered)
        strings_sort(classes->names, (size_t)classes->n);
    index_names(&index, classes->names, classes->n);
    for (int k = 0; k < classes->n_map && result == 0; k++)
        result = map_name(classes, rows, &index, k, words[k], file, err);
    strings_free(words, (size_t)rows->words.n);
    string_index_close(&index);
    return result;
}

static void map_to_itself(struct list_classes *classes) {
    for (int k = 0; k < classes->n_map; k++)
        classes->map[k] = k;
}

/* Numbers mean classes 0..n-1, or those that the file names. */
static int count_classes(struct list_classes *classes, int n, const char *file, struct err *err) {
    if (!file) {
        classes->n = n;
        return 0;
    }
    if (n > classes->n || (classes->exact && n < classes->n))
        return fail(err, "%s: its labels tell of %d class%s, but %s names %d", classes->list, n,
                    es_of((uint64_t)n), file, classes->n);
    classes->ordered = true;
    return 0;
}

int list_classes_open(struct list_classes *classes, const struct list_rows *rows, const char *file,
                      struct err *err) {
    bool words = rows->form == LABEL_WORDS, named = rows->words.n > 0 && !(words && rows->whole);
    *classes = (struct list_classes){.list = rows->file, .exact = rows->form == LABEL_NUMBERS};
    classes->n_map = words ? rows->words.n : rows->n_classes;
    classes->map = must_calloc((size_t)classes->n_map, sizeof *classes->map);
    if (file && class_names_read(file, &classes->names, &classes->n, err) < 0)
        return -1;
    if (named)
        return map_names(classes, rows, file, err);
    int n = classes->n_map;
    if (words)
        n = map_whole_numbers(classes, rows, file, err);
    else
        map_to_itself(classes);
    return n < 0 ? -1 : count_classes(classes, n, file, err);
}

void list_classes_close(struct list_classes *classes) {
    if (classes->names)
        strings_free(classes->names, (size_t)classes->n);
    free(classes->map);
}

/* --- several --- */

static int unite_numbers(const struct list_classes *lists, int n_lists, char ***names, int *n,
                         struct err *err) {
    int most = 0;
    for (int i = 0; i < n_lists; i++)
        most = lists[i].n > most ? lists[i].n : most;
    for (int i = 0; i < n_lists; i++)
        if (lists[i].exact && lists[i].n < most)
            return fail(err, "%s: its labels are rows of %d number%s, but other labels have %d",
                        lists[i].list, lists[i].n, s_of((uint64_t)lists[i].n), most);
    struct class_names numbers = {0};
    class_names_number(&numbers, most);
    *names = numbers.names;
    *n = numbers.n;
    return 0;
}

static void add_ordered(struct string_index *all, const struct list_classes *lists, int n_lists) {
    for (int i = 0; i < n_lists; i++)
        if (lists[i].ordered)
            index_names(all, lists[i].names, lists[i].n);
}

static void add_others(struct string_index *all, const struct list_classes *lists, int n_lists) {
    char **others = NULL;
    size_t n = 0, room = 0;
    for (int i = 0; i < n_lists; i++)
        for (int k = 0; k < lists[i].n && !lists[i].ordered; k++) {
            others = must_grow(others, n, &room, sizeof *others);
            others[n++] = lists[i].names[k];
        }
    strings_sort(others, n);
    index_names(all, others, (int)n);
    free(others);
}

static void unite_names(struct list_classes *lists, int n_lists, char ***names, int *n) {
    struct string_index all = {0};
    add_ordered(&all, lists, n_lists);
    add_others(&all, lists, n_lists);
    for (int i = 0; i < n_lists; i++)
        for (int k = 0; k < lists[i].n_map; k++)
            lists[i].map[k] = string_index_find(&all, lists[i].names[lists[i].map[k]]);
    *n = all.n;
    *names = must_calloc((size_t)all.n, sizeof **names);
    for (int k = 0; k < all.n; k++)
        (*names)[k] = must_strdup(string_index_at(&all, k));
    string_index_close(&all);
}

int list_classes_unite(struct list_classes *lists, int n_lists, char ***names, int *n,
                       struct err *err) {
    const struct list_classes *first = &lists[0];
    for (int i = 1; i < n_lists; i++)
        if (!lists[i].names != !first->names)
            return fail(
                err, "%s: its classes are %s, while those of %s are %s; name them with --classes",
                lists[i].list, lists[i].names ? "names" : "numbers", first->list,
                first->names ? "names" : "numbers");
    if (!first->names)
        return unite_numbers(lists, n_lists, names, n, err);
    unite_names(lists, n_lists, names, n);
    return 0;
}
