#include "engine/source_lists.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/names.h"
#include "engine/intake.h"
#include "formats/json_row.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SLICE = 4096, // samples that one thread lists at a time
    SLICES_A_THREAD = 4,
    SLICES_MAX = 64, // in memory: some 20 MB of lines
};

/* Lines, each about one sample of the input. */
struct lines {
    struct text text;
    struct text path;                 // of the line at hand
    struct text last_path, json_path; // of the line before, and how it is written
    uint64_t escaped;                 // paths that are written otherwise than they are
};

struct list_file {
    const char *name;
    int fd;
    struct lines *slices; // (n_slices) that are printed side by side
    int n_slices;
    uint64_t escaped; // of the lines written
};

static int list_open(struct list_file *list, const struct publication *publication,
                     const char *name, int n_slices, struct err *err) {
    *list = (struct list_file){.name = name, .n_slices = n_slices};
    list->fd = publication_create(publication, name, err);
    if (list->fd < 0)
        return -1;
    list->slices = must_calloc((size_t)n_slices, sizeof *list->slices);
    return 0;
}

/* The first n slices, which are empty afterwards. */
static int list_write(struct list_file *list, int n, struct err *err) {
    struct piece *pieces = must_calloc((size_t)n, sizeof *pieces);
    for (int i = 0; i < n; i++) {
        struct lines *lines = &list->slices[i];
        pieces[i] = (struct piece){lines->text.bytes, lines->text.used};
        list->escaped += lines->escaped;
        lines->text.used = lines->escaped = 0;
    }
    int result = interrupt_check(err) < 0
                     ? -1
                     : file_write_pieces(list->fd, list->name, pieces, (size_t)n, err);
    free(pieces);
    return result;
}

static int list_close(struct list_file *list, int result, struct err *err) {
    if (close(list->fd) < 0 && result == 0)
        result = fail(err, "%s: cannot close: %s", list->name, strerror(errno));
    for (int i = 0; i < list->n_slices; i++) {
        struct lines *lines = &list->slices[i];
        text_close(&lines->text);
        text_close(&lines->path);
        text_close(&lines->last_path);
        text_close(&lines->json_path);
    }
    free(list->slices);
    return result;
}

/* Sets json_path to the path; samples of one file ask for the same again and again. */
static void write_path(struct lines *lines) {
    bool same = lines->path.used == lines->last_path.used &&
                memcmp(lines->path.bytes, lines->last_path.bytes, lines->path.used) == 0;
    if (!same) {
        char *name = escape_path(text_terminate(&lines->path));
        lines->escaped += name_needs_escape(lines->path.bytes);
        lines->json_path.used = lines->last_path.used = 0;
        json_string(&lines->json_path, name);
        text_bytes(&lines->last_path, lines->path.bytes, lines->path.used);
        free(name);
    }
}

/* {"id":12,"path":"cat/1.png"; of several inputs ,"input":1; of files of many ,"record":7 */
static void print_origin(struct lines *lines, const struct run *run, uint64_t id,
                         const struct origin *origin) {
    struct text *text = &lines->text;
    text_string(text, "{\"id\":");
    text_unsigned(text, id);
    text_string(text, ",\"path\":");
    write_path(lines);
    text_bytes(text, lines->json_path.bytes, lines->json_path.used);
    if (run->job->n_inputs > 1) {
        text_string(text, ",\"input\":");
        text_unsigned(text, (uint64_t)origin->input);
    }
    if (origin->record >= 0) {
        text_string(text, ",\"record\":");
        text_unsigned(text, (uint64_t)origin->record);
    }
}

/* What is listed in one parallel loop: from this sample on. */
struct listing {
    const struct run *run;
    uint32_t first;
};

/* Begins a slice as if the line before stood in it: a path that goes on is counted once, however
 * the list is cut. */
static void go_on(struct lines *lines, const struct run *run, uint32_t first) {
    lines->last_path.used = 0;
    if (first == 0)
        return;
    lines->path.used = 0;
    run->source->origin(run->source_state, first - 1, &lines->path);
    write_path(lines);
    lines->escaped = 0;
}

static void print_slice(void *data, int item, int thread) {
    (void)thread;
    const struct listing *listing = data;
    const struct run *run = listing->run;
    const struct contents *contents = &run->contents;
    struct lines *lines = &run->sources->slices[item];
    uint32_t first = listing->first + (uint32_t)item * SLICE;
    go_on(lines, run, first);
    for (uint32_t i = first; i < contents->n && i - first < SLICE; i++) {
        lines->path.used = 0;
        struct origin origin = run->source->origin(run->source_state, i, &lines->path);
        print_origin(lines, run, contents->first + i, &origin);
        text_string(&lines->text, ",\"label\":");
        text_unsigned(&lines->text, (uint64_t)contents->label[i]);
        text_string(&lines->text, "}\n");
    }
}

int sources_add(struct run *run, struct err *err) {
    struct list_file *list = run->sources;
    uint32_t n = run->contents.n;
    if (!list || !run->unlisted)
        return 0;
    run->unlisted = false;
    for (uint32_t at = 0, now; at < n; at += now * SLICE) {
        uint32_t slices = (n - at - 1) / SLICE + 1;
        struct listing listing = {run, at};
        now = slices < (uint32_t)list->n_slices ? slices : (uint32_t)list->n_slices;
        parallel_for(run->pool, (int)now, print_slice, &listing);
        if (list_write(list, (int)now, err) < 0)
            return -1;
    }
    return 0;
}

int sources_open(struct run *run, const struct publication *publication, struct err *err) {
    int slices = SLICES_A_THREAD * pool_threads(run->pool);
    run->sources = must_calloc(1, sizeof *run->sources);
    if (list_open(run->sources, publication, "sources.jsonl",
                  slices < SLICES_MAX ? slices : SLICES_MAX, err) == 0)
        return 0;
    free(run->sources);
    run->sources = NULL;
    return -1;
}

static int end_sources(struct run *run, int result, struct err *err) {
    result = list_close(run->sources, result, err);
    run->escaped = run->sources->escaped;
    free(run->sources);
    run->sources = NULL;
    return result;
}

int sources_close(struct run *run, struct err *err) {
    int result = intake_complete_labels(run, err) < 0 ? -1 : sources_add(run, err);
    return end_sources(run, result, err);
}

void sources_abandon(struct run *run) {
    struct err ignored;
    if (run->sources)
        end_sources(run, -1, &ignored);
}

/* What is wrong, without the file that the message begins with: the line names it already, and how
 * the input was called on the command line shall not be part of the output. */
static const char *cause_of(const char *reason, const char *path) {
    const char *at = strstr(reason, path);
    size_t n = strlen(path);
    return at && strncmp(at + n, ": ", 2) == 0 ? at + n + 2 : reason;
}

int failures_write(const struct run *run, const struct publication *publication, struct err *err) {
    if (run->n_losses == 0)
        return 0;
    struct list_file list;
    if (list_open(&list, publication, "failures.jsonl", 1, err) < 0)
        return -1;
    struct lines *lines = list.slices;
    for (size_t i = 0; i < run->n_losses; i++) {
        const struct loss *loss = &run->losses[i];
        lines->path.used = 0;
        text_string(&lines->path, loss->path);
        print_origin(lines, run, loss->source, &loss->origin);
        text_string(&lines->text, ",\"reason\":");
        json_string(&lines->text, cause_of(loss->reason, loss->path));
        text_string(&lines->text, "}\n");
    }
    int result = list_write(&list, 1, err);
    return list_close(&list, result, err);
}
