/* Deflate without a search for matches: literals only, Huffman-coded (RFC 1951, section 3.2.7).
 * Filtered rows of mixed photographs have hardly any matches, so that this is as small as a full
 * search, and many times faster. Blocks have codes of their own, or ready ones (ready_codes.h). */
#ifndef MIXSMITH_LITERAL_DEFLATE_H
#define MIXSMITH_LITERAL_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that the stream of n bytes takes at most. */
size_t literal_deflate_bound(size_t n);

/* Writes the raw deflate stream of in[0..n-1]; returns its bytes. out has room for the bound. */
size_t literal_deflate(const uint8_t *in, size_t n, uint8_t *out);

/* Whether a sample of the bytes repeats itself so much that a search for matches pays. */
bool has_matches(const uint8_t *in, size_t n);

#endif
