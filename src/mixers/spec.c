#include "mixers/spec.h"

#include "base/decimal.h"
#include "base/words.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    SPEC_MAX = 1024, // bytes: more than chain_print ever writes
    NAMES_MAX = 64,
};

static const double WEIGHT_MAX = 1e6;

static int unknown_mixer(const char *name, struct err *err) {
    const char *names[NAMES_MAX];
    struct text list = {0};
    for (int i = 0; i < N_MIXERS && i < NAMES_MAX; i++) {
        names[i] = MIXERS[i]->name;
        text_string(&list, i ? ", " : "");
        text_string(&list, names[i]);
    }
    const char *nearest = nearest_name(name, names, N_MIXERS);
    text_terminate(&list);
    if (nearest)
        fail(err, "unknown mixer '%s'; did you mean %s?", name, nearest);
    else
        fail(err, "unknown mixer '%s'; there are %s", name, list.bytes);
    text_close(&list);
    return -1;
}

static int unknown_param(const struct mixer *mixer, const char *key, struct err *err) {
    const char *names[PARAMS_MAX];
    for (int i = 0; i < mixer->n_params; i++)
        names[i] = mixer->params[i].name;
    const char *nearest = nearest_name(key, names, mixer->n_params);
    if (nearest)
        return fail(err, "%s has no parameter '%s'; did you mean %s?", mixer->name, key, nearest);
    return fail(err, "%s has no parameter '%s'; see mixsmith mix --help", mixer->name, key);
}

static int parse_value(const struct mixer *mixer, const struct param *param, const char *text,
                       double *value, struct err *err) {
    if (param->choices) {
        int index = choice_index(param->choices, text, strlen(text));
        *value = index;
        return index >= 0 ? 0
                          : fail(err, "%s: %s=%s: expected one of %s", mixer->name, param->name,
                                 text, param->choices);
    }
    if (param->unset && strcmp(text, param->unset) == 0) {
        *value = param->standard;
        return 0;
    }
    bool good = parse_number(text, value) == 0 && *value >= param->low && *value <= param->high &&
                !(param->above_low && *value == param->low) &&
                !(param->whole && *value != rint(*value));
    return good ? 0
                : fail(err, "%s: %s=%s: expected a %snumber %s %.15g%s %.15g", mixer->name,
                       param->name, text, param->whole ? "whole " : "",
                       param->above_low ? "above" : "from", param->low,
                       param->above_low ? " and at most" : " to", param->high);
}

int stage_set(struct stage *stage, const char *key, const char *value, struct err *err) {
    const struct mixer *mixer = stage->mixer;
    for (int i = 0; i < mixer->n_params; i++)
        if (strcmp(mixer->params[i].name, key) == 0)
            return parse_value(mixer, &mixer->params[i], value, &stage->value[i], err);
    return unknown_param(mixer, key, err);
}

/* key=value */
static int parse_param(struct stage *stage, char *text, struct err *err) {
    char *equals = strchr(text, '=');
    if (!equals)
        return fail(err, "%s: '%s' is no key=value", stage->mixer->name, text);
    *equals = 0;
    return stage_set(stage, text, equals + 1, err);
}

/* NAME[:key=value{,key=value}] */
static int parse_stage(struct stage *stage, char *text, struct err *err) {
    char *params = strchr(text, ':');
    if (params)
        *params++ = 0;
    stage->mixer = mixer_find(text);
    if (!stage->mixer)
        return unknown_mixer(text, err);
    for (int i = 0; i < stage->mixer->n_params; i++)
        stage->value[i] = stage->mixer->params[i].standard;
    while (params) {
        char *next = strchr(params, ',');
        if (next)
            *next++ = 0;
        if (parse_param(stage, params, err) < 0)
            return -1;
        params = next;
    }
    return stage->mixer->check ? stage->mixer->check(stage->value, err) : 0;
}

static int parse_weight(struct chain *chain, char *text, struct err *err) {
    chain->weight = 1;
    char *at = strchr(text, '@');
    if (!at)
        return 0;
    *at = 0;
    if (parse_number(at + 1, &chain->weight) == 0 && chain->weight > 0 &&
        chain->weight <= WEIGHT_MAX)
        return 0;
    return fail(err, "mixer '%s': weight '%s' is no number above 0 and at most %.15g", text, at + 1,
                WEIGHT_MAX);
}

/* A plus sign before a letter ends a stage; before a digit it belongs to a number as in 1e+5. */
static char *next_stage(char *text) {
    for (char *at = text; (at = strchr(at, '+')); at++)
        if (!isdigit((unsigned char)at[1])) {
            *at = 0;
            return at + 1;
        }
    return NULL;
}

int spec_parse(const char *spec, struct chain *chain, struct err *err) {
    char text[SPEC_MAX];
    if (snprintf(text, sizeof text, "%s", spec) >= SPEC_MAX)
        return fail(err, "mixer spec of more than %d bytes: %.40s...", SPEC_MAX - 1, spec);
    *chain = (struct chain){0};
    if (parse_weight(chain, text, err) < 0)
        return -1;
    for (char *stage = text; stage;) {
        char *next = next_stage(stage);
        if (chain->n_stages == STAGES_MAX)
            return fail(err, "mixer '%s': more than %d stages", spec, STAGES_MAX);
        if (parse_stage(&chain->stage[chain->n_stages++], stage, err) < 0)
            return -1;
        stage = next;
    }
    return 0;
}

void chain_print_name(const struct chain *chain, struct text *text) {
    for (int s = 0; s < chain->n_stages; s++) {
        text_string(text, s ? "+" : "");
        text_string(text, chain->stage[s].mixer->name);
    }
}

void param_print(const struct param *param, double value, struct text *text) {
    int length = 0;
    if (param->choices) {
        const char *word = choice_word(param->choices, (int)value, &length);
        text_bytes(text, word, (size_t)length);
    } else if (param->unset && value == param->standard) {
        text_string(text, param->unset);
    } else {
        text_number(text, value);
    }
}

void chain_print_stages(const struct chain *chain, struct text *text) {
    for (int s = 0; s < chain->n_stages; s++) {
        const struct stage *stage = &chain->stage[s];
        text_string(text, s ? "+" : "");
        text_string(text, stage->mixer->name);
        for (int i = 0; i < stage->mixer->n_params; i++) {
            text_string(text, i ? "," : ":");
            text_string(text, stage->mixer->params[i].name);
            text_string(text, "=");
            param_print(&stage->mixer->params[i], stage->value[i], text);
        }
    }
}

void chain_print(const struct chain *chain, struct text *text) {
    chain_print_stages(chain, text);
    text_string(text, "@");
    text_number(text, chain->weight);
}
