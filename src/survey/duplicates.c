#include "survey/duplicates.h"

#include "base/memory.h"

#include <stdlib.h>

void duplicates_add(struct duplicates *duplicates, const struct fingerprint *print) {
    duplicates->prints =
        must_grow(duplicates->prints, duplicates->n, &duplicates->room, sizeof *duplicates->prints);
    duplicates->prints[duplicates->n++] = *print;
}

static int compare_digests(const struct digest128 *a, const struct digest128 *b) {
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    return (a->low > b->low) - (a->low < b->low);
}

static int by_digest(const void *a, const void *b) {
    const struct fingerprint *x = a, *y = b;
    int order = compare_digests(&x->digest, &y->digest);
    return order ? order : (x->sample > y->sample) - (x->sample < y->sample);
}

/* Those that are equal to the first of n. */
static struct group group_at(const struct fingerprint *prints, size_t first, size_t n) {
    struct group group = {.first = first, .n = 1};
    const struct fingerprint *head = &prints[first];
    for (; group.n < n && compare_digests(&head->digest, &head[group.n].digest) == 0; group.n++)
        group.across |= head[group.n].label != head->label;
    return group;
}

static void add_group(struct duplicates *duplicates, const struct group *group, size_t *room) {
    duplicates->groups = must_grow(duplicates->groups, duplicates->n_groups, room, sizeof *group);
    duplicates->groups[duplicates->n_groups++] = *group;
    duplicates->n_across += group->across;
    duplicates->n_copies += group->n - 1;
}

static int by_weight(const void *a, const void *b, void *prints) {
    const struct group *x = a, *y = b;
    const struct fingerprint *first = prints;
    if (x->across != y->across)
        return x->across ? -1 : 1;
    uint32_t at_x = first[x->first].sample, at_y = first[y->first].sample;
    return (at_x > at_y) - (at_x < at_y);
}

void duplicates_find(struct duplicates *duplicates) {
    size_t room = 0, n = duplicates->n;
    if (n == 0)
        return;
    qsort(duplicates->prints, n, sizeof *duplicates->prints, by_digest);
    for (size_t at = 0; at < n;) {
        struct group group = group_at(duplicates->prints, at, n - at);
        if (group.n > 1)
            add_group(duplicates, &group, &room);
        at += group.n;
    }
    if (duplicates->n_groups > 0)
        qsort_r(duplicates->groups, duplicates->n_groups, sizeof *duplicates->groups, by_weight,
                duplicates->prints);
}

void duplicates_close(struct duplicates *duplicates) {
    free(duplicates->prints);
    free(duplicates->groups);
}
