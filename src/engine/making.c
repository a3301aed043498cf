#include "engine/making.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/memory.h"
#include "model/blend.h"

#include <stdlib.h>

/* One sample while it is made. */
struct making {
    int own;   // its place in the lot
    int chain; // n_chains: an original
    int n_stages;
    struct recipe *recipe;
    const struct batch *batch; // that the last stage mixes
    struct term *terms;        // (n_terms) sources and shares in the lot's batch
    int n_terms;
    void *pixels;
};

/* --- draw --- */

/* The last stage draws; what earlier ones drew is in maker->stages. */
static void draw_chain(const struct maker *maker, const struct lot *lot, struct making *making,
                       struct arena *arena) {
    const struct chains *chains = &maker->run->chains;
    making->chain = chains_choose(chains, &lot->batch, making->own);
    making->n_stages = chains->job->chain[making->chain].n_stages;
    if (making->n_stages > 1)
        making->batch = &maker->staged[making->chain];
    chains_draw(chains, making->chain, making->n_stages - 1, making->batch, making->own, arena,
                making->recipe);
}

static void name_terms(const struct maker *maker, const struct lot *lot, struct making *making,
                       struct arena *arena) {
    making->terms = making->recipe->term;
    making->n_terms = making->recipe->n_terms;
    if (making->n_stages == 1)
        return;
    making->terms = arena_take(arena, (size_t)lot->batch.n * sizeof *making->terms);
    making->n_terms = stages_flatten(&maker->stages[making->chain], making->recipe, &lot->batch,
                                     making->own, arena, making->terms);
}

static void draw(const struct maker *maker, const struct lot *lot, struct making *making,
                 struct arena *arena) {
    making->recipe = recipe_take(arena, &lot->batch);
    making->batch = &lot->batch;
    making->chain = maker->run->job->n_chains;
    making->n_stages = 1;
    if (lot->place.originals)
        recipe_copy(making->recipe, making->own);
    else
        draw_chain(maker, lot, making, arena);
    name_terms(maker, lot, making, arena);
}

/* --- blend --- */

/* Where the pixels of a sample are made: in the sink's record, if it holds them as they are. */
static void *place_of_pixels(const struct maker *maker, const struct batch *batch,
                             const struct tray *tray, int i, struct arena *arena) {
    if (maker->run->sink->verbatim)
        return tray->records[0] + (size_t)i * maker->record[0];
    return arena_take(arena, batch_stride(batch));
}

static void blend_all(const struct maker *maker, const struct lot *lot, struct making *makings,
                      int n, const struct tray *tray, struct arena *arena) {
    size_t values = shape_values(&lot->batch.shape);
    struct blending blendings[MAKING_MAX];
    for (int i = 0; i < n; i++) {
        struct making *making = &makings[i];
        making->pixels = place_of_pixels(maker, &lot->batch, tray, i, arena);
        bool rounds = making->batch->dtype != lot->batch.dtype;
        void *out = rounds ? arena_take(arena, values * sizeof(float)) : making->pixels;
        blendings[i] = (struct blending){making->recipe, making->batch, out};
    }
    blend(blendings, n, arena);
    for (int i = 0; i < n; i++)
        if (blendings[i].out != makings[i].pixels)
            blend_round(blendings[i].out, makings[i].pixels, values);
}

/* --- label, record, row --- */

/* Labels compose linearly: a source that is a mixed sample itself brings all its classes. */
static void add_label(const struct batch *batch, const struct term *term, double *share) {
    if (!batch->soft) {
        share[batch->label[term->index]] += term->share;
        return;
    }
    const float *soft_label = batch_soft_at(batch, term->index);
    for (int k = 0; k < batch->n_classes; k++)
        share[k] += (double)term->share * soft_label[k];
}

static void soft_label_of(const struct maker *maker, const struct batch *batch,
                          const struct making *making, struct arena *arena, float *soft_label) {
    size_t n_classes = (size_t)batch->n_classes;
    double *share = arena_take_zeroed(arena, n_classes * sizeof *share);
    double smooth = maker->run->job->smooth;
    for (int k = 0; k < making->n_terms; k++)
        add_label(batch, &making->terms[k], share);
    for (size_t k = 0; k < n_classes; k++)
        soft_label[k] = (float)(smooth / (double)n_classes + (1 - smooth) * share[k]);
}

static int argmax(const float *value, int n) {
    int best = 0;
    for (int k = 1; k < n; k++)
        if (value[k] > value[best])
            best = k;
    return best;
}

/* The facts of all stages: of earlier ones those of the sample itself. */
static void print_recipe(const struct maker *maker, const struct making *making,
                         struct text *text) {
    for (int s = 0; s + 1 < making->n_stages; s++) {
        recipe_print_facts(&maker->stages[making->chain].drawn[s][making->own], text);
        text_string(text, "+");
    }
    recipe_print_facts(making->recipe, text);
}

static void add_row(const struct maker *maker, const struct lot *lot, const struct making *making,
                    const struct sample *sample, struct scratch *scratch, struct text *rows) {
    struct text *file_name = &scratch->printer.file_name, *recipe = &scratch->printer.recipe;
    file_name->used = recipe->used = 0;
    struct row row = {
        .sample = sample,
        .record = maker->run->sink->place(maker->sink_state, sample, file_name),
        .mixer = maker->chain_names[making->chain],
        .terms = making->terms,
        .n_terms = making->n_terms,
        .source = lot->batch.source,
        .first_source = lot->first_source,
    };
    print_recipe(maker, making, recipe);
    row.file_name = text_terminate(file_name);
    row.recipe = text_terminate(recipe);
    manifest_row(&scratch->printer, &row, rows);
}

static int encode(const struct maker *maker, const struct lot *lot, const struct making *making,
                  struct scratch *scratch, const struct slot *slot, struct text *rows,
                  struct err *err) {
    const struct batch *batch = &lot->batch;
    size_t line_at = rows->used;
    float *soft_label = arena_take(scratch->arena, (size_t)batch->n_classes * sizeof *soft_label);
    soft_label_of(maker, batch, making, scratch->arena, soft_label);
    struct sample sample = {
        .id = batch->id[making->own],
        .row = lot->first_row + (uint64_t)making->own,
        .label = argmax(soft_label, batch->n_classes),
        .pixels = making->pixels,
        .soft_label = soft_label,
    };
    scratch->of_class[sample.label]++;
    if (maker->rows) {
        add_row(maker, lot, making, &sample, scratch, rows);
        sample.line = rows->bytes + line_at;
        sample.line_bytes = rows->used - line_at - strlen("\n");
    }
    return maker->run->sink->encode(maker->sink_state, &sample, scratch->arena, slot, err);
}

int make_samples(const struct maker *maker, const struct lot *lot, int first, int last,
                 struct scratch *scratch, const struct tray *tray, struct err *err) {
    struct making makings[MAKING_MAX];
    int n = last - first, result = 0;
    double start = clock_now();
    for (int i = 0; i < n; i++) {
        makings[i] = (struct making){.own = first + i};
        draw(maker, lot, &makings[i], scratch->arena);
    }
    double drawn = clock_now();
    blend_all(maker, lot, makings, n, tray, scratch->arena);
    double blended = clock_now();
    for (int i = 0; i < n && result == 0; i++) {
        struct slot slot = {.blob = tray->blobs};
        size_t blob_at = tray->blobs->used;
        for (int k = 0; k < STREAMS_MAX; k++)
            slot.record[k] = tray->records[k] + (size_t)i * maker->record[k];
        result = encode(maker, lot, &makings[i], scratch, &slot, tray->rows, err);
        tray->sizes[i] = tray->blobs->used - blob_at;
    }
    scratch->seconds[RUN_DRAW] += drawn - start;
    scratch->seconds[RUN_BLEND] += blended - drawn;
    scratch->seconds[RUN_ENCODE] += clock_now() - blended;
    arena_reset(scratch->arena);
    return result;
}

/* --- opening and closing --- */

static char **name_chains(const struct job *job) {
    char **names = must_calloc((size_t)job->n_chains + 1, sizeof *names);
    for (int c = 0; c < job->n_chains; c++) {
        struct text name = {0};
        chain_print_name(&job->chain[c], &name);
        text_terminate(&name);
        names[c] = name.bytes;
    }
    names[job->n_chains] = must_strdup("none");
    return names;
}

void maker_open(struct maker *maker, const struct run *run, const void *sink_state,
                const size_t record[STREAMS_MAX]) {
    const struct job *job = run->job;
    *maker = (struct maker){
        .run = run, .sink_state = sink_state, .rows = run->manifest || run->sink->rows};
    for (int k = 0; k < STREAMS_MAX; k++)
        maker->record[k] = record[k];
    maker->chain_names = name_chains(job);
    maker->stages = must_calloc((size_t)job->n_chains, sizeof *maker->stages);
    maker->staged = must_calloc((size_t)job->n_chains, sizeof *maker->staged);
}

void maker_close(struct maker *maker) {
    const struct job *job = maker->run->job;
    for (int c = 0; c < job->n_chains; c++)
        stages_close(&maker->stages[c]);
    free(maker->stages);
    free(maker->staged);
    strings_free(maker->chain_names, (size_t)job->n_chains + 1);
}

/* Only for chains of several stages that a sample of the lot takes, which are opened when they are
 * first needed. */
void maker_prepare(struct maker *maker, const struct lot *lot, struct arena *arenas) {
    const struct run *run = maker->run;
    bool done[CHAINS_MAX] = {false};
    if (run->chains.most_stages < 2 || lot->place.originals)
        return;
    for (int own = 0; own < lot->place.n_own; own++) {
        int c = chains_choose(&run->chains, &lot->batch, own);
        if (done[c] || run->job->chain[c].n_stages < 2)
            continue;
        done[c] = true;
        if (maker->stages[c].n == 0)
            stages_open(&maker->stages[c], &run->chains, c, &lot->batch);
        stages_run(&maker->stages[c], &run->chains, c, &lot->batch, run->pool, arenas,
                   &maker->staged[c]);
    }
}
