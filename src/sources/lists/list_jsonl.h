/* List as JSON lines: an object a line with the keys file_name and soft_label (a number for each
 * class), or label_ids and label_shares, or label (a class by its number or its name, or a number
 * for each class), as the manifest of a picture folder and Hugging Face's imagefolder have them. */
#ifndef MIXSMITH_LIST_JSONL_H
#define MIXSMITH_LIST_JSONL_H

#include "sources/lists/list_rows.h"

/* bytes: (size) followed by a zero byte; changed. */
int list_jsonl_read(struct list_rows *rows, char *bytes, size_t size, struct err *err);

#endif
