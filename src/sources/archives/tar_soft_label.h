/* Soft labels as members of tar archives hold them: KEY.label.npy, a row of float32; KEY.json
 * with "soft_label":[0.0,0.25,0.75], or with "label_ids":[1,2],"label_shares":[0.25,0.75].
 * Messages do not name the sample. */
#ifndef MIXSMITH_TAR_SOFT_LABEL_H
#define MIXSMITH_TAR_SOFT_LABEL_H

#include "base/arena.h"
#include "base/fail.h"

#include <cjson/cJSON.h>
#include <stdint.h>

/* Lies in an arena. */
struct shares {
    int n;
    int *id;       // (n) classes, rising; NULL: 0..n-1
    double *given; // (n) checked
    float *share;  // (n) settled
    int argmax;    // class, ties to the lower
    bool single;   // one class, and it alone
};

/* bytes: (size) a .npy file. -1: no row of floats, or no soft label (soft_row.h). */
int shares_of_npy(const uint8_t *bytes, size_t size, struct arena *arena, struct shares *shares,
                  struct err *err);

/* 1: the object has a soft label; 0: none; -1: a broken one. */
int shares_of_json(const cJSON *object, struct arena *arena, struct shares *shares,
                   struct err *err);

/* bytes: (size), and a zero byte. NULL: no JSON object. Owned by the caller (cJSON_Delete). */
cJSON *tar_json_parse(const uint8_t *bytes, size_t size, struct err *err);

/* -1: the item called so is no class. */
int tar_json_class(const cJSON *item, const char *name, int *class, struct err *err);

#endif
