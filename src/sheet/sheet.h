/* Sheet: mixed samples side by side with their soft labels, to be looked at before disk space and
 * GPU hours are spent. Here is what it holds; sheet_layout.h says where it goes. */
#ifndef MIXSMITH_SHEET_H
#define MIXSMITH_SHEET_H

#include "drawing/surface.h"
#include "engine/preview.h"
#include "sheet/cell.h"
#include "sheet/sweep.h"

/* What the left of a row says; owned. */
struct row_name {
    char *name, *details; // details: a line each
};

struct sheet {
    int rows, cols;
    struct cell *cells;     // (rows, cols)
    struct row_name *names; // (rows), or NULL: rows go on where the one before ended
    char **class_names;     // (n_classes) the preview's
    int n_classes;
    struct ink *inks;           // (n_classes)
    char *title, *facts, *note; // words above and below; owned
    char *command;              // options, a line each; owned
};

/* Whether the samples are pictures, which alone can be shown. */
int sheet_check_pictures(const struct preview *preview, struct err *err);

/* Mixes rows × cols samples of the preview, from its first on: with a sweep of several, each row
 * the same ones. The preview outlives the sheet. close follows in any case. */
int sheet_open(struct sheet *sheet, struct preview *preview, const struct sweep *sweep, int rows,
               int cols, struct err *err);
void sheet_close(struct sheet *sheet);

/* Its words; in sheet_words.c. */
void sheet_set_words(struct sheet *sheet, const struct preview *preview, const struct sweep *sweep);

/* Copies the next line of a row's details, cut to fit, and goes on; false at the end. */
enum { SHEET_DETAIL = 128 };
bool sheet_next_detail(const char **details, char line[SHEET_DETAIL]);

#endif
