/* The manifest of an earlier output: its rows go into the class pairs, and tell the tiles where
 * their samples come from. */
#include "base/files.h"
#include "base/memory.h"
#include "report/past_job.h"

#include <stdlib.h>

struct reading {
    const struct past_job *past;
    const struct folding *folding;
    struct class_pairs *pairs;
    struct tile *tiles;
    int n_tiles;
    float *share; // (n) of the row's sources
    int *id;      // (n)
    int n, room;
};

static int take_term(struct reading *reading, const cJSON *id, const cJSON *share,
                     struct err *err) {
    int64_t number;
    if (!json_is_whole(id, &number) || (uint64_t)number >= reading->past->sources.n)
        return fail(err, "a source that is none of %zu", reading->past->sources.n);
    if (!cJSON_IsNumber(share) || !(share->valuedouble >= 0 && share->valuedouble <= 1))
        return fail(err, "a share that is no number from 0 to 1");
    if (reading->n == reading->room) {
        size_t room = 2 * (size_t)reading->room + 16;
        reading->share = must_realloc(reading->share, room * sizeof *reading->share);
        reading->id = must_realloc(reading->id, room * sizeof *reading->id);
        reading->room = (int)room;
    }
    reading->share[reading->n] = (float)share->valuedouble;
    reading->id[reading->n++] = (int)number;
    return 0;
}

static int take_terms(struct reading *reading, const cJSON *row, struct err *err) {
    const cJSON *ids = json_array(row, "source_ids"), *shares = json_array(row, "source_shares");
    const cJSON *id = ids ? ids->child : NULL, *share = shares ? shares->child : NULL;
    reading->n = 0;
    for (; id && share; id = id->next, share = share->next)
        if (take_term(reading, id, share, err) < 0)
            return -1;
    return reading->n > 0 && !id && !share
               ? 0
               : fail(err, "source_ids and source_shares are not of one length from 1 up");
}

static int64_t record_of(const cJSON *row) {
    int64_t record;
    return json_whole(row, "record", &record) ? record : -1;
}

static bool names_tile(const cJSON *row, const struct tile *tile) {
    const char *name = json_text(row, "file_name");
    return name && *name && record_of(row) == tile->record &&
           (ends_with(tile->path, name) || ends_with(name, tile->path));
}

static void fill_tile(const struct reading *reading, const cJSON *row, struct tile *tile) {
    const char *mixer = json_text(row, "mixer"), *facts = json_text(row, "recipe");
    struct text recipe = {0};
    int index[TILE_PARTS];
    int64_t id;
    text_string(&recipe, mixer ? mixer : "");
    text_string(&recipe, " ");
    text_string(&recipe, facts ? facts : "");
    tile->recipe = text_finish(&recipe);
    tile->id = json_whole(row, "id", &id) ? (uint64_t)id : 0;
    tile_choose_sources(tile, reading->share, reading->n, index);
    for (int i = 0; i < tile->n_sources; i++) {
        tile->source[i].id = (uint64_t)reading->id[index[i]];
        tile->source[i].label = reading->past->sources.label[reading->id[index[i]]];
    }
}

static int take_sample(void *data, const cJSON *row, struct err *err) {
    struct reading *reading = data;
    const struct folding *folding = reading->folding;
    const int *label = reading->past->sources.label;
    if (take_terms(reading, row, err) < 0)
        return -1;
    int own = folding->place[label[reading->id[0]]];
    for (int i = 0; i < reading->n; i++)
        class_pairs_add(reading->pairs, own, folding->place[label[reading->id[i]]],
                        (double)reading->share[i]);
    for (int t = 0; t < reading->n_tiles; t++)
        if (!reading->tiles[t].recipe && names_tile(row, &reading->tiles[t]))
            fill_tile(reading, row, &reading->tiles[t]);
    return 0;
}

/* The names of the tiles' sources stand in the list of sources. */
static int take_name(void *data, const cJSON *row, struct err *err) {
    struct reading *reading = data;
    const char *path = json_text(row, "path");
    int64_t id;
    if (!json_whole(row, "id", &id))
        return fail(err, "no id");
    for (int t = 0; t < reading->n_tiles; t++)
        for (int i = 0; i < reading->tiles[t].n_sources; i++) {
            struct tile_source *source = &reading->tiles[t].source[i];
            if (source->id == (uint64_t)id && !source->name)
                source->name = tile_source_name(path ? path : "", record_of(row));
        }
    return 0;
}

int past_job_read_manifest(struct past_job *past, const struct folding *folding,
                           struct class_pairs *pairs, struct tile *tiles, int n_tiles,
                           struct err *err) {
    struct reading reading = {
        .past = past, .folding = folding, .pairs = pairs, .tiles = tiles, .n_tiles = n_tiles};
    int result = json_file_rows(past->set.manifest, take_sample, NULL, &reading, err);
    if (result == 0 && n_tiles > 0)
        result = json_file_rows(past->set.sources, take_name, NULL, &reading, err);
    free(reading.share);
    free(reading.id);
    return result;
}
