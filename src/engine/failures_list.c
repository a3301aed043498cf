#include "engine/failures_list.h"

#include "engine/list_file.h"
#include "formats/json_row.h"

#include <string.h>

/* What is wrong, without the file that the message begins with: the line names it already, and how
 * the input was called on the command line shall not be part of the output. */
static const char *cause_of(const char *reason, const char *path) {
    const char *at = strstr(reason, path);
    size_t n = strlen(path);
    return at && strncmp(at + n, ": ", 2) == 0 ? at + n + 2 : reason;
}

static void print_loss(struct slice *slice, const struct run *run, const struct loss *loss) {
    slice->path.used = 0;
    text_string(&slice->path, loss->path);
    slice_begin_line(slice, run, loss->source, &loss->origin);
    text_string(&slice->text, ",\"reason\":");
    json_string(&slice->text, cause_of(loss->reason, loss->path));
    text_string(&slice->text, "}\n");
}

int failures_write(const struct run *run, const struct publication *publication, struct err *err) {
    struct list_file list;
    if (run->n_losses == 0)
        return 0;
    if (list_file_open(&list, publication, "failures.jsonl", 1, err) < 0)
        return -1;
    for (size_t i = 0; i < run->n_losses; i++)
        print_loss(&list.slices[0], run, &run->losses[i]);
    return list_file_close(&list, list_file_write(&list, list.slices, 1, err), err);
}
