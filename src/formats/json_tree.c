#include "formats/json_tree.h"

#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

cJSON *json_tree_whole(uint64_t value) {
    char digits[UNSIGNED_TEXT_MAX + 1];
    *put_unsigned(digits, value) = 0;
    return cJSON_CreateRaw(digits);
}

cJSON *json_tree_fixed(double value) {
    char number[32];
    snprintf(number, sizeof number, "%.6f", value);
    return cJSON_CreateRaw(number);
}

void json_tree_add(cJSON *object, const char *key, struct text *text) {
    cJSON_AddStringToObject(object, key, text_terminate(text));
    text_close(text);
}

/* printed: by cJSON; NULL: it found no memory. */
static void take(char *printed, cJSON *tree, struct text *text) {
    if (!printed)
        die_of_memory(0);
    text_string(text, printed);
    text_string(text, "\n");
    free(printed);
    cJSON_Delete(tree);
}

void json_tree_line(cJSON *tree, struct text *text) {
    take(cJSON_PrintUnformatted(tree), tree, text);
}

void json_tree_lines(cJSON *tree, struct text *text) {
    take(cJSON_Print(tree), tree, text);
}
