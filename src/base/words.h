/* Words: choices written "a|b|c", names that were mistyped, and plurals. */
#ifndef MIXSMITH_WORDS_H
#define MIXSMITH_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Index of word among "a|b|c", or -1. length: of word. */
int choice_index(const char *choices, const char *word, size_t length);

/* The index-th of them: where it begins, its length in *length; NULL behind the last. */
const char *choice_word(const char *choices, int index, int *length);

/* The same, copied as a string, cut to fit size bytes; false behind the last. */
bool choice_copy(const char *choices, int index, char *word, size_t size);

/* What the name of n things ends with: "%d sample%s", n, s_of(n) and "%d class%s", n, es_of(n). */
const char *s_of(uint64_t n);
const char *es_of(uint64_t n);

/* The name nearest to `typed` if it is near enough to be meant; else NULL. */
const char *nearest_name(const char *typed, const char *const *names, int n);

#endif
