#include "engine/list_file.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/names.h"
#include "formats/json_row.h"

#include <stdlib.h>
#include <string.h>

/* --- lines --- */

/* Sets json_path to the path; samples of one file ask for the same again and again. */
static void write_path(struct slice *slice) {
    bool same = slice->path.used == slice->last_path.used &&
                memcmp(slice->path.bytes, slice->last_path.bytes, slice->path.used) == 0;
    if (!same) {
        char *name = escape_path(text_terminate(&slice->path));
        slice->escaped += name_needs_escape(slice->path.bytes);
        slice->json_path.used = slice->last_path.used = 0;
        json_string(&slice->json_path, name);
        text_bytes(&slice->last_path, slice->path.bytes, slice->path.used);
        free(name);
    }
}

void slice_go_on(struct slice *slice) {
    write_path(slice);
    slice->escaped = 0;
}

/* {"id":12,"path":"cat/1.png"; of several inputs ,"input":1; of files of many ,"record":7 */
void slice_begin_line(struct slice *slice, const struct run *run, uint64_t id,
                      const struct origin *origin) {
    struct text *text = &slice->text;
    text_string(text, "{\"id\":");
    text_unsigned(text, id);
    text_string(text, ",\"path\":");
    write_path(slice);
    text_bytes(text, slice->json_path.bytes, slice->json_path.used);
    if (run->job->n_inputs > 1) {
        text_string(text, ",\"input\":");
        text_unsigned(text, (uint64_t)origin->input);
    }
    if (origin->record >= 0) {
        text_string(text, ",\"record\":");
        text_unsigned(text, (uint64_t)origin->record);
    }
}

/* --- the file --- */

int list_file_open(struct list_file *list, const struct publication *publication, const char *name,
                   int n_slices, struct err *err) {
    *list = (struct list_file){.name = name, .n_slices = n_slices};
    list->fd = publication_create(publication, name, err);
    if (list->fd < 0)
        return -1;
    list->slices = must_calloc((size_t)n_slices, sizeof *list->slices);
    return 0;
}

int list_file_write(struct list_file *list, struct slice *slices, int n, struct err *err) {
    if (interrupt_check(err) < 0)
        return -1;
    struct buffer *buffers = must_calloc((size_t)n, sizeof *buffers);
    for (int i = 0; i < n; i++) {
        struct slice *slice = &slices[i];
        buffers[i] = (struct buffer){slice->text.bytes, slice->text.used};
        list->escaped += slice->escaped;
        slice->text.used = slice->escaped = 0;
    }
    int result = file_write_buffers(list->fd, list->name, buffers, (size_t)n, err);
    free(buffers);
    return result;
}

int list_file_close(struct list_file *list, int result, struct err *err) {
    for (int i = 0; i < list->n_slices; i++) {
        struct slice *slice = &list->slices[i];
        text_close(&slice->text);
        text_close(&slice->path);
        text_close(&slice->last_path);
        text_close(&slice->json_path);
    }
    free(list->slices);
    return file_close(list->fd, list->name, result, err);
}
