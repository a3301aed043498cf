/* The tables as JSON: every row of a table has the same keys; what there is none of is "". */
#include "commands/list_json.h"

#include "base/decimal.h"
#include "base/words.h"
#include "commands/tables.h"
#include "formats/codecs.h"
#include "mixers/spec.h"
#include "sinks/sink.h"
#include "sources/source.h"

enum { WORD_MAX = 64 };

/* An object at the end of array, with its name and help. */
static cJSON *add_row(cJSON *array, const char *name, const char *help) {
    cJSON *row = cJSON_CreateObject();
    cJSON_AddStringToObject(row, "name", name);
    cJSON_AddStringToObject(row, "help", help);
    cJSON_AddItemToArray(array, row);
    return row;
}

static void add_text(cJSON *row, const char *key, const char *text) {
    cJSON_AddStringToObject(row, key, text ? text : "");
}

/* --- mixers --- */

/* A number where it is one, else the word for it. */
static void add_standard(cJSON *row, const struct param *param) {
    struct text word = {0};
    param_print(param, param->standard, &word);
    if (param->choices || param->unset)
        cJSON_AddStringToObject(row, "standard", text_terminate(&word));
    else
        cJSON_AddNumberToObject(row, "standard", param->standard);
    text_close(&word);
}

static void add_choices(cJSON *row, const char *choices) {
    cJSON *array = cJSON_AddArrayToObject(row, "choices");
    char word[WORD_MAX];
    for (int i = 0; choice_copy(choices, i, word, sizeof word); i++)
        cJSON_AddItemToArray(array, cJSON_CreateString(word));
}

static void add_param(cJSON *array, const struct param *param) {
    cJSON *row = add_row(array, param->name, param->help);
    add_text(row, "type", param->choices ? "choice" : param->whole ? "whole" : "number");
    add_standard(row, param);
    if (param->choices) {
        add_choices(row, param->choices);
        return;
    }
    cJSON_AddNumberToObject(row, "low", param->low);
    cJSON_AddNumberToObject(row, "high", param->high);
    cJSON_AddBoolToObject(row, "above_low", param->above_low);
}

cJSON *mixers_json(void) {
    cJSON *array = cJSON_CreateArray();
    for (int i = 0; i < N_MIXERS; i++) {
        cJSON *row = add_row(array, MIXERS[i]->name, MIXERS[i]->help);
        add_text(row, "paper", MIXERS[i]->paper);
        cJSON *params = cJSON_AddArrayToObject(row, "parameters");
        for (int k = 0; k < MIXERS[i]->n_params; k++)
            add_param(params, &MIXERS[i]->params[k]);
    }
    return array;
}

/* --- sources, sinks, codecs --- */

cJSON *sources_json(void) {
    cJSON *array = cJSON_CreateArray();
    for (int i = 0; i < N_SOURCES; i++) {
        cJSON *row = add_row(array, SOURCES[i]->name, SOURCES[i]->help);
        cJSON_AddBoolToObject(row, "soft_labels", SOURCES[i]->soft_label != NULL);
        cJSON_AddBoolToObject(row, "streams", SOURCES[i]->advance != NULL);
    }
    return array;
}

cJSON *sinks_json(void) {
    cJSON *array = cJSON_CreateArray();
    for (int i = 0; i < N_SINKS; i++) {
        cJSON *row = add_row(array, SINKS[i]->name, SINKS[i]->help);
        add_text(row, "manifest", SINKS[i]->manifest);
        add_text(row, "suffix", SINKS[i]->suffix);
        cJSON_AddBoolToObject(row, "streams", SINKS[i]->streams);
    }
    return array;
}

/* The option that sets how the codec writes, an array of one or none. */
static void add_option(cJSON *row, const struct codec *codec) {
    struct option_row option;
    double standard = 0;
    cJSON *array = cJSON_AddArrayToObject(row, "options");
    if (!codec_option(codec, &option))
        return;
    cJSON *added = add_row(array, option.name, option.help);
    parse_number(option.standard, &standard);
    cJSON_AddNumberToObject(added, "standard", standard);
    cJSON_AddNumberToObject(added, "low", option.low);
    cJSON_AddNumberToObject(added, "high", option.high);
}

cJSON *codecs_json(void) {
    cJSON *array = cJSON_CreateArray();
    for (int i = 0; i < N_CODECS; i++) {
        cJSON *row = add_row(array, CODECS[i]->name, CODECS[i]->help);
        add_text(row, "reader", CODECS[i]->reader);
        add_text(row, "writer", CODECS[i]->writer);
        add_option(row, CODECS[i]);
    }
    return array;
}
