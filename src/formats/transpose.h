/* Turning TRANSPOSE_SIDE rows of bytes on their side and back, so that what lay across can be
 * worked on as lines. */
#ifndef MIXSMITH_TRANSPOSE_H
#define MIXSMITH_TRANSPOSE_H

#include <stddef.h>
#include <stdint.h>

enum { TRANSPOSE_SIDE = 16 };

/* rows: TRANSPOSE_SIDE rows of n ≥ TRANSPOSE_SIDE bytes → columns: (n, TRANSPOSE_SIDE), and back.
 */
void transpose_to_columns(const uint8_t *rows, ptrdiff_t stride, int n, uint8_t *columns);
void transpose_to_rows(const uint8_t *columns, int n, uint8_t *rows, ptrdiff_t stride);

#endif
