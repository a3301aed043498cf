/* Pax records (IEEE 1003.1, pax, "Extended Header"): lines "LENGTH KEY=VALUE" that stand before a
 * member of a tar archive and say what its header cannot hold. Takes bytes and gives bytes. */
#ifndef MIXSMITH_PAX_H
#define MIXSMITH_PAX_H

#include "base/fail.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct pax {
    struct text path; // empty: none; not terminated; owned
    bool has_size;
    uint64_t size;
    bool sparse; // GNU's records of a file with holes
};

/* Reads the records of one header into pax; what they do not name stays. -1: they are broken. */
int pax_parse(struct pax *pax, const uint8_t *bytes, size_t size, struct err *err);

#endif
