/* Files for tests of sources: a folder of their own, and what is written there. */
#ifndef MIXSMITH_TEST_SCRATCH_H
#define MIXSMITH_TEST_SCRATCH_H

#include "base/files.h"
#include "base/memory.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "opened.h"

/* An empty folder; owned by the caller (scratch_close). */
static inline char *scratch_open(void) {
    const char *place = getenv("TMPDIR");
    char *folder = path_join(place ? place : "/tmp", "mixsmith-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    return folder;
}

static inline int remove_entry(const char *path, const struct stat *status, int kind,
                               struct FTW *at) {
    (void)status, (void)kind, (void)at;
    return remove(path);
}

/* Removes the folder with all that is in it. */
static inline void scratch_close(char *folder) {
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

/* Makes every folder that leads to path. */
static inline void make_parents(const char *path) {
    for (const char *slash = path; (slash = strchr(slash + 1, '/'));) {
        char *parent = must_strdup(path);
        parent[slash - path] = 0;
        mkdir(parent, 0777);
        free(parent);
    }
}

/* name: a path in the folder. */
static inline void scratch_write(const char *folder, const char *name, const void *bytes,
                                 size_t n) {
    char *path = path_join(folder, name);
    make_parents(path);
    FILE *file = fopen(path, "wb");
    if (!file || (n > 0 && fwrite(bytes, n, 1, file) != 1) || fclose(file) != 0)
        abort();
    free(path);
}

static inline void scratch_remove(const char *folder, const char *name) {
    char *path = path_join(folder, name);
    unlink(path);
    free(path);
}

/* A .npy file: header is the dictionary, which gets padded as NumPy does. Owned by the caller. */
static inline uint8_t *npy_bytes(const char *header, const void *data, size_t n, size_t *size) {
    size_t used = 10 + strlen(header) + 1, at = (used + 63) / 64 * 64;
    uint8_t *bytes = must_calloc(at + n, 1);
    memset(bytes, ' ', at);
    memcpy(bytes, "\x93NUMPY\x01\x00", 8);
    bytes[8] = (uint8_t)(at - 10);
    bytes[9] = (uint8_t)((at - 10) >> 8);
    memcpy(bytes + 10, header, strlen(header));
    bytes[at - 1] = '\n';
    if (n > 0)
        memcpy(bytes + at, data, n);
    *size = at + n;
    return bytes;
}

/* descr and shape as they stand in the header: "<f4", "(2, 3)". */
static inline void scratch_npy(const char *folder, const char *name, const char *descr,
                               const char *shape, const void *data, size_t n) {
    char header[256];
    size_t size;
    snprintf(header, sizeof header, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr,
             shape);
    uint8_t *bytes = npy_bytes(header, data, n, &size);
    scratch_write(folder, name, bytes, size);
    free(bytes);
}

static inline struct input input_of(char **paths, int n) {
    return (struct input){.paths = paths, .n_paths = n, .max_pixels = 1 << 26};
}

#endif
