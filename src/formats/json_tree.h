/* JSON trees of cJSON, for objects that are written once: what it would print in its own way, or
 * leaves to the caller. */
#ifndef MIXSMITH_JSON_TREE_H
#define MIXSMITH_JSON_TREE_H

#include "base/text.h"

#include <cjson/cJSON.h>

/* Numbers: with all digits, where cJSON has doubles; with six decimals. */
cJSON *json_tree_whole(uint64_t value);
cJSON *json_tree_fixed(double value);

/* Adds a string to an object and closes the text. */
void json_tree_add(cJSON *object, const char *key, struct text *text);

/* Appends the tree in one line, or with a line for each item, and a line's end; deletes it. */
void json_tree_line(cJSON *tree, struct text *text);
void json_tree_lines(cJSON *tree, struct text *text);

#endif
