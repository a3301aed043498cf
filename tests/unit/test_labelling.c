/* Labelling: every sample gets its label, none is read twice, and of several faults the first in
 * input order is told, however samples are read together. */
#include "sources/labelling.h"

#include "support.h"

#include <stdatomic.h>

enum { SAMPLES = 1000, CLASSES = 10, THREADS = 3 };

/* Sample i is of class i % CLASSES. */
struct records {
    uint32_t unreadable, unlabelled; // the first sample that is so; SAMPLES: none
    atomic_int times_read[SAMPLES];
};

static int read_run(const void *state, uint32_t first, uint32_t n, struct arena *arena,
                    struct raw *raw, struct err *err) {
    struct records *records = (struct records *)state;
    uint8_t *bytes = arena_take(arena, n);
    for (uint32_t i = 0; i < n; i++) {
        if (first + i >= records->unreadable)
            return (fail)(err, "cannot read %u, one of %u", first + i, n);
        bytes[i] = (uint8_t)((first + i) % CLASSES);
        raw[i] = (struct raw){&bytes[i], 1};
    }
    for (uint32_t i = 0; i < n; i++)
        atomic_fetch_add(&records->times_read[first + i], 1);
    return 0;
}

static int read_one(const void *state, uint32_t sample, struct arena *arena, struct raw *raw,
                    struct err *err) {
    return read_run(state, sample, 1, arena, raw, err);
}

static int label_of(const void *state, uint32_t sample, const struct raw *raw, int *label,
                    struct err *err) {
    *label = raw->bytes[0];
    if (sample >= ((const struct records *)state)->unlabelled)
        return (fail)(err, "no label in %u", sample);
    return 0;
}

static const struct source SOURCE = {
    .name = "records", .read = read_one, .read_run = read_run, .label = label_of};

/* Labels all samples but those of a class that are known; the message, or "". */
static const char *complete(struct records *records, int *label) {
    static struct err err;
    struct contents contents = {.n = SAMPLES, .label = label};
    struct pool *pool = pool_open(THREADS, &err);
    for (int i = 0; i < SAMPLES; i++)
        label[i] = i % 7 == 0 || i / 100 == 3 ? i % CLASSES : LABEL_IN_RECORD;
    int result = labelling_complete(&SOURCE, records, pool, &contents, &err);
    pool_close(pool);
    return result < 0 ? err.text : "";
}

static void what_has_no_label_is_read_once(void **state) {
    (void)state;
    struct records records = {.unreadable = SAMPLES, .unlabelled = SAMPLES};
    int label[SAMPLES];
    assert_string_equal(complete(&records, label), "");
    for (int i = 0; i < SAMPLES; i++) {
        assert_int_equal(label[i], i % CLASSES);
        assert_int_equal(atomic_load(&records.times_read[i]), i % 7 != 0 && i / 100 != 3);
    }
}

/* Samples 771 to 776 are read together, and 778 to 783. */
static void of_several_faults_the_first_is_told(void **state) {
    (void)state;
    static const struct {
        uint32_t unreadable, unlabelled;
        const char *message;
    } rows[] = {
        {775, SAMPLES, "cannot read 775, one of 1"},
        {SAMPLES, 774, "no label in 774"},
        {776, 772, "no label in 772"},
        {772, 776, "cannot read 772, one of 1"},
        {773, 773, "cannot read 773, one of 1"},
        {778, 776, "no label in 776"},
        {0, 0, "cannot read 1, one of 1"},
        {999, 999, "cannot read 999, one of 1"},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct records records = {.unreadable = rows[r].unreadable,
                                  .unlabelled = rows[r].unlabelled};
        int label[SAMPLES];
        assert_string_equal(complete(&records, label), rows[r].message);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_no_label_is_read_once),
        cmocka_unit_test(of_several_faults_the_first_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
