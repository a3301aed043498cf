#include "report/findings.h"

#include "base/memory.h"
#include "base/words.h"
#include "engine/intake.h"
#include "report/looking.h"

#include <stdlib.h>

/* Of an earlier output what it was made from, else the input itself. */
static void count_before(struct findings *findings) {
    const struct contents *contents = &findings->preview.run.contents;
    findings->before = must_calloc((size_t)contents->n_classes, sizeof *findings->before);
    for (uint32_t i = 0; i < contents->n && !findings->finished; i++)
        if (!contents->unusable || !contents->unusable[i])
            findings->before[contents->label[i]]++;
    for (int k = 0; k < contents->n_classes; k++) {
        if (findings->finished)
            findings->before[k] = findings->past.count[k];
        findings->n_before += findings->before[k];
    }
}

static int open_past(struct findings *findings, struct err *err) {
    const struct job *job = findings->job;
    findings->finished = job->n_inputs == 1 && job->mixers_are_standard &&
                         past_job_find(&findings->past, job->inputs[0]);
    if (!findings->finished)
        return 0;
    return job_check_unmixed(job, err) < 0 ? -1 : past_job_read_sources(&findings->past, err);
}

static int check_past(const struct findings *findings, struct err *err) {
    int n_classes = findings->preview.run.contents.n_classes;
    if (!findings->finished || findings->past.set.n_classes == n_classes)
        return 0;
    return fail(err, "%s: read as %d class%s (%s), but its dataset.json names %d",
                findings->job->inputs[0], n_classes, es_of(n_classes),
                findings->preview.run.source->name, findings->past.set.n_classes);
}

/* One pass at most. */
static uint64_t samples_wanted(const struct findings *findings) {
    uint64_t usable = findings->preview.run.order.n, most = (uint64_t)findings->job->samples;
    return usable < most ? usable : most;
}

static void open_parts(struct findings *findings, uint64_t wanted) {
    const struct contents *contents = &findings->preview.run.contents;
    count_before(findings);
    folding_open(&findings->folding, findings->before, contents->n_classes);
    class_pairs_open(&findings->pairs, &findings->folding);
    label_statistics_open(&findings->labels, contents->n_classes);
    clouds_open(&findings->clouds, &contents->shape, contents->dtype, wanted, !findings->finished);
}

int findings_open(struct findings *findings, const struct job *job, struct err *err) {
    *findings = (struct findings){.job = job};
    if (open_past(findings, err) < 0 || preview_open(&findings->preview, job, err) < 0 ||
        intake_complete_labels(&findings->preview.run, err) < 0 || check_past(findings, err) < 0)
        return -1;
    const struct contents *contents = &findings->preview.run.contents;
    uint64_t wanted = samples_wanted(findings);
    open_parts(findings, wanted);
    int result = look_at_samples(findings, wanted, err);
    if (shape_is_picture(&contents->shape, contents->dtype))
        findings->n_tiles = findings->n < TILES ? (int)findings->n : TILES;
    if (result == 0 && findings->finished)
        result = past_job_read_manifest(&findings->past, &findings->folding, &findings->pairs,
                                        findings->tile, findings->n_tiles, err);
    if (result < 0)
        return -1;
    return clouds_measure(&findings->clouds, (int)findings->n, job->points, job->seed,
                          findings->preview.run.pool, &findings->dimensions, err);
}

void findings_close(struct findings *findings) {
    for (int i = 0; i < TILES; i++)
        tile_close(&findings->tile[i]);
    clouds_close(&findings->clouds);
    label_statistics_close(&findings->labels);
    class_pairs_close(&findings->pairs);
    folding_close(&findings->folding);
    free(findings->before);
    preview_close(&findings->preview);
    past_job_close(&findings->past);
}
