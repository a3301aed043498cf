/* Eigenvalues of symmetric matrices. The only file that names LAPACK, which is loaded when it is
 * needed: linked in, it would make every start of the program 7 to 14 ms longer. */
#ifndef MIXSMITH_EIGENVALUES_H
#define MIXSMITH_EIGENVALUES_H

#include "base/fail.h"

struct eigensolver {
    void *lapack, *solve; // the library that was loaded, and its function
};

/* -1: LAPACK is not installed. close follows in any case. */
int eigensolver_open(struct eigensolver *solver, struct err *err);
void eigensolver_close(struct eigensolver *solver);

/* matrix: (n, n) symmetric; its upper triangle of rows is read, all of it is overwritten. value:
 * (n) by rising size. Any thread. The last bits depend on the library that is installed: print
 * nothing but what they decide. -1: no convergence, or numbers that are not finite. */
int eigenvalues(const struct eigensolver *solver, double *matrix, int n, double *value,
                struct err *err);

#endif
