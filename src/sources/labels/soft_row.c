#include "sources/labels/soft_row.h"

#include <math.h>

static const double TOLERANCE = 1e-3, ROUNDING = 1e-6; // of the sum

struct sums {
    double sum, most;
};

static struct sums sum_up(const double *value, int n) {
    struct sums of = {0};
    for (int k = 0; k < n; k++) {
        of.sum += value[k];
        of.most = value[k] > of.most ? value[k] : of.most;
    }
    return of;
}

/* Of several classes: the entries are no shares of one whole. */
static bool is_of_several(const struct sums *of) {
    return of->sum > 1 + TOLERANCE;
}

int soft_row_check(const double *value, int n, struct err *err) {
    for (int k = 0; k < n; k++)
        if (!(value[k] >= 0 && isfinite(value[k])))
            return fail(err, "has %g in column %d, where a soft label has numbers from 0 to 1",
                        value[k], k);
    struct sums of = sum_up(value, n);
    if (of.sum == 0)
        return fail(err, "is all zeros, which is no label");
    if (of.sum < 1 - TOLERANCE || (is_of_several(&of) && of.most > 1))
        return fail(err,
                    "sums to %.7g, where a soft label sums to 1 or, with several classes, has "
                    "entries of up to 1 that sum to more",
                    of.sum);
    return 0;
}

struct soft_row soft_row_settle(const double *value, int n, float *row) {
    struct sums of = sum_up(value, n);
    bool keep = is_of_several(&of) || (fabs(of.sum - 1) <= ROUNDING && of.most <= 1);
    struct soft_row settled = {.single = of.most == 1 && of.sum == 1};
    for (int k = 0; k < n; k++) {
        row[k] = (float)(keep ? value[k] : value[k] / of.sum);
        if (row[k] > row[settled.argmax])
            settled.argmax = k;
    }
    return settled;
}
