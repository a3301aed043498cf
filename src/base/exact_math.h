/* Elementary functions whose bits do not depend on the C library: glibc's differ between CPUs with
 * and without fused multiply-add. Plain IEEE operations only (+ - * / and sqrt round alike
 * everywhere), built with -ffp-contract=off. */
#ifndef MIXSMITH_EXACT_MATH_H
#define MIXSMITH_EXACT_MATH_H

#include <stddef.h>
#include <stdint.h>

double exact_log(double x);           // x > 0, normal; relative error below 4e-16
double exact_exp(double x);           // 0 below -708; x ≤ 709
double exact_pow(double x, double y); // x > 0

/* e^(2πi k/n), a root of one: its parts within 2e-16. 0 ≤ k < n */
void exact_root(int k, int n, double *re, double *im);

/* n standard normal numbers from n uniform words, by the transform of Box and Muller (Ann. Math.
 * Statist. 29, 1958): words (i, i + n/2) give the numbers (i, i + n/2). n is even. */
void exact_normals(const uint32_t *words, float *normals, size_t n);

#endif
