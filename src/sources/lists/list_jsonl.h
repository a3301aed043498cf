/* List as JSON lines (json_line.h), one object a line. */
#ifndef MIXSMITH_LIST_JSONL_H
#define MIXSMITH_LIST_JSONL_H

#include "base/parallel.h"
#include "base/pieces.h"
#include "sources/lists/list_rows.h"

/* pool: reads lines. */
int list_jsonl_read(struct list_rows *rows, struct pieces *list, struct pool *pool,
                    struct err *err);

#endif
