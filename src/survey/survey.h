/* Survey: what is in an input. Every sample is read and decoded as it is stored, looked at
 * (finding.h), counted and forgotten; 24 bytes of it are kept, to find duplicates. Nothing is
 * fitted, so that sizes may differ.
 *
 * Labels are surveyed where they are soft: of an output of this program by its manifest, else as
 * the source has them. The manifest, or its rows beside the samples of an archive, also tell how
 * they were mixed (mixture.h). */
#ifndef MIXSMITH_SURVEY_H
#define MIXSMITH_SURVEY_H

#include "base/string_index.h"
#include "engine/job.h"
#include "engine/run.h"
#include "statistics/tally.h"
#include "survey/duplicates.h"
#include "survey/mixture.h"

enum { FORMATS = PICTURE_BMP + 1, CHANNELS_COUNTED = 4 }; // so many or more

/* A sample that cannot be read. */
struct defect {
    uint64_t sample; // number in the input
    int label;
    char *name;   // as survey_name; owned
    char *reason; // names the file; owned
};

struct sample_list {
    uint64_t *sample; // (n) by rising number
    size_t n, room;
};

struct survey {
    const struct job *job;
    const struct source *source;
    struct contents contents;    // of a stream the last window
    struct string_index classes; // (n_classes) of the input, and of the labels of a mixed set
    int n_classes;
    /* samples that can be read */
    uint64_t n;
    uint64_t bytes;                             // as stored
    uint64_t *of_class;                         // (n_classes)
    struct tally sizes;                         // of samples (h, w, c): see size_w, size_h
    uint64_t of_format[FORMATS];                // of picture files
    uint64_t of_channels[CHANNELS_COUNTED + 1]; // of samples (h, w, c)
    struct sample_list flat;
    struct sample_list alpha, turned, deep; // with transparency, EXIF orientation, 16 bits
    struct duplicates duplicates;
    /* those that cannot */
    struct defect *defects; // (n_defects) by rising sample
    size_t n_defects, defects_room;
    /* soft labels */
    bool soft;  // there are any
    bool mixed; // and the mixture is known
    struct label_statistics labels;
    struct mixture mixture;

    /* at work */
    struct pool *pool;
    struct arena *arenas;   // (threads)
    void *state;            // of the source
    char **paths;           // (job->n_inputs) of the inputs, of mixed sets the whole output
    struct mixed_set *sets; // (n_sets) inputs that are outputs of this program
    int n_sets;
    int *class_of; // (contents.n_classes) their numbers here
};

/* The sides that a key of survey->sizes stands for. */
static inline uint32_t size_w(uint64_t key) {
    return (uint32_t)(key >> 32);
}
static inline uint32_t size_h(uint64_t key) {
    return (uint32_t)key;
}

/* Opens the inputs; the job outlives the survey. watch (or NULL) is told of what takes long.
 * survey_close follows in any case. */
int survey_open(struct survey *survey, const struct job *job, const struct watch *watch,
                struct err *err);

/* Looks at everything. watch is told of samples. */
int survey_run(struct survey *survey, const struct watch *watch, struct err *err);

/* Samples of the smallest class that has any and of the largest; classes without. */
struct class_range {
    uint64_t least, most;
    int n_empty;
};
struct class_range survey_classes(const struct survey *survey);

/* survey->sizes, (sizes.n) the most frequent first; owned by the caller. */
struct tally_entry *survey_sizes(const struct survey *survey);

/* The sides of samples (h, w, c); of an even number the lower median. */
struct side_range {
    uint32_t least, median, most;
};
struct side_range survey_widths(const struct survey *survey);
struct side_range survey_heights(const struct survey *survey);

/* What a sample is called: "cat/1.png", "data_batch_1.bin record 7"; of several inputs with the
 * path of its own; of a stream, which is gone, "sample 7". */
void survey_name(const struct survey *survey, uint64_t sample, struct text *text);

void survey_close(struct survey *survey);

#endif
