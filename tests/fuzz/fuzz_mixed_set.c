/* A mixed set as scan and report read it: dataset.json, sources.jsonl and manifest.jsonl, one
 * behind the other with a line "--" between them. Good sets have no line that makes no sense. */
#include "ordeal.h"

#include "base/files.h"
#include "base/memory.h"
#include "report/past_job.h"
#include "survey/mixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 3, TILES = 2 };

/* --- the folder --- */

struct folder {
    char path[64];
    char *links[FILES]; // to the files
    struct memory_file files[FILES];
};

/* The bytes up to the next line "--", which are taken from the rest. */
static struct buffer next_part(struct buffer *rest) {
    static const char between[] = "\n--\n";
    const uint8_t *bytes = rest->bytes;
    const uint8_t *line = rest->n > 0 ? memmem(bytes, rest->n, between, sizeof between - 1) : NULL;
    struct buffer part = {bytes, line ? (size_t)(line - bytes) + 1 : rest->n};
    size_t used = line ? part.n + sizeof between - 2 : part.n;
    *rest = (struct buffer){used > 0 ? bytes + used : bytes, rest->n - used};
    return part;
}

static void folder_open(struct folder *folder, const uint8_t *bytes, size_t size) {
    static const char *const names[FILES] = {"dataset.json", "sources.jsonl", "manifest.jsonl"};
    const char *above = getenv("TMPDIR");
    struct buffer rest = {bytes, size};
    snprintf(folder->path, sizeof folder->path, "%s/mixed-set-XXXXXX", above ? above : "/tmp");
    expect(mkdtemp(folder->path), "there is a folder");
    for (int i = 0; i < FILES; i++) {
        struct buffer part = next_part(&rest);
        folder->files[i] = memory_file_open(part.bytes, part.n);
        folder->links[i] = path_join(folder->path, names[i]);
        expect(symlink(folder->files[i].path, folder->links[i]) == 0, "files have names");
    }
}

static void folder_close(struct folder *folder) {
    for (int i = 0; i < FILES; i++) {
        unlink(folder->links[i]);
        free(folder->links[i]);
        memory_file_close(&folder->files[i]);
    }
    rmdir(folder->path);
}

/* --- what scan reads --- */

static void expect_statistics(const struct label_statistics *statistics) {
    uint64_t of_top = 0;
    for (int i = 0; i < TOP_BINS; i++)
        of_top += statistics->of_top[i];
    expect(of_top == statistics->n, "labels have a greatest share");
    for (int k = 0; k < statistics->n_classes; k++)
        expect(isfinite(statistics->mass[k]), "masses are finite");
    expect(isfinite(entropy_mean(statistics)), "entropies are finite");
    expect(top_mean(statistics) >= 0 && top_mean(statistics) < 1 + 1e-3, "shares lie in 0..1");
}

static void expect_mixture(const struct mixture *mixture,
                           const struct label_statistics *statistics) {
    uint64_t mixed = mixture->others;
    for (int i = 0; i < mixture->n_mixers; i++)
        mixed += mixture->mixers[i].n;
    expect(mixed == mixture->n, "samples have a mixer");
    expect(mixture->copies + mixture->within + mixture->across == mixture->n, "and sources");
    expect(statistics->n + statistics->n_empty == mixture->n, "and a label");
}

static int scan(const struct mixed_set *set, struct err *err) {
    struct label_statistics statistics;
    struct mixture mixture = {0};
    int *class_of = must_calloc((size_t)set->n_classes, sizeof *class_of);
    for (int k = 0; k < set->n_classes; k++)
        class_of[k] = k;
    label_statistics_open(&statistics, set->n_classes);
    mixture_add(&mixture, set, class_of, &statistics);
    expect_mixture(&mixture, &statistics);
    expect_statistics(&statistics);
    *err = mixture.first_bad;
    label_statistics_close(&statistics);
    mixture_close(&mixture);
    free(class_of);
    return mixture.n_bad > 0 ? -1 : 0;
}

/* --- what report reads --- */

static void expect_tile(const struct past_job *past, const struct tile *tile) {
    int percent = tile->more_source_percent;
    expect(tile->n_sources >= 1 && tile->n_sources <= TILE_PARTS && tile->more_sources >= 0,
           "tiles have sources");
    for (int i = 0; i < tile->n_sources; i++) {
        const struct tile_source *source = &tile->source[i];
        expect(source->id < past->sources.n && source->name, "which are listed");
        expect(source->label == past->sources.label[source->id], "with their class");
        percent += source->percent;
    }
    expect(percent == 100 || percent == 0, "percentages sum to 100");
}

static void expect_pairs(const struct class_pairs *pairs) {
    for (int own = 0; own < pairs->n; own++) {
        double sum = 0;
        for (int other = 0; other < pairs->n; other++)
            sum += class_pairs_part(pairs, own, other);
        expect(sum == 0 || fabs(sum - 1) < 1e-6, "parts sum to 1");
    }
}

static int read_manifest(struct past_job *past, struct err *err) {
    struct tile tiles[TILES] = {{.path = must_strdup("set/images.npy"), .record = 0},
                                {.path = must_strdup("1.png"), .record = -1}};
    struct folding folding;
    struct class_pairs pairs;
    folding_open(&folding, past->count, past->set.n_classes);
    class_pairs_open(&pairs, &folding);
    int result = past_job_read_manifest(past, &folding, &pairs, tiles, TILES, err);
    expect_pairs(&pairs);
    for (int i = 0; i < TILES; i++) {
        if (result == 0 && tiles[i].recipe)
            expect_tile(past, &tiles[i]);
        tile_close(&tiles[i]);
    }
    class_pairs_close(&pairs);
    folding_close(&folding);
    return result;
}

static void expect_job(const struct past_job *past) {
    struct text options = {0};
    past_job_print_options(past, &options);
    text_close(&options);
    expect(past_job_string(past, NULL, "mixsmith"), "there is a string");
    expect(past_job_whole(past, "options", "seed") >= -1, "numbers are whole");
}

static int report(const char *folder, struct err *err) {
    struct past_job past;
    expect(past_job_find(&past, folder), "what scan finds report finds");
    expect_job(&past);
    int result = past_job_read_sources(&past, err);
    if (result == 0)
        result = read_manifest(&past, err);
    past_job_close(&past);
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct folder folder;
    struct mixed_set set;
    struct err err = {.text = ""}, other = {.text = ""};
    folder_open(&folder, bytes, size);
    if (mixed_set_find(folder.path, &set)) {
        int result = scan(&set, &err);
        if (report(folder.path, result < 0 ? &other : &err) < 0)
            result = -1;
        ordeal_note(result < 0 ? &err : NULL);
        mixed_set_close(&set);
    }
    folder_close(&folder);
    return 0;
}
