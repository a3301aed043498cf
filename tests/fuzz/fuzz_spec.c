/* The spec of a mixer: what parses prints back as the same. */
#include "ordeal.h"

#include "base/memory.h"
#include "mixers/spec.h"

#include <stdlib.h>
#include <string.h>

static void expect_same(const struct chain *a, const struct chain *b) {
    expect(a->n_stages == b->n_stages && a->weight == b->weight, "the same stages and weight");
    for (int s = 0; s < a->n_stages; s++) {
        const struct mixer *mixer = a->stage[s].mixer;
        expect(b->stage[s].mixer == mixer, "the same mixers");
        for (int i = 0; i < mixer->n_params; i++)
            expect(a->stage[s].value[i] == b->stage[s].value[i], "the same values");
    }
}

static void expect_round_trip(const struct chain *chain) {
    struct text text = {0};
    struct chain again;
    struct err err;
    chain_print(chain, &text);
    expect(spec_parse(text_terminate(&text), &again, &err) == 0, "what is printed parses");
    expect_same(chain, &again);
    text_close(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char *spec = must_calloc(size + 1, 1);
    struct err err = {.text = ""};
    struct chain chain;
    if (size > 0)
        memcpy(spec, bytes, size);
    int result = spec_parse(spec, &chain, &err);
    ordeal_note(result < 0 ? &err : NULL);
    if (result == 0)
        expect_round_trip(&chain);
    free(spec);
    return 0;
}
