/* Files of JSON: one value, or lines of one object each, which are parsed one at a time. */
#ifndef MIXSMITH_JSON_FILE_H
#define MIXSMITH_JSON_FILE_H

#include "base/fail.h"
#include "formats/json_value.h"

/* The value that a file of at most 256 MiB holds; cJSON_Delete ends it. NULL: it holds none. */
cJSON *json_file_read(const char *path);

/* What is done with a row. -1: it makes no sense. */
typedef int json_take(void *data, const cJSON *row, struct err *err);

/* What becomes of a line that makes no sense; err names file and line. 0: reading goes on. */
typedef int json_refuse(void *data, const struct err *err);

/* Each line of a file, in order; refuse NULL: the first that makes no sense is the end. -1: err
 * names the line, or says why the file cannot be read. */
int json_file_rows(const char *path, json_take *take, json_refuse *refuse, void *data,
                   struct err *err);

#endif
