#include "base/eigenvalues.h"

#include <dlfcn.h>
#include <lapacke.h>
#include <stdlib.h>
#include <string.h>

typedef __typeof__(LAPACKE_dsyev) solve_function;

/* OpenBLAS, where it stands in for LAPACK, would start threads besides ours, and let them spin. */
int eigensolver_open(struct eigensolver *solver, struct err *err) {
    static const char name[] = "liblapacke.so.3";
    setenv("OPENBLAS_NUM_THREADS", "1", 0);
    *solver = (struct eigensolver){.lapack = dlopen(name, RTLD_NOW | RTLD_LOCAL)};
    if (solver->lapack)
        solver->solve = dlsym(solver->lapack, "LAPACKE_dsyev");
    return solver->solve ? 0 : fail(err, "%s: %s; install liblapacke", name, dlerror());
}

void eigensolver_close(struct eigensolver *solver) {
    if (solver->lapack)
        dlclose(solver->lapack);
}

/* The upper triangle of rows is the lower one of columns, which LAPACK counts in. */
int eigenvalues(const struct eigensolver *solver, double *matrix, int n, double *value,
                struct err *err) {
    solve_function *solve;
    memcpy(&solve, &solver->solve, sizeof solve); // ISO C has no cast from data to functions
    int info = (int)solve(LAPACK_COL_MAJOR, 'N', 'L', n, matrix, n, value);
    return info == 0 ? 0 : fail(err, "eigenvalues of a %d x %d matrix: LAPACK says %d", n, n, info);
}
