/* List as JSON lines: an object a line with the keys file_name and soft_label (a number for each
 * class), or label_ids and label_shares, or label (a class by its number or its name, or a number
 * for each class), as the manifest of a picture folder and Hugging Face's imagefolder have them. */
#ifndef MIXSMITH_LIST_JSONL_H
#define MIXSMITH_LIST_JSONL_H

#include "base/pieces.h"
#include "sources/lists/list_rows.h"

int list_jsonl_read(struct list_rows *rows, struct pieces *list, struct err *err);

#endif
