/* Where the sheet of grid goes: to a file, or to standard output. */
#ifndef MIXSMITH_GRID_OUTPUT_H
#define MIXSMITH_GRID_OUTPUT_H

#include "sheet/sheet.h"

/* Whether a file that begins so may have been a sheet. */
bool sheet_is_ours(const uint8_t *bytes, size_t n);

/* Without -o, or with -o -. */
bool sheet_to_stdout(const struct job *job);

/* Mixes the samples of a sheet and draws it where the job says, whose columns are settled here. */
int sheet_make(struct sheet *sheet, struct job *job, struct preview *preview,
               const struct sweep *sweep, struct err *err);

#endif
