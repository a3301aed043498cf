/* A soft label as a row of numbers: what is one, and what is made of it. */
#ifndef MIXSMITH_SOFT_ROW_H
#define MIXSMITH_SOFT_ROW_H

#include "base/fail.h"

#include <stdbool.h>

/* value: (n) must sum to 1 within 0.001, or to more where no entry is above 1: then it is a label
 * of several classes, or a mix of such. Else -1; the message does not say which row: the caller
 * does. */
int soft_row_check(const double *value, int n, struct err *err);

struct soft_row {
    int argmax;  // ties to the lower
    bool single; // one class, and it alone
};

/* row: (n) the values, which were checked, to the bit of a float; divided by their sum only where
 * that is not 1 within rounding. */
struct soft_row soft_row_settle(const double *value, int n, float *row);

#endif
