/* Past job: what an earlier output tells a report (man/mixsmith-formats.5): the job in
 * dataset.json, the samples it was made from in sources.jsonl, and which of them went into each
 * sample in the manifest. */
#ifndef MIXSMITH_PAST_JOB_H
#define MIXSMITH_PAST_JOB_H

#include "base/text.h"
#include "report/tile.h"
#include "statistics/class_pairs.h"
#include "survey/mixed_set.h"
#include "survey/set_sources.h"

struct past_job {
    struct mixed_set set;
    cJSON *record; // dataset.json, or NULL
    struct set_sources sources;
    uint64_t *count; // (set.n_classes) sources of each class
};

/* Whether path is an output of ours; past_job_close follows where it is. */
bool past_job_find(struct past_job *past, const char *path);
void past_job_close(struct past_job *past);

/* Reads sources.jsonl. */
int past_job_read_sources(struct past_job *past, struct err *err);

/* Reads the manifest: all its rows go into the pairs, and the tiles that it names get their recipe
 * and sources. In past_manifest.c. */
int past_job_read_manifest(struct past_job *past, const struct folding *folding,
                           struct class_pairs *pairs, struct tile *tiles, int n_tiles,
                           struct err *err);

/* The options that were given, as they would be written: " -m mixup:alpha=1 --seed 3". */
void past_job_print_options(const struct past_job *past, struct text *text);

/* A string of dataset.json, or of an object in it; "" where there is none. */
const char *past_job_string(const struct past_job *past, const char *object, const char *key);

/* A whole number, likewise; -1 where there is none. */
int64_t past_job_whole(const struct past_job *past, const char *object, const char *key);

#endif
