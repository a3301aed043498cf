/* What mix says of a run to machines: one JSON line. */
#include "base/names.h"
#include "commands/print.h"
#include "commands/summary.h"
#include "engine/version.h"
#include "formats/json_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 512 };

/* Most memory that was in use: the process's own, not that of the one that started it. */
static double peak_megabytes(void) {
    char line[LINE];
    double kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kilobytes = strtod(line + 6, NULL);
    if (status)
        fclose(status);
    return kilobytes / 1024;
}

static void add_fixed(cJSON *object, const char *name, double value) {
    cJSON_AddItemToObject(object, name, json_tree_fixed(value));
}

/* Of all threads together, but for the whole. */
static cJSON *timings_json(const struct run *run, double seconds) {
    cJSON *timings = cJSON_CreateObject();
    for (int s = 0; s < RUN_STAGES; s++)
        add_fixed(timings, RUN_STAGE_NAMES[s], run->seconds[s]);
    add_fixed(timings, "whole", seconds);
    return timings;
}

/* Before a stream ends nobody knows. */
static cJSON *asked_json(const struct run *run) {
    uint64_t asked = run->counts.asked;
    return asked == ENDLESS ? cJSON_CreateNull() : json_tree_whole(asked);
}

static void add_name(cJSON *object, const char *key, const char *path) {
    char *name = escape_path(path);
    cJSON_AddStringToObject(object, key, name);
    free(name);
}

void summary_json(const struct run *run, double seconds) {
    cJSON *root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "mixsmith", MIXSMITH_VERSION);
    cJSON_AddBoolToObject(root, "dry_run", run->job->dry_run);
    cJSON_AddStringToObject(root, "source", run->source->name);
    cJSON_AddStringToObject(root, "sink", run->sink->name);
    if (run->job->form != OUTPUT_NONE)
        add_name(root, "output", run->job->output);
    cJSON_AddNumberToObject(root, "read", (double)run_readable(run));
    cJSON_AddNumberToObject(root, "classes", run->contents.n_classes);
    cJSON_AddItemToObject(root, "shape",
                          cJSON_CreateIntArray(run->contents.shape.dim, run->contents.shape.rank));
    cJSON_AddStringToObject(root, "dtype", dtype_name(run->contents.dtype));
    cJSON_AddNumberToObject(root, "skipped", (double)run->n_losses);
    cJSON_AddNumberToObject(root, "samples", (double)run->counts.written);
    cJSON_AddItemToObject(root, "asked", asked_json(run));
    if (run->result.used > 0)
        cJSON_AddStringToObject(root, "digest", run->result.bytes);
    cJSON_AddItemToObject(root, "seconds", timings_json(run, seconds));
    add_fixed(root, "rss_mb", peak_megabytes());
    print_json_line(root);
}
