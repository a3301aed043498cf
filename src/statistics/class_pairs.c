#include "statistics/class_pairs.h"

#include "base/memory.h"

#include <stdlib.h>

struct ranked {
    uint64_t count;
    int label;
};

static int by_count(const void *a, const void *b) {
    const struct ranked *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return x->label - y->label;
}

void folding_open(struct folding *folding, const uint64_t *count, int n_classes) {
    int apart = n_classes <= CLASSES_APART ? n_classes : CLASSES_APART;
    struct ranked *ranked = must_calloc((size_t)n_classes, sizeof *ranked);
    for (int k = 0; k < n_classes; k++)
        ranked[k] = (struct ranked){count[k], k};
    qsort(ranked, (size_t)n_classes, sizeof *ranked, by_count);
    *folding = (struct folding){.class_at = must_calloc((size_t)apart + 1, sizeof(int)),
                                .place = must_calloc((size_t)n_classes, sizeof(int))};
    for (int r = 0; r < apart; r++)
        folding->place[ranked[r].label] = 1;
    for (int k = 0; k < n_classes; k++) {
        if (folding->place[k])
            folding->class_at[folding->n] = k;
        folding->place[k] = folding->place[k] ? folding->n++ : apart;
    }
    if (apart < n_classes)
        folding->class_at[folding->n++] = -1;
    free(ranked);
}

void folding_close(struct folding *folding) {
    free(folding->class_at);
    free(folding->place);
}

void class_pairs_open(struct class_pairs *pairs, const struct folding *folding) {
    size_t n = (size_t)folding->n;
    *pairs = (struct class_pairs){.n = folding->n,
                                  .share = must_calloc(n * n, sizeof *pairs->share),
                                  .sum = must_calloc(n, sizeof *pairs->sum)};
}

void class_pairs_close(struct class_pairs *pairs) {
    free(pairs->share);
    free(pairs->sum);
}

void class_pairs_add(struct class_pairs *pairs, int own, int other, double share) {
    pairs->share[(size_t)own * (size_t)pairs->n + (size_t)other] += share;
    pairs->sum[own] += share;
}

double class_pairs_part(const struct class_pairs *pairs, int own, int other) {
    double share = pairs->share[(size_t)own * (size_t)pairs->n + (size_t)other];
    return pairs->sum[own] > 0 ? share / pairs->sum[own] : 0;
}
