/* Labelling: every sample gets its label, none is read twice, and of several faults the first in
 * input order is told, however samples are read together; how far it is is told, too. */
#include "sources/labelling.h"

#include "base/interrupt.h"

#include "support.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

enum { SAMPLES = 40000, CLASSES = 10, THREADS = 3 };

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
static const char *complete(struct records *records, int *label, const struct watch *watch) {
    static struct err err;
    struct contents contents = {.n = SAMPLES, .label = label};
    struct pool *pool = pool_open(THREADS, &err);
    for (int i = 0; i < SAMPLES; i++)
        label[i] = i % 7 == 0 || i / 100 == 3 ? i % CLASSES : LABEL_IN_RECORD;
    int result = labelling_complete(&SOURCE, records, pool, &contents, watch, &err);
    pool_close(pool);
    return result < 0 ? err.text : "";
}

static void what_has_no_label_is_read_once(void **state) {
    (void)state;
    struct records records = {.unreadable = SAMPLES, .unlabelled = SAMPLES};
    int label[SAMPLES];
    assert_string_equal(complete(&records, label, NULL), "");
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
        {17002, 33000, "cannot read 17002, one of 1"},
        {33000, 20001, "no label in 20001"},
        {39999, SAMPLES, "cannot read 39999, one of 1"},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        struct records records = {.unreadable = rows[r].unreadable,
                                  .unlabelled = rows[r].unlabelled};
        int label[SAMPLES];
        assert_string_equal(complete(&records, label, NULL), rows[r].message);
    }
}

struct words {
    const int *label;
    int n, interrupt; // the number of the word at which a signal comes; 0: none
    uint64_t done;    // by the last
    pthread_t teller;
};

/* What is told to be done is done, and the thread that asked for it tells. */
static void hear(void *data, const struct progress *progress) {
    struct words *words = data;
    assert_string_equal(progress->stage, "reading labels");
    assert_string_equal(progress->unit, "");
    assert_true(progress->total == SAMPLES);
    assert_true(words->n == 0 ? progress->done == 0 : progress->done > words->done);
    assert_true(pthread_equal(pthread_self(), words->teller));
    for (uint64_t i = 0; i < progress->done; i++)
        assert_int_equal(words->label[i], i % CLASSES);
    words->done = progress->done;
    if (++words->n == words->interrupt)
        raise(SIGTERM);
}

static void it_is_told_how_many_are_labelled(void **state) {
    (void)state;
    struct records records = {.unreadable = SAMPLES, .unlabelled = SAMPLES};
    int label[SAMPLES];
    struct words words = {.label = label, .teller = pthread_self()};
    struct watch watch = {hear, &words};
    assert_string_equal(complete(&records, label, &watch), "");
    assert_true(words.n > 2);
}

/* The last of the tests: signals are not forgotten. */
static void a_signal_ends_it(void **state) {
    (void)state;
    struct records records = {.unreadable = SAMPLES, .unlabelled = SAMPLES};
    int label[SAMPLES];
    struct words words = {.label = label, .interrupt = 2, .teller = pthread_self()};
    struct watch watch = {hear, &words};
    interrupt_catch();
    assert_string_equal(complete(&records, label, &watch), "interrupted");
    assert_int_equal(words.n, 2);
    for (uint64_t i = words.done; i < SAMPLES; i++)
        assert_int_equal(atomic_load(&records.times_read[i]), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_no_label_is_read_once),
        cmocka_unit_test(of_several_faults_the_first_is_told),
        cmocka_unit_test(it_is_told_how_many_are_labelled),
        cmocka_unit_test(a_signal_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
