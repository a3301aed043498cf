/* Printing: messages to standard error, results to standard output. */
#ifndef MIXSMITH_PRINT_H
#define MIXSMITH_PRINT_H

#include <cjson/cJSON.h>
#include <stddef.h>

/* "mixsmith: …" on standard error, one line, printable whatever the names in it hold. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes to standard output. Ends the process where that fails: with EXIT_NO_READER where the
 * reader went away, else with a message. */
void print_out(const char *text);
void print_bytes(const void *bytes, size_t n);

/* The same of an object, as one line; deletes it. */
void print_json_line(cJSON *object);

/* "mixsmith 1.2.3", the same. */
void print_version(void);

#endif
