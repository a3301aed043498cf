#include "sheet/sheet.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "drawing/palette.h"

#include <stdlib.h>

/* --- cells --- */

/* What all threads share while cells are filled: the samples of the batch at hand and where they
 * go. */
struct filling {
    struct preview *preview;
    const struct variant *variant;
    struct cell *cells; // where own sample 0 goes
};

static void fill_cell(void *data, int own, int thread) {
    const struct filling *filling = data;
    cell_fill(&filling->cells[own], filling->variant, filling->preview, own,
              filling->preview->run.job->show, &filling->preview->arenas[thread]);
}

int sheet_check_pictures(const struct preview *preview, struct err *err) {
    const struct contents *contents = &preview->run.contents;
    const struct shape *shape = &contents->shape;
    struct text sides = {0};
    if (shape_is_picture(shape, contents->dtype))
        return 0;
    shape_print_axes(shape, &sides);
    fail(err, "%s: grid shows pictures, 8 bits in 1 or 3 channels; these samples are %s of %s",
         preview->run.job->inputs[0], dtype_name(contents->dtype), text_terminate(&sides));
    text_close(&sides);
    return -1;
}

/* The next batch with own samples. Where a whole pass gave none, none will come. */
static int next_batch(struct preview *preview, struct err *err) {
    bool more = true;
    for (uint64_t tried = 0; tried <= preview->run.contents.n;) {
        uint64_t before = preview->run.order.next;
        if (interrupt_check(err) < 0 || preview_next(preview, &more, err) < 0)
            return -1;
        if (!more || preview->lot.place.n_own > 0)
            break;
        tried += preview->run.order.next - before + 1;
    }
    if (more && preview->lot.place.n_own > 0)
        return 0;
    return fail(err, "%s: no sample could be read; the first failure: %s",
                preview->run.job->inputs[0],
                preview->run.n_losses > 0 ? preview->run.losses[0].reason : "none");
}

/* Cells first..first+n-1 of every row of the sweep. */
static void fill_cells(struct sheet *sheet, struct preview *preview, struct variant *variants,
                       int n_variants, int first, int n) {
    int stride = sheet->rows * sheet->cols / n_variants;
    for (int v = 0; v < n_variants; v++) {
        struct filling filling = {preview, &variants[v], &sheet->cells[v * stride + first]};
        variant_prepare(&variants[v], preview, n);
        parallel_for(preview->run.pool, n, fill_cell, &filling);
    }
}

static int fill_all(struct sheet *sheet, struct preview *preview, struct variant *variants,
                    int n_variants, struct err *err) {
    int wanted = sheet->rows * sheet->cols / n_variants;
    for (int done = 0; done < wanted;) {
        if (next_batch(preview, err) < 0)
            return -1;
        int own = preview->lot.place.n_own, n = own < wanted - done ? own : wanted - done;
        fill_cells(sheet, preview, variants, n_variants, done, n);
        done += n;
    }
    return 0;
}

/* --- colours --- */

/* Up to PALETTE_CHOSEN classes have fixed colours. More get theirs as they come, so that those of
 * one sample differ. */
static void choose_inks(struct sheet *sheet) {
    int n = sheet->n_classes, used = 0;
    bool *has = must_calloc((size_t)n, sizeof *has);
    sheet->inks = must_calloc((size_t)n, sizeof *sheet->inks);
    for (int k = 0; k < n && n <= PALETTE_CHOSEN; k++)
        sheet->inks[k] = palette_ink(k, n);
    for (int i = 0; i < sheet->rows * sheet->cols && n > PALETTE_CHOSEN; i++)
        for (int s = 0; s < sheet->cells[i].n_shares; s++) {
            int k = sheet->cells[i].shares[s].label;
            if (!has[k])
                sheet->inks[k] = palette_ink(used++, n);
            has[k] = true;
        }
    free(has);
}

/* --- opening --- */

int sheet_open(struct sheet *sheet, struct preview *preview, const struct sweep *sweep, int rows,
               int cols, struct err *err) {
    const struct contents *contents = &preview->run.contents;
    size_t n_cells = (size_t)rows * (size_t)cols;
    *sheet = (struct sheet){.rows = rows,
                            .cols = cols,
                            .class_names = contents->class_names,
                            .n_classes = contents->n_classes};
    sheet->cells = must_calloc(n_cells, sizeof *sheet->cells);
    struct variant *variants = must_calloc((size_t)sweep->n, sizeof *variants);
    int result = 0;
    for (int v = 0; v < sweep->n && result == 0; v++)
        result = variant_open(&variants[v], preview, &sweep->chain[v], 1, err);
    if (result == 0)
        result = fill_all(sheet, preview, variants, sweep->n, err);
    for (int v = 0; v < sweep->n; v++)
        variant_close(&variants[v]);
    free(variants);
    if (result == 0)
        choose_inks(sheet);
    return result;
}

void sheet_close(struct sheet *sheet) {
    for (int i = 0; sheet->cells && i < sheet->rows * sheet->cols; i++)
        cell_close(&sheet->cells[i]);
    for (int r = 0; sheet->names && r < sheet->rows; r++) {
        free(sheet->names[r].name);
        free(sheet->names[r].details);
    }
    free(sheet->cells);
    free(sheet->names);
    free(sheet->inks);
    free(sheet->title);
    free(sheet->facts);
    free(sheet->command);
    free(sheet->note);
}
