/* Paeth's filter for rows of a PNG (W3C PNG, 2003, section 9.4): what is left of each byte once the
 * nearest of its neighbours to the left, above and above left is taken away. */
#ifndef MIXSMITH_PAETH_H
#define MIXSMITH_PAETH_H

#include <stddef.h>
#include <stdint.h>

enum { FILTER_PAETH = 4 };

/* rows, out: (n_rows, 1 + row) bytes, the first of each row is the filter's number; in `rows` it is
 * not looked at. step: bytes of a pixel, ≤ row. */
void paeth_filter(const uint8_t *rows, size_t n_rows, size_t row, size_t step, uint8_t *out);

#endif
