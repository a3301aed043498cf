/* sources.jsonl: its lines take a bounded room however many threads print them; how far it is is
 * told, and a signal ends it. */
#include "engine/sources_list.h"

#include "base/interrupt.h"
#include "engine/list_file.h"

#include "scratch.h"
#include "support.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

enum { SAMPLES = (300 << 10) + 5, MANY = 200 }; // MANY threads could hold all samples at once

static atomic_uint asked; // samples where they come from

static struct origin origin(const void *state, uint32_t sample, struct text *path) {
    (void)state;
    atomic_fetch_add(&asked, 1);
    text_string(path, "a/folder/records.bin");
    return (struct origin){0, sample};
}

static const struct source SOURCE = {.name = "records", .origin = origin};

/* --- a run that does nothing else --- */

struct rig {
    char *folder;
    struct publication publication;
    struct job job;
    struct run run;
};

static void rig_open(struct rig *rig, int threads) {
    struct err err;
    *rig = (struct rig){.folder = scratch_open(), .job = {.n_inputs = 1}};
    char *path = path_join(rig->folder, "OUT");
    assert_int_equal(publication_open(&rig->publication, path, false, &err), 0);
    rig->run = (struct run){
        .job = &rig->job,
        .pool = pool_open(threads, &err),
        .source = &SOURCE,
        .contents = {.n = SAMPLES, .label = must_calloc(SAMPLES, sizeof(int))},
        .unlisted = true,
    };
    assert_non_null(rig->run.pool);
    assert_int_equal(sources_open(&rig->run, &rig->publication, &err), 0);
    free(path);
    atomic_store(&asked, 0);
}

static void rig_close(struct rig *rig) {
    sources_abandon(&rig->run);
    publication_abandon(&rig->publication);
    pool_close(rig->run.pool);
    free(rig->run.contents.label);
    scratch_close(rig->folder);
}

/* --- memory --- */

/* Bytes that the lines of a list have taken, all of which have been printed. */
static size_t room_of_lines(int threads) {
    struct rig rig;
    struct err err;
    size_t room = 0;
    rig_open(&rig, threads);
    assert_int_equal(sources_add(&rig.run, &err), 0);
    const struct list_file *list = rig.run.sources;
    for (int i = 0; i < list->n_slices; i++)
        room += list->slices[i].text.size + list->slices[i].path.size +
                list->slices[i].last_path.size + list->slices[i].json_path.size;
    rig_close(&rig);
    return room;
}

static void many_threads_take_no_more_room(void **state) {
    (void)state;
    size_t most = room_of_lines(16);
    assert_in_range(most, 1 << 20, 16 << 20);
    assert_true(room_of_lines(1) < most / 8);
    assert_int_equal(room_of_lines(17), most);
    assert_int_equal(room_of_lines(MANY), most);
}

/* --- words --- */

struct words {
    int n, interrupt; // the number of the word at which a signal comes; 0: none
    uint64_t done;    // by the last
    pthread_t teller;
};

static void hear(void *data, const struct progress *progress) {
    struct words *words = data;
    assert_string_equal(progress->stage, "listing sources");
    assert_string_equal(progress->unit, "");
    assert_true(progress->total == SAMPLES);
    assert_true(progress->done <= atomic_load(&asked));
    assert_true(words->n == 0 ? progress->done == 0 : progress->done > words->done);
    assert_true(pthread_equal(pthread_self(), words->teller));
    words->done = progress->done;
    if (++words->n == words->interrupt)
        raise(SIGTERM);
}

/* Lists all samples by three threads. */
static int list_sources(struct words *words, bool stream, struct err *err) {
    struct rig rig;
    struct watch watch = {hear, words};
    rig_open(&rig, 3);
    words->teller = pthread_self();
    rig.run.watch = &watch;
    rig.run.contents.stream = stream;
    int result = sources_add(&rig.run, err);
    rig_close(&rig);
    return result;
}

static void it_is_told_how_many_are_listed(void **state) {
    (void)state;
    struct words words = {.n = 0};
    struct err err;
    assert_int_equal(list_sources(&words, false, &err), 0);
    assert_true(words.n > 2);
    assert_true(words.done == SAMPLES);
}

/* Its windows are listed between their steps. */
static void of_a_stream_nothing_is_told(void **state) {
    (void)state;
    struct words words = {.n = 0};
    struct err err;
    assert_int_equal(list_sources(&words, true, &err), 0);
    assert_int_equal(words.n, 0);
}

/* The last of the tests: signals are not forgotten. */
static void a_signal_ends_it(void **state) {
    (void)state;
    struct words words = {.interrupt = 2};
    struct err err;
    interrupt_catch();
    assert_int_equal(list_sources(&words, false, &err), -1);
    assert_string_equal(err.text, "interrupted");
    assert_int_equal(words.n, 2);
    assert_true(atomic_load(&asked) < SAMPLES / 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_threads_take_no_more_room),
        cmocka_unit_test(it_is_told_how_many_are_listed),
        cmocka_unit_test(of_a_stream_nothing_is_told),
        cmocka_unit_test(a_signal_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
