#include "engine/manifest.h"

#include "base/float_text.h"
#include "base/memory.h"
#include "formats/json_row.h"

#include <stdlib.h>

enum { DENSE_CLASSES_MAX = 1000 };

void row_printer_open(struct row_printer *printer, const struct job *job, int n_classes) {
    bool sparse = job->labels_as == LABELS_SPARSE || n_classes > DENSE_CLASSES_MAX;
    *printer = (struct row_printer){.n_classes = n_classes, .sparse = sparse};
}

void row_printer_close(struct row_printer *printer) {
    text_close(&printer->file_name);
    text_close(&printer->recipe);
    text_close(&printer->shares);
    free(printer->last);
}

static char *put_dense(char *at, const float *soft_label, int n_classes) {
    at = put_string(at, ",\"soft_label\":[");
    for (int k = 0; k < n_classes; k++) {
        if (soft_label[k] == 0) { // most are
            at = put_bytes(at, "0.0,", 4);
            continue;
        }
        at = put_float(at, soft_label[k]);
        *at++ = ',';
    }
    at[-1] = ']';
    return at;
}

static char *put_sparse(char *at, const float *soft_label, int n_classes) {
    at = put_string(at, ",\"label_ids\":[");
    for (int k = 0; k < n_classes; k++)
        if (soft_label[k] > 0) {
            at = put_unsigned(at, (uint64_t)k);
            *at++ = ',';
        }
    at[-1] = ']';
    at = put_string(at, ",\"label_shares\":[");
    for (int k = 0; k < n_classes; k++)
        if (soft_label[k] > 0) {
            at = put_float(at, soft_label[k]);
            *at++ = ',';
        }
    at[-1] = ']';
    return at;
}

static char *put_source_ids(char *at, const struct row *row) {
    at = put_string(at, ",\"source_ids\":[");
    for (int k = 0; k < row->n_terms; k++) {
        at = put_unsigned(at, row->first_source + row->source[row->terms[k].index]);
        *at++ = ',';
    }
    at[-1] = ']';
    return at;
}

static bool same_shares(const struct row_printer *printer, const struct row *row) {
    if (printer->n_last != row->n_terms)
        return false;
    for (int k = 0; k < row->n_terms; k++)
        if (printer->last[k] != row->terms[k].share)
            return false;
    return true;
}

static void print_shares(struct row_printer *printer, const struct row *row) {
    size_t n = (size_t)row->n_terms;
    if (row->n_terms > printer->n_last)
        printer->last = must_realloc(printer->last, n * sizeof *printer->last);
    printer->n_last = row->n_terms;
    printer->shares.used = 0;
    char *start = text_room(&printer->shares, n * (FLOAT_TEXT_MAX + 1)), *at = start;
    for (int k = 0; k < row->n_terms; k++) {
        printer->last[k] = row->terms[k].share;
        at = put_float(at, row->terms[k].share);
        *at++ = ',';
    }
    printer->shares.used = (size_t)(at - start) - 1;
}

/* Bytes that a row takes at most, without its strings. */
static size_t row_room(const struct row_printer *printer, const struct row *row) {
    enum { KEYS = 256, PAIR = FLOAT_TEXT_MAX + UNSIGNED_TEXT_MAX + 2 };
    return KEYS + PAIR * ((size_t)printer->n_classes + (size_t)row->n_terms);
}

void manifest_row(struct row_printer *printer, const struct row *row, struct text *text) {
    const struct sample *sample = row->sample;
    text_string(text, "{\"file_name\":");
    json_string(text, row->file_name);
    if (!same_shares(printer, row))
        print_shares(printer, row);
    size_t strings = strlen(row->mixer) + strlen(row->recipe) + printer->shares.used;
    char *start = text_room(text, row_room(printer, row) + strings), *at = start;
    if (row->record >= 0) {
        at = put_string(at, ",\"record\":");
        at = put_unsigned(at, (uint64_t)row->record);
    }
    at = put_string(at, ",\"label\":");
    at = put_unsigned(at, (uint64_t)sample->label);
    at = (printer->sparse ? put_sparse : put_dense)(at, sample->soft_label, printer->n_classes);
    at = put_string(at, ",\"id\":");
    at = put_unsigned(at, sample->id);
    at = put_string(at, ",\"mixer\":\"");
    at = put_string(at, row->mixer);
    at = put_string(at, "\",\"recipe\":\"");
    at = put_string(at, row->recipe);
    at = put_string(at, "\"");
    at = put_source_ids(at, row);
    at = put_string(at, ",\"source_shares\":[");
    at = put_bytes(at, printer->shares.bytes, printer->shares.used);
    at = put_string(at, "]}\n");
    text->used += (size_t)(at - start);
}
