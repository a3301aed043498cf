#include "engine/footprint.h"

#include "base/progress.h"
#include "base/words.h"

enum { NUMBER = 16 }; // bytes of a short number as text

/* --- sums that do not wrap round --- */

static uint64_t plus(uint64_t a, uint64_t b) {
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static uint64_t times(uint64_t a, uint64_t b) {
    return b > 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

uint64_t footprint_bytes(const struct footprint *footprint) {
    uint64_t sample = times(footprint->values, footprint->value_bytes);
    uint64_t loaded = times(footprint->loaded, plus(sample, footprint->beside_bytes));
    uint64_t staged = times(footprint->staged, times(footprint->values, sizeof(float)));
    uint64_t finished = times(footprint->finished, sample);
    uint64_t batches = times(footprint->capacity, plus(plus(loaded, staged), finished));
    return plus(batches, times(footprint->threads, sample));
}

/* --- what a run has --- */

struct footprint footprint_of_preview(const struct run *run) {
    const struct contents *contents = &run->contents;
    uint64_t soft = contents->soft ? (uint64_t)contents->n_classes * sizeof(float) : 0;
    return (struct footprint){
        .values = shape_values(&contents->shape),
        .value_bytes = dtype_size(contents->dtype),
        .beside_bytes = soft + sizeof(uint64_t) + sizeof(uint32_t) + 2 * sizeof(int),
        .capacity = (uint64_t)run_batch(run),
        .loaded = 1,
    };
}

/* A batch takes one of the chains. */
static bool has_stages(const struct job *job) {
    for (int c = 0; c < job->n_chains; c++)
        if (job->chain[c].n_stages == 1)
            return false;
    return true;
}

/* One block is mixed while the next is loaded; what is finished waits while the next is mixed. A
 * block has one batch, or several that are small. */
struct footprint footprint_of_mix(const struct run *run) {
    struct footprint footprint = footprint_of_preview(run);
    uint64_t threads = (uint64_t)run->job->threads;
    bool several = run->counts.asked > footprint.capacity;
    footprint.loaded = 2;
    footprint.staged = has_stages(run->job) ? 2 : 0;
    if (run->sink->verbatim)
        footprint.finished = several ? 2 : 1;
    else
        footprint.threads = threads < footprint.capacity ? threads : footprint.capacity;
    return footprint;
}

/* --- is there so much? --- */

/* Whether another --size would make samples smaller: pictures have one, all else only if asked. */
static bool is_fitted(const struct run *run) {
    return run->source->file_per_sample || run->job->size.w > 0;
}

/* Whether a lower --batch would be taken. */
static bool is_divisible(const struct footprint *footprint, const struct job *job) {
    return footprint->capacity > (job_mixer_of_partners(job) ? 2 : 1);
}

static const char *remedy(const struct footprint *footprint, const struct run *run,
                          uint64_t limit) {
    bool fitted = is_fitted(run);
    struct footprint alone = *footprint;
    alone.threads = footprint->threads > 0;
    if (footprint_bytes(&alone) <= limit)
        return ": lower --threads";
    if (!is_divisible(footprint, run->job))
        return fitted ? ": lower --size" : "";
    return fitted ? ": lower --batch or --size" : ": lower --batch";
}

int footprint_check(const struct footprint *footprint, const struct run *run, uint64_t limit,
                    struct err *err) {
    const struct contents *contents = &run->contents;
    uint64_t bytes = footprint_bytes(footprint);
    char need[NUMBER], have[NUMBER];
    struct text shape = {0};
    if (bytes <= limit)
        return 0;
    shape_print(&contents->shape, " x ", &shape);
    short_number(need, sizeof need, (double)bytes);
    short_number(have, sizeof have, (double)limit);
    fail(err, "batches of %llu sample%s, %s, need %sB of memory, but there are %sB%s",
         (unsigned long long)footprint->capacity, s_of(footprint->capacity), text_terminate(&shape),
         need, have, remedy(footprint, run, limit));
    text_close(&shape);
    return -1;
}
