/* JSON values of which nothing is known yet (RFC 8259): parsed by cJSON, asked with their types.
 * Keys are compared with regard to case. */
#ifndef MIXSMITH_JSON_VALUE_H
#define MIXSMITH_JSON_VALUE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The one value that n bytes hold, with nothing but space around it; cJSON_Delete ends it. NULL:
 * they hold no such thing. */
cJSON *json_parse(const char *bytes, size_t n);

/* What an object has under a key; NULL or false where object is none, or has nothing of the type.
 */
const char *json_text(const cJSON *object, const char *key);
const cJSON *json_array(const cJSON *object, const char *key);
bool json_whole(const cJSON *object, const char *key, int64_t *value);

/* A whole number, 0..2^53. */
bool json_is_whole(const cJSON *item, int64_t *value);

#endif
