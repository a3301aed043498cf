/* Specs: how mixers are asked for on the command line.
 * SPEC = STAGE{+STAGE}[@WEIGHT], STAGE = NAME[:key=value{,key=value}] */
#ifndef MIXSMITH_SPEC_H
#define MIXSMITH_SPEC_H

#include "base/text.h"
#include "mixers/mixer.h"

enum { STAGES_MAX = 4 };

struct stage {
    const struct mixer *mixer;
    double value[PARAMS_MAX]; // (mixer->n_params)
};

/* Stages, each taking what the one before made. */
struct chain {
    int n_stages;
    struct stage stage[STAGES_MAX];
    double weight; // > 0: how often it is chosen among several chains
};

/* -1: a usage error: an unknown name, a value out of range, values that do not go together. */
int spec_parse(const char *spec, struct chain *chain, struct err *err);

/* Sets a parameter of a stage; the values may then not go together: see mixer->check. */
int stage_set(struct stage *stage, const char *key, const char *value, struct err *err);

/* A parameter's value as it is written. */
void param_print(const struct param *param, double value, struct text *text);

/* "zeta+cutmix" */
void chain_print_name(const struct chain *chain, struct text *text);

/* With all parameters: "zeta:gamma=2.8,t=batch+none". */
void chain_print_stages(const struct chain *chain, struct text *text);

/* With all parameters and the weight, so that it parses back to the same chain. */
void chain_print(const struct chain *chain, struct text *text);

#endif
