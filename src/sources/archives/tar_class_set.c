#include "sources/archives/tar_class_set.h"

#include "base/files.h"
#include "base/words.h"

#include <stdlib.h>
#include <string.h>

static const char NAMES_FILE[] = "classes.txt";

static struct tar_classes gather(const struct tar_shards *shards) {
    struct tar_classes all;
    tar_classes_open(&all);
    for (int i = 0; i < shards->n; i++)
        tar_classes_join(&all, &shards->index[i].classes, shards->index[i].first);
    return all;
}

/* Whether the labels keep to the number of classes. */
static int check(const struct tar_class_set *set, const struct tar_shards *shards,
                 const struct tar_classes *found, struct err *err) {
    struct err why;
    int n = set->names.n;
    bool wrong = found->n_classes > 0 && found->n_classes != n;
    int shares = wrong ? found->n_classes : found->odd_classes;
    if (shares > 0) {
        fail(&why, "a soft label of %d share%s, for %d class%s", shares, s_of(shares), n, es_of(n));
        return tar_shards_fail(shards, wrong ? found->counted : found->odd, why.text, err);
    }
    if (found->most >= n) {
        fail(&why, "label %d, where there are classes 0 to %d", found->most, n - 1);
        return tar_shards_fail(shards, found->highest, why.text, err);
    }
    if (found->soft && !set->soft)
        return tar_shards_fail(shards, found->first_soft,
                               "a soft label, where no sample before had one: a stream that has "
                               "soft labels shows one in its first window (--window)",
                               err);
    return 0;
}

int tar_class_set_check(const struct tar_class_set *set, const struct tar_shards *shards,
                        struct err *err) {
    struct tar_classes found = gather(shards);
    return check(set, shards, &found, err);
}

/* Other archives may lie in other folders: their classes must be the same. */
static int compare_names(const struct class_names *names, const struct tar_shards *shards,
                         struct err *err) {
    char *folder = path_parent(shards->index[0].path);
    int result = 0;
    for (int i = 1; i < shards->n && result == 0; i++) {
        const char *path = shards->index[i].path;
        char *next = path_parent(path);
        if (strcmp(next, folder) != 0)
            result = class_names_compare(names, path, NAMES_FILE, err);
        free(folder);
        folder = next;
    }
    free(folder);
    return result;
}

/* The names in --classes, or in classes.txt beside the archives, or none. */
static int read_names(struct class_names *names, const struct tar_shards *shards,
                      const struct input *input, struct err *err) {
    if (shards->index[0].stream && !input->classes)
        return 0;
    if (class_names_open(names, input->classes, shards->index[0].path, NAMES_FILE, err) < 0)
        return -1;
    return input->classes ? 0 : compare_names(names, shards, err);
}

int tar_class_set_open(struct tar_class_set *set, const struct tar_shards *shards,
                       const struct input *input, struct err *err) {
    struct tar_classes found = gather(shards);
    bool stream = shards->index[0].stream;
    if (read_names(&set->names, shards, input, err) < 0)
        return -1;
    set->soft = stream ? found.has_rows : found.soft;
    if (set->names.n == 0) {
        if (stream && found.n_classes == 0)
            return fail(err,
                        "%s: its labels do not say how many classes there are; "
                        "name them with --classes FILE",
                        shards->index[0].path);
        class_names_number(&set->names, found.n_classes ? found.n_classes : found.most + 1);
    }
    return check(set, shards, &found, err);
}

void tar_class_set_close(struct tar_class_set *set) {
    class_names_close(&set->names);
}
