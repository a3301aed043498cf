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

enum { FLUSH_BYTES = 1 << 20 };

struct list_file {
    const char *name;
    int fd;
    struct text text;                 // lines not yet written
    struct text path;                 // of the line at hand
    struct text last_path, json_path; // of the line before, and how it is written
    uint64_t escaped;                 // paths that are written otherwise than they are
};

static int list_open(struct list_file *list, const struct publication *publication,
                     const char *name, struct err *err) {
    *list = (struct list_file){.name = name};
    list->fd = publication_create(publication, name, err);
    return list->fd < 0 ? -1 : 0;
}

static int list_flush(struct list_file *list, size_t from, struct err *err) {
    if (list->text.used < from)
        return 0;
    if (interrupt_check(err) < 0)
        return -1;
    int result = file_write(list->fd, list->name, list->text.bytes, list->text.used, err);
    list->text.used = 0;
    return result;
}

static int list_close(struct list_file *list, int result, struct err *err) {
    if (result == 0)
        result = list_flush(list, 1, err);
    if (close(list->fd) < 0 && result == 0)
        result = fail(err, "%s: cannot close: %s", list->name, strerror(errno));
    text_close(&list->text);
    text_close(&list->path);
    text_close(&list->last_path);
    text_close(&list->json_path);
    return result;
}

/* The path as JSON; samples of one file ask for the same path again and again. */
static void print_path(struct list_file *list) {
    bool same = list->path.used == list->last_path.used &&
                memcmp(list->path.bytes, list->last_path.bytes, list->path.used) == 0;
    if (!same) {
        char *name = escape_path(text_terminate(&list->path));
        list->escaped += name_needs_escape(list->path.bytes);
        list->json_path.used = list->last_path.used = 0;
        json_string(&list->json_path, name);
        text_bytes(&list->last_path, list->path.bytes, list->path.used);
        free(name);
    }
    text_bytes(&list->text, list->json_path.bytes, list->json_path.used);
}

/* {"id":12,"path":"cat/1.png"; of several inputs ,"input":1; of files of many ,"record":7 */
static void print_origin(struct list_file *list, const struct run *run, uint64_t id,
                         const struct origin *origin) {
    struct text *text = &list->text;
    text_string(text, "{\"id\":");
    text_unsigned(text, id);
    text_string(text, ",\"path\":");
    print_path(list);
    if (run->job->n_inputs > 1) {
        text_string(text, ",\"input\":");
        text_unsigned(text, (uint64_t)origin->input);
    }
    if (origin->record >= 0) {
        text_string(text, ",\"record\":");
        text_unsigned(text, (uint64_t)origin->record);
    }
}

int sources_add(struct run *run, struct err *err) {
    const struct contents *contents = &run->contents;
    struct list_file *list = run->sources;
    int result = 0;
    if (!list || !run->unlisted || !intake_knows_labels(run))
        return 0;
    run->unlisted = false;
    for (uint32_t i = 0; i < contents->n && result == 0; i++) {
        list->path.used = 0;
        struct origin origin = run->source->origin(run->source_state, i, &list->path);
        print_origin(list, run, contents->first + i, &origin);
        text_string(&list->text, ",\"label\":");
        text_unsigned(&list->text, (uint64_t)contents->label[i]);
        text_string(&list->text, "}\n");
        result = list_flush(list, FLUSH_BYTES, err);
    }
    return result;
}

int sources_open(struct run *run, const struct publication *publication, struct err *err) {
    run->sources = must_calloc(1, sizeof *run->sources);
    if (list_open(run->sources, publication, "sources.jsonl", err) == 0)
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
    if (list_open(&list, publication, "failures.jsonl", err) < 0)
        return -1;
    int result = 0;
    for (size_t i = 0; i < run->n_losses && result == 0; i++) {
        const struct loss *loss = &run->losses[i];
        list.path.used = 0;
        text_string(&list.path, loss->path);
        print_origin(&list, run, loss->source, &loss->origin);
        text_string(&list.text, ",\"reason\":");
        json_string(&list.text, cause_of(loss->reason, loss->path));
        text_string(&list.text, "}\n");
        result = list_flush(&list, FLUSH_BYTES, err);
    }
    return list_close(&list, result, err);
}
