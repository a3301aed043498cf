/* What the labels of samples in tar archives say of the classes: how many there must be, and
 * whether some are soft. Samples are told by number, so that messages can name them. */
#ifndef MIXSMITH_TAR_CLASSES_H
#define MIXSMITH_TAR_CLASSES_H

#include "sources/archives/tar_label.h"

struct tar_classes {
    int n_classes;       // shares of every full soft label; 0: there are none
    uint32_t counted;    // the first such sample
    int most;            // highest class, −1: there are no samples
    uint32_t highest;    // the first sample of that class
    bool has_rows;       // soft labels, if only of one class each
    bool soft;           // and some of more
    uint32_t first_soft; // of these the first
    int odd_classes;     // shares of the first soft label that has another number of them
    uint32_t odd;        // that sample; meant where odd_classes > 0
};

void tar_classes_open(struct tar_classes *classes);

/* The label of the next sample, by rising number. */
void tar_classes_add(struct tar_classes *classes, uint32_t sample, const struct tar_label *label);

/* Adds what was found of later samples, which were counted from `first`. */
void tar_classes_join(struct tar_classes *classes, const struct tar_classes *later, uint32_t first);

#endif
