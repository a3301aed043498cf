/* Samples in a tar archive, as WebDataset has them: members that follow each other and share a key
 * are one sample. The key is a member's path up to the first dot of its last name; what comes after
 * that dot, in small letters, says what the member is: 17.png, 17.cls, 17.label.npy.
 * https://github.com/webdataset/webdataset, "The WebDataset Format". */
#ifndef MIXSMITH_TAR_SAMPLES_H
#define MIXSMITH_TAR_SAMPLES_H

#include "base/arena.h"
#include "sources/archives/tar_walk.h"

/* The members that matter: a picture, KEY.label.npy, KEY.json, KEY.cls. */
enum part_kind { PART_PICTURE, PART_SOFT, PART_JSON, PART_CLASS, N_PARTS };

struct part {
    bool there;
    uint64_t at, size; // bytes in the archive
    uint8_t *bytes;    // of a stream: (size)
};

struct tar_sample {
    struct text key, picture; // names, terminated
    struct text extensions;   // of all members, each terminated
    int n_members;
    int n_pictures[2]; // those called KEY.png, and those called KEY.more.png
    struct part part[N_PARTS];
};

struct tar_samples {
    struct tar_walk walk;
    bool at_member; // of the next sample
    struct tar_sample sample;
};

/* bytes: of the archive; opened, then owned by samples. */
void tar_samples_open(struct tar_samples *samples, const struct tar_bytes *bytes);
void tar_samples_close(struct tar_samples *samples);

/* 1: samples->sample is the next one, and has one picture; 0: there are no more; -1: an error. What
 * a part of a stream holds is freed with the next call, unless the caller takes it (sets bytes to
 * NULL). */
int tar_samples_next(struct tar_samples *samples, struct err *err);

/* The bytes of a part and a zero byte behind them; they lie in the arena. */
int tar_samples_bytes(struct tar_samples *samples, enum part_kind kind, struct arena *arena,
                      uint8_t **bytes, struct err *err);

/* fail(), for what is wrong with the sample at hand; the second lists its members besides. */
int tar_samples_fail(const struct tar_samples *samples, struct err *err, const char *why);
int tar_samples_fail_parts(const struct tar_samples *samples, struct err *err, const char *why);

#endif
