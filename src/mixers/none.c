/* none: the sample itself. The baseline, and a format converter. */
#include "mixers/mixer.h"

static void draw_none(const void *state, struct draw *draw, struct recipe *recipe) {
    (void)state;
    recipe_copy(recipe, draw->own);
}

const struct mixer mixer_none = {
    .name = "none",
    .help = "copies the sample: the baseline, and a format converter",
    .copies = true,
    .draw = draw_none,
};
