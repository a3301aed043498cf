/* JSON objects and lists written into a text one member after the other: the comma comes by itself,
 * the closing bracket from the caller. */
#ifndef MIXSMITH_JSON_OBJECT_H
#define MIXSMITH_JSON_OBJECT_H

#include "base/text.h"

/* A member of the object that was opened last. fixed: six decimals. name: a path, escaped as
 * names.h does. */
void json_put_whole(struct text *text, const char *key, uint64_t value);
void json_put_fixed(struct text *text, const char *key, double value);
void json_put_string(struct text *text, const char *key, const char *value);
void json_put_name(struct text *text, const char *key, const char *name);

void json_open_object(struct text *text, const char *key);

/* Returns where the list's items begin. */
size_t json_open_list(struct text *text, const char *key);

/* An item of the list that begins at `start`; bracket: of what it is, or "". */
void json_open_item(struct text *text, size_t start, const char *bracket);

#endif
