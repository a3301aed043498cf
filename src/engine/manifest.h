/* Manifest: everything that an output says of itself besides its samples. Rows are JSON lines with
 * the same keys and types in each (man/mixsmith-formats.5). */
#ifndef MIXSMITH_MANIFEST_H
#define MIXSMITH_MANIFEST_H

#include "engine/job.h"
#include "model/recipe.h"

/* What a row is printed from. */
struct row {
    const struct sample *sample;
    const char *file_name;    // relative to the manifest
    int64_t record;           // in that file, or -1
    const char *mixer;        // "zeta+cutmix"
    const char *recipe;       // "lambda=0.37"
    const struct term *terms; // (n_terms) index: of a sample of the batch
    int n_terms;
    const uint32_t *source; // (batch) the samples' numbers in the input
};

/* Prints rows; each thread has its own. */
struct row_printer {
    int n_classes;
    bool sparse;                   // only classes that have a share
    struct text file_name, recipe; // scratch for the caller
    struct text shares; // the last row's shares as text: ζ-mixup repeats them in every row
    float *last;        // (n_last) and as numbers
    int n_last;
};

void row_printer_open(struct row_printer *printer, const struct job *job, int n_classes);
void row_printer_close(struct row_printer *printer);

/* Appends one line. */
void manifest_row(struct row_printer *printer, const struct row *row, struct text *text);

/* What a finished run counts. */
struct counts {
    uint64_t written;   // samples
    uint64_t asked;     // samples that would be there if nothing had been skipped
    size_t failures;    // sources that could not be used
    uint64_t *of_class; // (n_classes) samples whose argmax the class is
};

/* dataset.json: the job, the classes, the input, and the counts unless counts is NULL. */
int manifest_write_record(const struct publication *publication, const struct job *job,
                          const struct source *source, const struct contents *contents,
                          const struct sink *sink, const struct counts *counts, struct err *err);

/* classes.txt, one name a line in the order of the labels, and README.md, the data set card. */
int manifest_write_classes(const struct publication *publication, const struct contents *contents,
                           struct err *err);
int manifest_write_card(const struct publication *publication, const struct job *job,
                        const struct contents *contents, const struct sink *sink,
                        const struct counts *counts, struct err *err);

/* sources.jsonl: every sample of the input, in order. *escaped: names that are written as %XX. */
int manifest_write_sources(const struct publication *publication, const struct source *source,
                           const void *state, const struct contents *contents, uint64_t *escaped,
                           struct err *err);

/* failures.jsonl: the sources that could not be used, with reasons; written where there are any. */
int manifest_write_failures(const struct publication *publication, const struct source *source,
                            const void *state, const struct failure *failures, size_t n,
                            struct err *err);

#endif
