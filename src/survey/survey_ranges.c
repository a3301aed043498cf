/* What follows from the counts of a survey. */
#include "survey/survey.h"

#include <stdlib.h>

struct class_range survey_classes(const struct survey *survey) {
    struct class_range range = {UINT64_MAX, 0, 0};
    for (int k = 0; k < survey->n_classes; k++) {
        uint64_t n = survey->of_class[k];
        range.n_empty += n == 0;
        range.most = n > range.most ? n : range.most;
        range.least = n > 0 && n < range.least ? n : range.least;
    }
    range.least = range.most > 0 ? range.least : 0;
    return range;
}

static int by_count(const void *a, const void *b) {
    const struct tally_entry *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

struct tally_entry *survey_sizes(const struct survey *survey) {
    return tally_sorted(&survey->sizes, by_count);
}

static int by_width(const void *a, const void *b) {
    const struct tally_entry *x = a, *y = b;
    return (size_w(x->key) > size_w(y->key)) - (size_w(x->key) < size_w(y->key));
}

static int by_height(const void *a, const void *b) {
    const struct tally_entry *x = a, *y = b;
    return (size_h(x->key) > size_h(y->key)) - (size_h(x->key) < size_h(y->key));
}

static struct side_range range_of(const struct tally *sizes, uint32_t (*side)(uint64_t key),
                                  int (*compare)(const void *a, const void *b)) {
    if (sizes->n == 0)
        return (struct side_range){0};
    struct tally_entry *sorted = tally_sorted(sizes, compare);
    uint64_t all = 0, seen = 0;
    size_t at = 0;
    for (size_t i = 0; i < sizes->n; i++)
        all += sorted[i].n;
    while ((seen += sorted[at].n) < (all + 1) / 2)
        at++;
    struct side_range range = {side(sorted[0].key), side(sorted[at].key),
                               side(sorted[sizes->n - 1].key)};
    free(sorted);
    return range;
}

struct side_range survey_widths(const struct survey *survey) {
    return range_of(&survey->sizes, size_w, by_width);
}

struct side_range survey_heights(const struct survey *survey) {
    return range_of(&survey->sizes, size_h, by_height);
}
