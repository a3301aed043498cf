/* Every mixer in the table, with every word of every choice and both ends of every range, on
 * samples of one to four axes, bytes and floats: for whoever has a law that they all keep. */
#ifndef MIXSMITH_TEST_EVERY_MIXER_H
#define MIXSMITH_TEST_EVERY_MIXER_H

#include "rig.h"

enum { SETTINGS_MAX = 64, N_MOST = 7 };

struct setting {
    double value[PARAMS_MAX];
};

static inline double within(const struct param *param, double value) {
    double low = param->above_low ? nextafter(param->low, INFINITY) : param->low;
    return fmin(fmax(value, low), param->high);
}

static inline int words_in(const char *choices) {
    int words = 1;
    for (; *choices; choices++)
        words += *choices == '|';
    return words;
}

static inline int add_setting(struct setting *settings, int n, const struct mixer *mixer, int i,
                              double value) {
    for (int k = 0; k < mixer->n_params; k++)
        settings[n].value[k] = mixer->params[k].standard;
    if (mixer->n_params)
        settings[n].value[i] = value;
    return n + 1;
}

/* The standards, then each parameter at values of its own while the others keep theirs. */
static inline int list_settings(const struct mixer *mixer, struct setting *settings) {
    int n = add_setting(settings, 0, mixer, 0, mixer->n_params ? mixer->params[0].standard : 0);
    for (int i = 0; i < mixer->n_params; i++) {
        const struct param *param = &mixer->params[i];
        int words = param->choices ? words_in(param->choices) : 0;
        for (int word = 0; word < words; word++)
            n = add_setting(settings, n, mixer, i, word);
        if (words)
            continue;
        static const double tried[] = {-INFINITY, 0.25, 1, 2, INFINITY};
        for (int k = 0; k < 5; k++) {
            double value = within(param, tried[k]);
            if (!param->whole || value == rint(value))
                n = add_setting(settings, n, mixer, i, value);
        }
    }
    assert_in_range(n, 1, SETTINGS_MAX);
    return n;
}

static inline double value_of(const struct rig *rig, const double *values, const char *name) {
    for (int i = 0; i < rig->mixer->n_params; i++)
        if (strcmp(rig->mixer->params[i].name, name) == 0)
            return values[i];
    return 0;
}

/* What cannot be had: a least side without a greatest; official masks off two axes. */
static inline void check_refusal(const struct rig *rig, const double *values,
                                 const struct err *err) {
    bool sides = value_of(rig, values, "min") > value_of(rig, values, "max") ||
                 (value_of(rig, values, "max") > 0 && value_of(rig, values, "correct") == 0);
    bool official = value_of(rig, values, "spectrum") == 1 && rig->batch.shape.rank != 3;
    if (!sides && !official)
        fail_msg("%s refuses: %s", rig->mixer->name, err->text);
    assert_contains(err->text, rig->mixer->name);
}

struct law {
    void (*check)(struct rig *rig, const double *values);
    enum dtype dtype;
};

static inline void try_setting(const struct mixer *mixer, const double *values,
                               const struct law *law, struct rng *rng) {
    for (int rank = 1; rank <= RANK_MAX; rank++)
        for (int i = 0; i < 2; i++) {
            struct rig rig;
            struct err err = {.text = ""};
            struct shape shape = random_shape(rng, rank, rank == 1 ? 40 : 9);
            if (rig_open(&rig, mixer, values, shape, law->dtype, between(rng, 1, N_MOST), &err)) {
                rig.pairing = (enum pairing)between(rng, PAIR_ANY, PAIR_BALANCED);
                law->check(&rig, values);
            } else {
                check_refusal(&rig, values, &err);
            }
            rig_close(&rig);
        }
}

/* check(rig, values): may fail the test; the rig's mixer has these values of its parameters. */
static inline void try_everything(void (*check)(struct rig *rig, const double *values)) {
    struct rng rng = rng_for(3, 0, 0);
    for (int m = 0; m < N_MIXERS; m++) {
        struct setting settings[SETTINGS_MAX];
        int n = list_settings(MIXERS[m], settings);
        for (int s = 0; s < n; s++)
            for (int dtype = DTYPE_UINT8; dtype <= DTYPE_FLOAT32; dtype++)
                try_setting(MIXERS[m], settings[s].value, &(struct law){check, (enum dtype)dtype},
                            &rng);
    }
}

#endif
