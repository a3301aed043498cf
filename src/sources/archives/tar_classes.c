#include "sources/archives/tar_classes.h"

void tar_classes_open(struct tar_classes *classes) {
    *classes = (struct tar_classes){.most = -1};
}

static void note_count(struct tar_classes *classes, uint32_t sample, int n_classes) {
    if (classes->n_classes == 0) {
        classes->n_classes = n_classes;
        classes->counted = sample;
    } else if (classes->odd_classes == 0 && n_classes != classes->n_classes && n_classes > 0) {
        classes->odd_classes = n_classes;
        classes->odd = sample;
    }
}

static void note_highest(struct tar_classes *classes, uint32_t sample, int most) {
    if (most > classes->most) {
        classes->most = most;
        classes->highest = sample;
    }
}

static void note_soft(struct tar_classes *classes, uint32_t sample) {
    if (!classes->soft)
        classes->first_soft = sample;
    classes->soft = true;
}

void tar_classes_add(struct tar_classes *classes, uint32_t sample, const struct tar_label *label) {
    note_count(classes, sample, label->n_classes);
    note_highest(classes, sample, label->most);
    classes->has_rows |= label->part != PART_CLASS;
    if (!label->one_hot)
        note_soft(classes, sample);
}

void tar_classes_join(struct tar_classes *classes, const struct tar_classes *later,
                      uint32_t first) {
    note_count(classes, first + later->counted, later->n_classes);
    if (later->odd_classes > 0)
        note_count(classes, first + later->odd, later->odd_classes);
    note_highest(classes, first + later->highest, later->most);
    classes->has_rows |= later->has_rows;
    if (later->soft)
        note_soft(classes, first + later->first_soft);
}
