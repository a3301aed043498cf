/* JSON line: what one line of a list says, apart from all others, so that any thread may read it.
 * An object has the keys file_name and soft_label (a number for each class), or label_ids and
 * label_shares, or label (a class by its number or its name, or a number for each class), as the
 * manifest of a picture folder and Hugging Face's imagefolder have them. */
#ifndef MIXSMITH_JSON_LINE_H
#define MIXSMITH_JSON_LINE_H

#include "base/arena.h"
#include "sources/lists/list_rows.h"

/* What lies behind the pointers is in the arena. */
struct json_line {
    const char *wrong;     // what is, or NULL
    const char *file_name; // NULL: the line is blank
    enum label_form form;
    const char *word;      // LABEL_WORDS
    bool whole;            // the word is a whole number
    double *class, *share; // (n) LABEL_PAIRS; LABEL_NUMBERS: share alone
    int n;
};

/* text: (n) followed by a zero byte */
struct json_line json_line_read(const char *text, size_t n, struct arena *arena);

#endif
