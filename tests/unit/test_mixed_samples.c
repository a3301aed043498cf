/* Laws of what comes of what mixers draw: blended samples and their labels. */
#include "every_mixer.h"

/* --- values --- */

static void check_equal_samples(struct rig *rig, const double *values) {
    (void)values;
    size_t stride = batch_stride(&rig->batch);
    for (int i = 1; i < rig->batch.n; i++)
        memcpy(batch_at(&rig->batch, i), rig->batch.data, stride);
    for (int own = 0; own < rig->batch.n; own++) {
        rig_draw(rig, own, rig->batch.id[own]);
        assert_memory_equal(rig_blend(rig), rig->batch.data, stride);
    }
}

static void equal_samples_come_back_unchanged(void **state) {
    (void)state;
    try_everything(check_equal_samples);
}

static void check_value(const struct rig *rig, const void *out, size_t i) {
    const struct recipe *recipe = rig->recipe;
    double least = INFINITY, greatest = -INFINITY, value = value_at(out, rig->batch.dtype, i);
    for (int k = 0; k < recipe->n_terms; k++) {
        const void *source = batch_at(&rig->batch, recipe->term[k].index);
        least = fmin(least, value_at(source, rig->batch.dtype, i));
        greatest = fmax(greatest, value_at(source, rig->batch.dtype, i));
    }
    if (!(value >= least && value <= greatest))
        fail_msg("%s: %.9g is not from %.9g to %.9g", rig->mixer->name, value, least, greatest);
}

static void check_values(struct rig *rig, const double *values) {
    (void)values;
    for (int own = 0; own < rig->batch.n; own++) {
        rig_draw(rig, own, rig->batch.id[own]);
        const void *out = rig_blend(rig);
        for (size_t i = 0; i < shape_values(&rig->batch.shape); i++)
            check_value(rig, out, i);
    }
}

static void values_lie_between_the_sources(void **state) {
    (void)state;
    try_everything(check_values);
}

/* --- labels --- */

/* White is one sample, black all others. */
static void whiten(struct batch *batch, int white) {
    size_t values = shape_values(&batch->shape);
    memset(batch->data, 0, (size_t)batch->n * batch_stride(batch));
    for (size_t i = 0; i < values; i++)
        if (batch->dtype == DTYPE_UINT8)
            ((uint8_t *)batch_at(batch, white))[i] = 255;
        else
            ((float *)batch_at(batch, white))[i] = 1;
}

static double mean_light(const void *sample, const struct batch *batch) {
    size_t values = shape_values(&batch->shape);
    double sum = 0;
    for (size_t i = 0; i < values; i++)
        sum += value_at(sample, batch->dtype, i);
    return sum / (double)values / (batch->dtype == DTYPE_UINT8 ? 255 : 1);
}

static double share_of(const struct recipe *recipe, int index) {
    for (int k = 0; k < recipe->n_terms; k++)
        if (recipe->term[k].index == index)
            return recipe->term[k].share;
    return 0;
}

/* Labels that by request do not say what the pixels hold. */
static bool label_is_real(const struct rig *rig, const double *values) {
    bool drawn = strcmp(rig->mixer->name, "cutmix") == 0 && value_of(rig, values, "correct") == 0;
    return !drawn && value_of(rig, values, "reformulate") == 0;
}

/* Nothing but the rounding to a byte, or of a share to float, may come between. */
static void check_label(struct rig *rig, const double *values) {
    double tolerance = rig->batch.dtype == DTYPE_UINT8 ? 0.5 / 255 + 1e-7 : 6e-8;
    if (!label_is_real(rig, values))
        return;
    for (int white = 0; white < rig->batch.n; white++) {
        whiten(&rig->batch, white);
        for (int own = 0; own < rig->batch.n; own++) {
            rig_draw(rig, own, rig->batch.id[own]);
            assert_near(rig->mixer->name, mean_light(rig_blend(rig), &rig->batch),
                        share_of(rig->recipe, white), tolerance);
        }
    }
}

static void the_label_is_what_the_pixels_hold(void **state) {
    (void)state;
    try_everything(check_label);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_samples_come_back_unchanged),
        cmocka_unit_test(values_lie_between_the_sources),
        cmocka_unit_test(the_label_is_what_the_pixels_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
