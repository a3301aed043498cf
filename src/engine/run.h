/* Run: a job at work. Opens the input, settles what will be made, and carries it through the
 * pipeline into an output that says of itself what it is. */
#ifndef MIXSMITH_RUN_H
#define MIXSMITH_RUN_H

#include "engine/chains.h"
#include "engine/job.h"
#include "engine/order.h"

enum run_stage {
    RUN_READ,
    RUN_DECODE,
    RUN_DRAW,
    RUN_BLEND,
    RUN_ENCODE,
    RUN_COMMIT,
    RUN_STAGES,
};
extern const char *const RUN_STAGE_NAMES[RUN_STAGES];

/* What a finished run counts. */
struct counts {
    uint64_t written;   // samples
    uint64_t asked;     // samples that would be there if nothing had been skipped
    uint64_t *of_class; // (n_classes) samples whose argmax the class is
};

struct run {
    const struct job *job;
    struct pool *pool;
    const struct source *source;
    void *source_state;
    struct contents contents;
    const struct sink *sink;
    struct order order;
    struct chains chains;
    /* what came of it */
    struct failure *failures; // (n_failures) sources that could not be used, by number when the run
                              // is done; owned
    size_t n_failures;
    struct counts counts;
    uint64_t escaped;           // names of sources that had to be written as %XX
    struct text result;         // what the sink says when it closes
    double seconds[RUN_STAGES]; // of all threads together
    uint8_t *failed;            // (contents.n) bits: sources already in failures
};

/* Called between steps. */
struct watch {
    void (*tell)(void *data, uint64_t done, uint64_t total);
    void *data;
};

/* Opens the input and settles what will be made; writes nothing. run_close follows in any case. */
int run_open(struct run *run, const struct job *job, struct err *err);

/* Makes the output. After an error, or a signal (interrupted() says which), none is left. */
int run_mix(struct run *run, const struct watch *watch, struct err *err);

void run_close(struct run *run);

#endif
