/* List classes: which classes the labels of a list mean. Whole numbers are indices; names stand in
 * the order of a file of class names, or of the headings of their columns, or in byte order. Lists
 * of several inputs are united by the names. */
#ifndef MIXSMITH_LIST_CLASSES_H
#define MIXSMITH_LIST_CLASSES_H

#include "sources/lists/list_rows.h"

struct list_classes {
    const char *list; // for messages; owned by the caller
    char **names;     // (n) as names.h writes them, or NULL: classes are numbers
    int n;
    bool exact;   // there are n numbers in each row, not only as many as the greatest says
    bool ordered; // names stand in an order that was given
    int *map;     // (n_map) class of each number in the rows
    int n_map;
};

/* file: of class names, or NULL. -1: a label that it does not name. close follows in any case. */
int list_classes_open(struct list_classes *classes, const struct list_rows *rows, const char *file,
                      struct err *err);
void list_classes_close(struct list_classes *classes);

/* The classes of all lists, first those whose order was given; every map then leads to them.
 * names: (n) owned by the caller (strings_free). -1: only some lists have names, or rows of numbers
 * differ in length. */
int list_classes_unite(struct list_classes *lists, int n_lists, char ***names, int *n,
                       struct err *err);

#endif
