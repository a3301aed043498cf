/* The tables as JSON, for machines. */
#ifndef MIXSMITH_LIST_JSON_H
#define MIXSMITH_LIST_JSON_H

#include <cjson/cJSON.h>

/* Arrays of objects, one a row; owned by the caller. */
cJSON *mixers_json(void);
cJSON *sources_json(void);
cJSON *sinks_json(void);
cJSON *codecs_json(void);

#endif
