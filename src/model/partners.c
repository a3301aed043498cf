#include "model/partners.h"

/* Positions in by_class from first to last - 1, without own. */
static int add_others(const struct batch *batch, int first, int last, int own, int *candidates,
                      int n) {
    for (int i = first; i < last; i++)
        if (batch->by_class[i] != own)
            candidates[n++] = batch->by_class[i];
    return n;
}

static int add_all_others(const struct batch *batch, int own, int *candidates) {
    int n = batch->n - 1;
    for (int i = 0; i < n; i++)
        candidates[i] = i + (i >= own);
    return n;
}

static int list_candidates(const struct batch *batch, int own, enum pairing pairing,
                           int *candidates) {
    int label = batch->label[own];
    int first = batch->class_start[label], last = batch->class_start[label + 1];
    if (pairing == PAIR_ANY)
        return add_all_others(batch, own, candidates);
    if (pairing == PAIR_SAME)
        return add_others(batch, first, last, own, candidates, 0);
    int n = add_others(batch, 0, first, own, candidates, 0);
    return add_others(batch, last, batch->n, own, candidates, n);
}

/* The first `count` places of a random order (Fisher and Yates, in Knuth's form). */
static int draw_from_list(int *candidates, int n, int count, struct rng *rng, int *partners) {
    if (count > n)
        count = n;
    for (int i = 0; i < count; i++) {
        int j = i + (int)rng_below(rng, (uint32_t)(n - i));
        partners[i] = candidates[j];
        candidates[j] = candidates[i];
    }
    return count;
}

/* One class with samples left. */
struct group {
    int *member;
    int n;
};

static int group_by_class(const struct batch *batch, int own, int *candidates,
                          struct group *groups) {
    int n_groups = 0;
    for (int k = 0, used = 0; k < batch->n_classes; k++) {
        int end = add_others(batch, batch->class_start[k], batch->class_start[k + 1], own,
                             candidates, used);
        if (end > used)
            groups[n_groups++] = (struct group){candidates + used, end - used};
        used = end;
    }
    return n_groups;
}

static int draw_balanced(struct group *groups, int n_groups, int count, struct rng *rng,
                         int *partners) {
    int drawn = 0;
    while (drawn < count && n_groups > 0) {
        struct group *group = &groups[rng_below(rng, (uint32_t)n_groups)];
        int j = (int)rng_below(rng, (uint32_t)group->n);
        partners[drawn++] = group->member[j];
        group->member[j] = group->member[--group->n];
        if (group->n == 0)
            *group = groups[--n_groups];
    }
    return drawn;
}

int partners_count(const struct batch *batch, int own, enum pairing pairing) {
    int label = batch->label[own];
    int same = batch->class_start[label + 1] - batch->class_start[label];
    return pairing == PAIR_SAME ? same - 1 : pairing == PAIR_OTHER ? batch->n - same : batch->n - 1;
}

int partners_draw(const struct batch *batch, int own, enum pairing pairing, int count,
                  struct rng *rng, struct arena *arena, int *partners) {
    int *candidates = arena_take(arena, (size_t)batch->n * sizeof *candidates);
    if (pairing != PAIR_BALANCED)
        return draw_from_list(candidates, list_candidates(batch, own, pairing, candidates), count,
                              rng, partners);
    size_t most_groups = (size_t)(batch->n < batch->n_classes ? batch->n : batch->n_classes);
    struct group *groups = arena_take(arena, most_groups * sizeof *groups);
    return draw_balanced(groups, group_by_class(batch, own, candidates, groups), count, rng,
                         partners);
}

/* The common case without candidates: the n-th other sample, counted past own. */
static int any_other(const struct batch *batch, int own, struct rng *rng) {
    int other = (int)rng_below(rng, (uint32_t)(batch->n - 1));
    return other + (other >= own);
}

int partner_draw(const struct batch *batch, int own, enum pairing pairing, struct rng *rng,
                 struct arena *arena) {
    if (pairing == PAIR_ANY && batch->n > 1)
        return any_other(batch, own, rng);
    int other = own;
    partners_draw(batch, own, pairing, 1, rng, arena, &other);
    return other;
}
