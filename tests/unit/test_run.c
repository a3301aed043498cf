/* A run: what comes before and after mixing says so, in its order, and ends with a signal at once,
 * so that nothing is left. */
#include "engine/run.h"

#include "base/interrupt.h"

#include "scratch.h"
#include "support.h"

#include <errno.h>
#include <signal.h>
#include <sys/uio.h>
#include <sys/wait.h>

/* In the system's place: no file is in its cache. */
ssize_t preadv2(int fd, const struct iovec *vector, int n, off_t at, int flags) {
    (void)fd, (void)vector, (void)n, (void)at, (void)flags;
    errno = EAGAIN;
    return -1;
}

struct words {
    const char *interrupt; // the stage at whose beginning a signal comes, or NULL
    const char *last;      // stage
    char stages[200];      // one behind the other
};

static void hear(void *data, const struct progress *progress) {
    struct words *words = data;
    if (strcmp(progress->stage, words->last) == 0)
        return;
    words->last = progress->stage;
    strcat(strcat(words->stages, "/"), progress->stage);
    if (words->interrupt && strcmp(progress->stage, words->interrupt) == 0)
        raise(SIGTERM);
}

/* CIFAR's hundred samples, of which sixty are mixed, ten in a batch: of the others no label is
 * known then. */
static int mix(char *output, struct words *words, struct err *err) {
    char *argv[] = {"mix", "sample_data/cifar", "-o", output, "-n60", "-b10", "-j2", NULL};
    struct watch watch = {hear, words};
    struct job job;
    struct run run;
    words->last = "none";
    assert_int_equal(job_parse(&job, JOB_MIX, 7, argv, err), 0);
    assert_int_equal(run_open(&run, &job, err), 0);
    int result = run_mix(&run, &watch, err);
    run_close(&run);
    job_close(&job);
    return result;
}

static void stages_are_told_in_order(void **state) {
    (void)state;
    struct words words = {.interrupt = NULL};
    struct err err;
    char *folder = scratch_open(), *output = path_join(folder, "OUT");
    assert_int_equal(mix(output, &words, &err), 0);
    assert_string_equal(words.stages, "/reading//reading labels/listing sources");
    scratch_close(folder);
    free(output);
}

/* Signals are not forgotten: each has a process of its own, which tells whether all was well. */
static int run_interrupted(char *output, const char *stage) {
    struct words words = {.interrupt = stage};
    struct err err = {.text = ""};
    interrupt_catch();
    return mix(output, &words, &err) == -1 && strcmp(err.text, "interrupted") == 0 &&
           strcmp(words.last, stage) == 0;
}

static void a_signal_ends_each(void **state) {
    (void)state;
    char *stages[] = {"reading", "", "reading labels", "listing sources"};
    for (size_t s = 0; s < sizeof stages / sizeof *stages; s++) {
        int status;
        char *folder = scratch_open(), *output = path_join(folder, "OUT");
        pid_t child = fork();
        if (child == 0)
            _exit(run_interrupted(output, stages[s]) ? 0 : 1);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        assert_true(folder_is_empty(folder));
        scratch_close(folder);
        free(output);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_are_told_in_order),
        cmocka_unit_test(a_signal_ends_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
