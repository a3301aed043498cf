/* The label of a sample in a tar archive: KEY.label.npy, a row of float32 shares; else KEY.json
 * with soft_label, or with label_ids and label_shares; else KEY.cls, a number; else KEY.json with
 * the number label or cls. */
#ifndef MIXSMITH_TAR_LABEL_H
#define MIXSMITH_TAR_LABEL_H

#include "sources/archives/tar_samples.h"

struct tar_label {
    enum part_kind part; // that holds the soft label: PART_SOFT or PART_JSON; PART_CLASS: none
    int label;           // class; of a soft label the argmax, ties to the lower
    int most;            // highest class that it names; of a full soft label the argmax
    int n_classes;       // of a soft label with a share for each class; 0: it does not say
    bool one_hot;        // so that the class says all
};

/* -1: the sample at hand has no label, or it is broken. */
int tar_label_find(struct tar_samples *samples, struct arena *arena, struct tar_label *label,
                   struct err *err);

/* row: (n_classes) the soft label of a part that tar_label_find has accepted. bytes: (size), and a
 * zero byte. Messages do not name the sample. */
int tar_label_row(enum part_kind part, const uint8_t *bytes, size_t size, struct arena *arena,
                  int n_classes, float *row, struct err *err);

#endif
