/* List place: where the list of an input lies, and the folder that its file names are relative
 * to. */
#ifndef MIXSMITH_LIST_PLACE_H
#define MIXSMITH_LIST_PLACE_H

#include "sources/source.h"

struct list_place {
    char *file;    // the list, as it is opened; owned
    char *below;   // the folder of its pictures below the input, or NULL: the input itself; owned
    char *classes; // file of class names, or NULL; owned
};

/* Whether a folder holds metadata.jsonl or metadata.csv, or splits that do, or is an output of
 * mixsmith. */
bool list_place_probe(const char *path);

/* Of input->paths[at]: the list is input->labels, or the metadata in the folder or in a split of
 * it; the classes are named by input->classes, or by classes.txt beside the list or in the input.
 * -1: no list there, or two. close follows in any case. */
int list_place_open(struct list_place *place, const struct input *input, int at, struct text *note,
                    struct err *err);
void list_place_close(struct list_place *place);

#endif
