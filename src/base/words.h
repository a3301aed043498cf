/* Words: choices written "a|b|c", numbers, and names that were mistyped. */
#ifndef MIXSMITH_WORDS_H
#define MIXSMITH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Index of word among "a|b|c", or -1. length: of word. */
int choice_index(const char *choices, const char *word, size_t length);

/* The index-th of them: where it begins, its length in *length; NULL behind the last. */
const char *choice_word(const char *choices, int index, int *length);

/* The same, copied as a string, cut to fit size bytes; false behind the last. */
bool choice_copy(const char *choices, int index, char *word, size_t size);

/* Parses a whole text as a finite number; -1 where it is none. Locale-independent. */
int parse_number(const char *text, double *number);

/* The name nearest to `typed` if it is near enough to be meant; else NULL. */
const char *nearest_name(const char *typed, const char *const *names, int n);

#endif
