#include "formats/npy.h"

#include "formats/codecs.h"

#include <stdio.h>
#include <string.h>

void npy_header(uint8_t header[NPY_HEADER], enum dtype dtype, uint64_t n,
                const struct shape *shape) {
    static const uint8_t magic[] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    enum { LENGTH_AT = sizeof magic, TEXT_AT = LENGTH_AT + 2 };
    char text[NPY_HEADER];
    int used =
        snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': False, 'shape': (%llu,",
                 dtype == DTYPE_UINT8 ? "|u1" : "<f4", (unsigned long long)n);
    for (int i = 0; i < shape->rank; i++)
        used += snprintf(text + used, sizeof text - (size_t)used, " %d%s", shape->dim[i],
                         i + 1 < shape->rank ? "," : "");
    used += snprintf(text + used, sizeof text - (size_t)used, "), }");
    memset(header, ' ', NPY_HEADER);
    memcpy(header, magic, sizeof magic);
    header[LENGTH_AT] = NPY_HEADER - TEXT_AT;
    header[LENGTH_AT + 1] = 0;
    memcpy(header + TEXT_AT, text, (size_t)used);
    header[NPY_HEADER - 1] = '\n';
}

const struct codec codec_npy = {
    .name = "npy",
    .help = "NumPy arrays, uint8 and float32",
    .reader = "mixsmith itself",
    .writer = "mixsmith itself",
};
