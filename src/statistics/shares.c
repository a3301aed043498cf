#include "statistics/shares.h"

#include "base/memory.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct remainder {
    int index;
    double size;
};

static int by_remainder(const void *a, const void *b) {
    const struct remainder *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? 1 : -1;
    return x->index - y->index;
}

void apportion(const float *share, int n, int total, int *part) {
    struct remainder *left = must_calloc((size_t)n, sizeof *left);
    double sum = 0;
    int given = 0;
    for (int i = 0; i < n; i++)
        sum += share[i];
    for (int i = 0; i < n; i++) {
        double exact = sum > 0 ? share[i] / sum * total : 0;
        part[i] = (int)exact;
        left[i] = (struct remainder){i, exact - part[i]};
        given += part[i];
    }
    qsort(left, (size_t)n, sizeof *left, by_remainder);
    for (int i = 0; sum > 0 && i < n && given < total; i++, given++)
        part[left[i].index]++;
    free(left);
}

static int by_share(const void *a, const void *b) {
    const struct share *x = a, *y = b;
    if (x->share != y->share)
        return x->share < y->share ? 1 : -1;
    return x->label - y->label;
}

static void set_percentages(struct share *shares, int n) {
    float *share = must_calloc((size_t)n, sizeof *share);
    int *percent = must_calloc((size_t)n, sizeof *percent);
    double sum = 0;
    for (int i = 0; i < n; i++) {
        share[i] = shares[i].share;
        sum += share[i];
    }
    apportion(share, n, (int)lrint(100 * sum), percent);
    for (int i = 0; i < n; i++)
        shares[i].percent = percent[i];
    free(share);
    free(percent);
}

int shares_of(const float *soft_label, int n_classes, struct share *shares) {
    int n = 0;
    for (int k = 0; k < n_classes; k++)
        if (soft_label[k] > 0)
            shares[n++] = (struct share){k, soft_label[k], 0};
    qsort(shares, (size_t)n, sizeof *shares, by_share);
    set_percentages(shares, n);
    return n;
}

/* Puts share[i] behind those that are as great, if it has a place; returns how many then have one.
 */
static int insert(const float *share, int i, int most, struct shown *shown, int n_shown) {
    if (n_shown == most && (n_shown < 2 || share[i] <= share[shown[n_shown - 1].index]))
        return n_shown;
    n_shown += n_shown < most;
    int place = n_shown - 1;
    for (; place > 1 && share[shown[place - 1].index] < share[i]; place--)
        shown[place] = shown[place - 1];
    shown[place].index = i;
    return n_shown;
}

int shares_show(const float *share, int n, int most, struct shown *shown, int *rest) {
    int *percent = must_calloc((size_t)n, sizeof *percent);
    int n_shown = 0;
    apportion(share, n, 100, percent);
    *rest = 0;
    for (int i = 0; i < n; i++) {
        n_shown = insert(share, i, most, shown, n_shown);
        *rest += percent[i];
    }
    for (int k = 0; k < n_shown; k++) {
        shown[k].percent = percent[shown[k].index];
        *rest -= shown[k].percent;
    }
    free(percent);
    return n_shown;
}

void percent_print(int percent, double share, char text[PERCENT_TEXT]) {
    bool little = percent == 0 && share > 0;
    snprintf(text, PERCENT_TEXT, little ? "<1 %%" : "%d %%", percent);
}
