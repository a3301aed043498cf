#include "survey/set_sources.h"

#include "base/memory.h"
#include "base/words.h"

#include <stdlib.h>

int set_sources_take(struct set_sources *sources, int n_classes, const cJSON *row,
                     struct err *err) {
    int64_t id, label;
    if (!json_whole(row, "id", &id) || !json_whole(row, "label", &label))
        return fail(err, "no id or no label");
    if ((uint64_t)id != sources->n)
        return fail(err, "id %lld, where %zu comes next", (long long)id, sources->n);
    if (label >= n_classes)
        return fail(err, "label %lld of %d class%s", (long long)label, n_classes, es_of(n_classes));
    sources->label = must_grow(sources->label, sources->n, &sources->room, sizeof *sources->label);
    sources->label[sources->n++] = (int)label;
    return 0;
}

void set_sources_close(struct set_sources *sources) {
    free(sources->label);
}
