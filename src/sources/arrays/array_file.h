/* Array files: .npy and IDX files whose rows, one behind the other, are samples or labels. A file
 * that gzip packed is unpacked into memory; any other is read where it is asked. Rows are numbered
 * through all files of a list. */
#ifndef MIXSMITH_ARRAY_FILE_H
#define MIXSMITH_ARRAY_FILE_H

#include "base/arena.h"
#include "base/fail.h"
#include "formats/array.h"

#include <stdbool.h>
#include <stdint.h>

struct array_file {
    char *path, *name; // name: without folders
    int input;         // that it belongs to
    int fd;
    struct arena unpacked;
    const uint8_t *bytes; // of a packed file, in the arena; else NULL
    uint64_t size;        // bytes, unpacked
    struct array array;
    uint32_t first, n; // rows
};

struct array_list {
    struct array_file *files;
    int n_files;
    uint32_t n; // rows in all
};

/* Whether the file at path begins as an IDX file or a .npy file does. */
bool array_file_is_npy(const char *path);
bool array_file_is_idx(const char *path);

/* Opens the file, of either format, as the last of the list. -1: not one, broken, or too long; the
 * message names the file. */
int array_list_add(struct array_list *list, const char *path, int input, struct err *err);

/* The file that holds a row, 0..n-1 of the list. */
const struct array_file *array_list_find(const struct array_list *list, uint32_t row);

/* bytes: (n, array_row_size) rows first, first + 1 … of the file, counted from its own first. */
int array_file_read(const struct array_file *file, uint32_t first, uint32_t n, uint8_t *bytes,
                    struct err *err);

void array_list_close(struct array_list *list);

#endif
