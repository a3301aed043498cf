/* Run: a job at work. Opens the input, settles what will be made, and carries it through the
 * pipeline into an output that says of itself what it is. */
#ifndef MIXSMITH_RUN_H
#define MIXSMITH_RUN_H

#include "base/progress.h"
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

/* What a run counts. */
struct counts {
    uint64_t read;      // samples of the input, those that could not be used among them
    uint64_t written;   // samples
    uint64_t asked;     // samples that would be there if nothing had been skipped, or ENDLESS while
                        // nobody knows
    uint64_t *of_class; // (n_classes) samples whose argmax the class is
};

/* A sample of the input that could not be used. */
struct loss {
    uint64_t source; // number in the input
    struct origin origin;
    char *path;   // of its origin; owned
    char *reason; // owned
};

/* Samples in a row that are of one class. */
struct class_run {
    int label;
    uint64_t length;
};

struct run {
    const struct job *job;
    struct pool *pool;
    const struct watch *watch; // while the output is made; NULL: nobody
    const struct source *source;
    void *source_state;
    struct contents contents;
    const struct sink *sink;
    const char *manifest; // its path in the output, or NULL: there is none
    struct order order;
    struct chains chains;
    /* what came of it */
    struct loss *losses; // (n_losses) by number when the run is done; owned
    size_t n_losses, losses_room;
    uint8_t *lost; // (contents.n) bits: samples of the window that are already in losses
    struct list_file *sources; // sources.jsonl while it is written, or NULL
    bool unlisted;             // the window is not in it yet
    uint32_t n_unlabelled;     // samples whose label is still LABEL_IN_RECORD
    struct class_run last_run; // of a stream: samples of one class at its end,
    struct class_run longest;  // and the most that have come in a row
    struct counts counts;
    uint64_t escaped;           // names of sources that had to be written as %XX
    struct text result;         // what the sink says when it closes
    double seconds[RUN_STAGES]; // of all threads together
};

/* Samples of the input that could be used: not those whose header, or whose data, could not be
 * read. */
static inline uint64_t run_readable(const struct run *run) {
    return run->counts.read - run->n_losses;
}

/* Adds the time since start (clock.h) to a stage in which all threads took part. */
void run_spend(struct run *run, enum run_stage stage, double start);

/* Samples of a batch at most: of a stream, what --window lets in, as windows may differ. */
int run_batch(const struct run *run);

/* Opens the input and settles what will be made; writes nothing. run_close follows in any case. */
int run_open(struct run *run, const struct job *job, struct err *err);

/* Makes the output. After an error, or a signal (interrupted() says which), none is left; on a
 * stream, whole samples. */
int run_mix(struct run *run, const struct watch *watch, struct err *err);

void run_close(struct run *run);

#endif
