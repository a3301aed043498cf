/* Manifest: one JSON line a sample, the same keys with the same JSON types in every line
 * (man/mixsmith-formats.5). Numbers of a label always have a decimal point: readers that see 1 take
 * the column for integers and turn later soft labels into zeros. */
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
    const uint32_t *source; // (batch) the samples' numbers in the input,
    uint64_t first_source;  // counted from this one
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

#endif
