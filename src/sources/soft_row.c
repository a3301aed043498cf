#include "sources/soft_row.h"

#include <math.h>

static const double TOLERANCE = 1e-3, ROUNDING = 1e-6; // of the sum

struct sums {
    double sum, most;
    bool marks; // zeros and ones only
};

static struct sums sum_up(const double *value, int n) {
    struct sums of = {.marks = true};
    for (int k = 0; k < n; k++) {
        of.sum += value[k];
        of.most = value[k] > of.most ? value[k] : of.most;
        of.marks &= value[k] == 0 || value[k] == 1;
    }
    return of;
}

int soft_row_check(const double *value, int n, struct err *err) {
    for (int k = 0; k < n; k++)
        if (!(value[k] >= 0 && isfinite(value[k])))
            return fail(err, "has %g in column %d, where a soft label has numbers from 0 to 1",
                        value[k], k);
    struct sums of = sum_up(value, n);
    if (of.marks && of.sum == 0)
        return fail(err, "is all zeros, which is no label");
    if (!of.marks && fabs(of.sum - 1) > TOLERANCE)
        return fail(err, "sums to %.7g, where a soft label sums to 1 or has only zeros and ones",
                    of.sum);
    return 0;
}

struct soft_row soft_row_settle(const double *value, int n, float *row) {
    struct sums of = sum_up(value, n);
    bool keep = of.marks || (fabs(of.sum - 1) <= ROUNDING && of.most <= 1);
    struct soft_row settled = {.single = of.marks && of.sum == 1};
    for (int k = 0; k < n; k++) {
        row[k] = (float)(keep ? value[k] : value[k] / of.sum);
        if (row[k] > row[settled.argmax])
            settled.argmax = k;
    }
    return settled;
}
