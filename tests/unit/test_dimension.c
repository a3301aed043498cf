/* The numbers of the intrinsic dimension: sets whose dimension is known, and the helix of the
 * ζ-mixup paper, before and after mixing. */
#include "base/memory.h"
#include "statistics/dimension.h"

#include "rig.h"

enum { POINTS = 64 };

static struct cloud cloud_open(int n, int d) {
    return (struct cloud){n, d, must_calloc((size_t)n * (size_t)d, sizeof(float))};
}

static struct dimension measure(const struct cloud *cloud, int threads) {
    struct err err;
    struct dimension dimension;
    struct pool *pool = pool_open(threads, &err);
    int at[POINTS];
    for (int i = 0; i < POINTS; i++)
        at[i] = i * (cloud->n / POINTS);
    if (dimension_of(cloud, at, POINTS, pool, &dimension, &err) < 0)
        fail_msg("%s", err.text);
    pool_close(pool);
    return dimension;
}

/* n points of a flat part of d dimensions in a space of `space`, equally wide in each. */
static struct cloud flat_cloud(int n, int d, int space) {
    struct cloud cloud = cloud_open(n, space);
    struct rng rng = rng_for(1, (uint64_t)d, 0);
    float *axes = must_calloc((size_t)(d * space), sizeof *axes);
    for (int i = 0; i < d * space; i++)
        axes[i] = (float)((rng_unit(&rng) - 0.5) / d);
    for (int p = 0; p < n; p++)
        for (int k = 0; k < d; k++) {
            float along = (float)(rng_unit(&rng) - 0.5);
            for (int i = 0; i < space; i++)
                cloud.value[p * space + i] += along * axes[k * space + i];
        }
    free(axes);
    return cloud;
}

static void flat_sets_have_their_dimension(void **state) {
    (void)state;
    struct cloud plane = flat_cloud(2000, 2, 10), line = flat_cloud(2000, 1, 10),
                 wide = flat_cloud(2000, 2, 300);
    assert_near("a plane in 10 dimensions", measure(&plane, 2).mean, 2, 0.05);
    assert_near("a line", measure(&line, 2).mean, 1, 0);
    assert_near("a plane in 300, from the neighbours' products", measure(&wide, 2).mean, 2, 0.05);
    free(plane.value);
    free(line.value);
    free(wide.value);
}

static void a_blob_has_all_dimensions(void **state) {
    (void)state;
    enum { N = 2048, D = 6 };
    struct cloud cloud = cloud_open(N, D);
    struct rng rng = rng_for(1, 2, 3);
    for (int i = 0; i < N * D; i++)
        for (int k = 0; k < 12; k++)
            cloud.value[i] += (float)((rng_unit(&rng) - 0.5) / 6);
    struct dimension dimension = measure(&cloud, 2);
    assert_near("a Gaussian blob", dimension.mean, D, 0);
    assert_near("everywhere", dimension.sd, 0, 0);
    free(cloud.value);
}

static void a_single_place_has_none(void **state) {
    (void)state;
    struct cloud cloud = cloud_open(DIMENSION_LEAST, 3);
    for (int i = 0; i < cloud.n * cloud.d; i++)
        cloud.value[i] = 0.1f;
    assert_near("one place", measure(&cloud, 1).mean, 0, 0);
    free(cloud.value);
}

static void threads_change_nothing(void **state) {
    (void)state;
    struct cloud cloud = cloud_open(600, 40);
    struct rng rng = rng_for(5, 5, 5);
    for (int i = 0; i < cloud.n * cloud.d; i++)
        cloud.value[i] = (float)(rng_unit(&rng) - 0.5);
    struct dimension one = measure(&cloud, 1), three = measure(&cloud, 3);
    assert_true(one.mean == three.mean && one.sd == three.sd);
    assert_true(one.mean > 20);
    free(cloud.value);
}

/* --- the helix --- */

enum { HELIX = 8192, TURNS = 4, BATCH = 128 };

/* Radius 1, height 4, all of it within -1..1. */
static void helix_point(int index, float point[3]) {
    double along = index / (HELIX - 1.0), angle = 2 * 3.14159265358979323846 * TURNS * along;
    point[0] = (float)(cos(angle) / 4);
    point[1] = (float)(sin(angle) / 4);
    point[2] = (float)along;
}

/* Batches of a shuffled helix, mixed as spec says. */
static struct cloud mixed_helix(const char *spec) {
    struct cloud cloud = cloud_open(HELIX, 3);
    struct rng rng = rng_for(8, 0, 0);
    struct rig rig;
    int order[HELIX];
    rig_open_spec(&rig, spec, (struct shape){1, {3}}, BATCH);
    batch_close(&rig.batch);
    open_random_batch(&rig.batch, (struct shape){1, {3}}, DTYPE_FLOAT32, BATCH, 1, &rng);
    for (int i = 0; i < HELIX; i++) {
        int j = (int)rng_below(&rng, (uint32_t)i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    for (int i = 0; i < HELIX; i++) {
        if (i % BATCH == 0)
            for (int k = 0; k < BATCH; k++)
                helix_point(order[i + k], batch_at(&rig.batch, k));
        struct recipe *recipe = rig_draw(&rig, i % BATCH, (uint64_t)i);
        struct blending blending = {recipe, &rig.batch, cloud.value + 3 * (size_t)i};
        blend(&blending, 1, &rig.arena);
    }
    rig_close(&rig);
    return cloud;
}

static void helix_has(const char *spec, double expected) {
    struct cloud cloud = mixed_helix(spec);
    assert_near(spec, measure(&cloud, 2).mean, expected, 0.1);
    free(cloud.value);
}

static void the_helix_of_the_paper(void **state) {
    (void)state;
    helix_has("none", 1);
    helix_has("mixup", 3);
    helix_has("zeta:t=32,gamma=1.73", 3);
    helix_has("zeta:t=32,gamma=2.8", 3);
    helix_has("zeta:t=32,gamma=4", 3);
    helix_has("zeta:t=32,gamma=6", 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flat_sets_have_their_dimension),
        cmocka_unit_test(a_blob_has_all_dimensions),
        cmocka_unit_test(a_single_place_has_none),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(the_helix_of_the_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
