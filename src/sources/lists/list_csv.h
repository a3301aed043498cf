/* List as CSV (formats/csv.h). A head names the columns: one holds file names, one labels; or,
 * where none is called as labels are, every other column is a class. Without a head the first
 * column holds file names; a second one labels, several the shares of as many classes. */
#ifndef MIXSMITH_LIST_CSV_H
#define MIXSMITH_LIST_CSV_H

#include "base/pieces.h"
#include "sources/lists/list_rows.h"

/* base: the folder that file names are relative to. */
int list_csv_read(struct list_rows *rows, struct pieces *list, const char *base, struct err *err);

#endif
