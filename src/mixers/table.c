/* The mixers, one row each. */
#include "mixers/mixer.h"

#include <string.h>

#define MIXER_ROWS                                                                                 \
    X(mixup)                                                                                       \
    X(zeta)                                                                                        \
    X(cutmix)                                                                                      \
    X(fmix)                                                                                        \
    X(none)

#define X(name) extern const struct mixer mixer_##name;
MIXER_ROWS
#undef X

#define X(name) &mixer_##name,
const struct mixer *const MIXERS[] = {MIXER_ROWS};
#undef X

const int N_MIXERS = sizeof MIXERS / sizeof *MIXERS;

const struct mixer *mixer_find(const char *name) {
    for (int i = 0; i < N_MIXERS; i++)
        if (strcmp(MIXERS[i]->name, name) == 0)
            return MIXERS[i];
    return NULL;
}
