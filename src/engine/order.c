#include "engine/order.h"

#include "base/memory.h"
#include "base/rng.h"

#include <stdlib.h>
#include <string.h>

void order_open(struct order *order, uint64_t seed, const uint8_t *unusable, uint32_t n_all) {
    *order = (struct order){.seed = seed, .pass = UINT64_MAX};
    order->usable = must_calloc(n_all, sizeof *order->usable);
    order->shuffled = must_calloc(n_all, sizeof *order->shuffled);
    for (uint32_t i = 0; i < n_all; i++)
        if (!unusable || !unusable[i])
            order->usable[order->n++] = i;
}

void order_close(struct order *order) {
    free(order->usable);
    free(order->shuffled);
}

int order_full_batch(const struct order *order) {
    return (uint32_t)order->batch < order->n ? order->batch : (int)order->n;
}

uint64_t order_total(const struct order *order) {
    return order->mixed + (order->originals ? order->n : 0);
}

/* Fisher and Yates, in Durstenfeld's form (CACM 7, 1964). */
static void shuffle(struct order *order, uint64_t pass) {
    struct rng rng = rng_for(order->seed, pass, STREAM_ORDER);
    memcpy(order->shuffled, order->usable, order->n * sizeof *order->shuffled);
    for (uint32_t i = order->n; i > 1; i--) {
        uint32_t j = rng_below(&rng, i), last = order->shuffled[i - 1];
        order->shuffled[i - 1] = order->shuffled[j];
        order->shuffled[j] = last;
    }
    order->pass = pass;
}

/* n sources from place `at` of a list on, going round its end. */
static void copy_round(const struct order *order, const uint32_t *list, uint32_t at, int n,
                       uint32_t *source) {
    for (int i = 0; i < n; i++)
        source[i] = list[(at + (uint32_t)i) % order->n];
}

/* Own samples of the batch at place `at` of a pass, of which `left` are to be made. */
static int own_samples(const struct order *order, uint32_t at, uint64_t left) {
    uint32_t full = (uint32_t)order_full_batch(order);
    uint32_t own = order->n - at < full ? order->n - at : full;
    return own < left ? (int)own : (int)left;
}

static void next_mixed(struct order *order, struct place *place, uint32_t *source, int *n) {
    uint64_t pass = order->next / order->n;
    uint32_t at = (uint32_t)(order->next % order->n);
    if (pass != order->pass)
        shuffle(order, pass);
    *n = order_full_batch(order);
    copy_round(order, order->shuffled, at, *n, source);
    *place = (struct place){order->next, own_samples(order, at, order->mixed - order->next), false};
}

static void next_originals(struct order *order, struct place *place, uint32_t *source, int *n) {
    uint32_t at = (uint32_t)(order->next - order->mixed);
    *n = own_samples(order, at, order->n - at);
    copy_round(order, order->usable, at, *n, source);
    *place = (struct place){order->next, *n, true};
}

bool order_next(struct order *order, struct place *place, uint32_t *source, int *n) {
    if (order->next >= order_total(order))
        return false;
    (order->next < order->mixed ? next_mixed : next_originals)(order, place, source, n);
    order->next += (uint64_t)place->n_own;
    return true;
}
