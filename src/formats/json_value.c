#include "formats/json_value.h"

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

cJSON *json_parse(const char *bytes, size_t n) {
    const char *end = NULL;
    cJSON *value = cJSON_ParseWithLengthOpts(bytes, n, &end, false);
    if (!value)
        return NULL;
    while (end < bytes + n && is_space(*end))
        end++;
    if (end == bytes + n)
        return value;
    cJSON_Delete(value);
    return NULL;
}

const char *json_text(const cJSON *object, const char *key) {
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

const cJSON *json_array(const cJSON *object, const char *key) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsArray(item) ? item : NULL;
}

bool json_is_whole(const cJSON *item, int64_t *value) {
    const double most = 9007199254740992.0;
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0 && item->valuedouble <= most))
        return false;
    *value = (int64_t)item->valuedouble;
    return (double)*value == item->valuedouble;
}

bool json_whole(const cJSON *object, const char *key, int64_t *value) {
    return json_is_whole(cJSON_GetObjectItemCaseSensitive(object, key), value);
}
