/* Ordeal: hostile bytes as an input, opened and taken to its last sample. Either there is an error,
 * which says in one line what is wrong, or everything keeps the promises of sources/source.h; where
 * it does not, the program aborts. The targets fuzz_*.c stand on it: under libFuzzer (make fuzz)
 * and under survive.c (make check). They run from the repository's root. */
#ifndef MIXSMITH_FUZZ_ORDEAL_H
#define MIXSMITH_FUZZ_ORDEAL_H

#include "base/fail.h"
#include "sources/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Inputs that were taken, and refused, so far. */
extern unsigned long ordeal_taken, ordeal_refused;

/* An input of one path. Other sizes of the bytes stand for other options: pictures are fitted or
 * not, samples are looked at as they are stored. */
struct input ordeal_input(char *path[1], size_t size);

/* Opens the input with the source of this name and takes all there is. */
void ordeal(const char *source, const struct input *input);

/* For what is no source: notes that the bytes were refused with a message, or (NULL) taken. */
void ordeal_note(const struct err *refusal);

/* Aborts where a promise is broken. */
void expect(bool kept, const char *promise);

/* A file that lies in memory, with a path to open it by. */
struct memory_file {
    int fd;
    char path[32];
};

struct memory_file memory_file_open(const void *bytes, size_t size);
void memory_file_close(const struct memory_file *file);

/* What libFuzzer calls, and what it offers:
 * https://releases.llvm.org/14.0.0/docs/LibFuzzer.html */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t most);

#endif
