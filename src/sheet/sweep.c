#include "sheet/sweep.h"

#include "base/words.h"

#include <stdio.h>
#include <string.h>

enum { KEY_MAX = 64, VALUE_MAX = 64, NAMES_MAX = STAGES_MAX * PARAMS_MAX };

/* --- which parameter --- */

/* "gamma", or "zeta:gamma" where several mixers of a chain have a parameter of that name. */
struct key {
    char mixer[KEY_MAX]; // empty: any
    char name[KEY_MAX];
};

static const struct param *find_param(const struct mixer *mixer, const char *name) {
    for (int i = 0; i < mixer->n_params; i++)
        if (strcmp(mixer->params[i].name, name) == 0)
            return &mixer->params[i];
    return NULL;
}

static bool is_meant(const struct key *key, const struct mixer *mixer) {
    bool named = !key->mixer[0] || strcmp(key->mixer, mixer->name) == 0;
    return named && find_param(mixer, key->name);
}

static int unknown_key(const struct chain *chain, const struct key *key, struct err *err) {
    const char *names[NAMES_MAX];
    struct text of = {0};
    int n = 0;
    for (int s = 0; s < chain->n_stages; s++)
        for (int i = 0; i < chain->stage[s].mixer->n_params; i++)
            names[n++] = chain->stage[s].mixer->params[i].name;
    chain_print_name(chain, &of);
    const char *nearest = nearest_name(key->name, names, n);
    if (key->mixer[0])
        fail(err, "--sweep: %s has no parameter '%s:%s'", text_terminate(&of), key->mixer,
             key->name);
    else if (nearest)
        fail(err, "--sweep: %s has no parameter '%s'; did you mean %s?", text_terminate(&of),
             key->name, nearest);
    else
        fail(err, "--sweep: %s has no parameter '%s'; see mixsmith grid --help",
             text_terminate(&of), key->name);
    text_close(&of);
    return -1;
}

/* The mixer that the key means: one, though it may stand in several stages. */
static const struct mixer *find_mixer(const struct chain *chain, const struct key *key,
                                      struct err *err) {
    const struct mixer *found = NULL;
    for (int s = 0; s < chain->n_stages; s++) {
        const struct mixer *mixer = chain->stage[s].mixer;
        if (!is_meant(key, mixer) || mixer == found)
            continue;
        if (found) {
            fail(err, "--sweep: both %s and %s have a parameter '%s': write %s:%s=...", found->name,
                 mixer->name, key->name, found->name, key->name);
            return NULL;
        }
        found = mixer;
    }
    if (!found)
        unknown_key(chain, key, err);
    return found;
}

static int parse_key(const char *sweep, struct key *key, const char **values, struct err *err) {
    size_t n = strcspn(sweep, "="), mixer = strcspn(sweep, ":");
    *key = (struct key){0};
    if (!sweep[n] || n == 0 || n >= KEY_MAX)
        return fail(err, "--sweep %s: expected KEY=VALUE,VALUE,... as in gamma=1.8,2.8,4", sweep);
    if (mixer < n)
        snprintf(key->mixer, KEY_MAX, "%.*s", (int)mixer, sweep);
    size_t from = mixer < n ? mixer + 1 : 0;
    snprintf(key->name, KEY_MAX, "%.*s", (int)(n - from), sweep + from);
    *values = sweep + n + 1;
    return 0;
}

/* --- its values --- */

static int set_value(struct chain *chain, const struct mixer *mixer, const char *name,
                     const char *value, struct err *err) {
    for (int s = 0; s < chain->n_stages; s++) {
        struct stage *stage = &chain->stage[s];
        if (stage->mixer != mixer)
            continue;
        if (stage_set(stage, name, value, err) < 0 ||
            (mixer->check && mixer->check(stage->value, err) < 0))
            return -1;
    }
    return 0;
}

static int add_value(struct sweep *sweep, const struct job *job, const struct mixer *mixer,
                     const char *value, struct err *err) {
    if (sweep->n == CHAINS_MAX)
        return fail(err, "--sweep: more than %d values", CHAINS_MAX);
    sweep->chain[sweep->n] = job->chain[0];
    return set_value(&sweep->chain[sweep->n++], mixer, sweep->param->name, value, err);
}

static int parse_values(struct sweep *sweep, const struct job *job, const struct mixer *mixer,
                        const char *values, struct err *err) {
    for (size_t n;; values += n + 1) {
        char value[VALUE_MAX];
        n = strcspn(values, ",");
        snprintf(value, VALUE_MAX, "%.*s", (int)n, values);
        if (n >= VALUE_MAX || add_value(sweep, job, mixer, value, err) < 0)
            return n >= VALUE_MAX ? fail(err, "--sweep: '%s...' is no value", value) : -1;
        if (!values[n])
            return 0;
    }
}

int sweep_parse(struct sweep *sweep, const struct job *job, struct err *err) {
    struct key key;
    const char *values = NULL;
    *sweep = (struct sweep){0};
    if (!job->sweep) {
        memcpy(sweep->chain, job->chain, (size_t)job->n_chains * sizeof *job->chain);
        sweep->n = job->n_chains;
        return 0;
    }
    if (job->n_chains > 1)
        return fail(err, "--sweep goes with a single -m, here are %d", job->n_chains);
    if (parse_key(job->sweep, &key, &values, err) < 0)
        return -1;
    const struct mixer *mixer = find_mixer(&job->chain[0], &key, err);
    if (!mixer)
        return -1;
    sweep->param = find_param(mixer, key.name);
    return parse_values(sweep, job, mixer, values, err);
}

/* --- what is told of a row --- */

bool sweep_has_names(const struct sweep *sweep) {
    return sweep->n > 1 || sweep->param;
}

static const struct stage *stage_with(const struct chain *chain, const struct param *param,
                                      int *place) {
    for (int s = 0; s < chain->n_stages; s++)
        for (int i = 0; i < chain->stage[s].mixer->n_params; i++)
            if (&chain->stage[s].mixer->params[i] == param) {
                *place = i;
                return &chain->stage[s];
            }
    return NULL;
}

void sweep_print_name(const struct sweep *sweep, int i, struct text *text) {
    int place = 0;
    if (!sweep->param) {
        chain_print_name(&sweep->chain[i], text);
        return;
    }
    const struct stage *stage = stage_with(&sweep->chain[i], sweep->param, &place);
    param_print(sweep->param, stage->value[place], text);
}

void sweep_print_details(const struct sweep *sweep, int i, struct text *text) {
    const struct chain *chain = &sweep->chain[i];
    const char *before = "";
    if (sweep->param) {
        text_string(text, sweep->param->name);
        return;
    }
    for (int s = 0; s < chain->n_stages; s++)
        for (int k = 0; k < chain->stage[s].mixer->n_params; k++) {
            const struct param *param = &chain->stage[s].mixer->params[k];
            if (chain->stage[s].value[k] == param->standard)
                continue;
            text_format(text, "%s%s=", before, param->name);
            param_print(param, chain->stage[s].value[k], text);
            before = "\n";
        }
    if (chain->weight != 1) {
        text_format(text, "%sweight ", before);
        text_number(text, chain->weight);
    }
}
