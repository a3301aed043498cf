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

bool order_next(struct order *order, struct place *place, uint32_t *source, int *n) {
    bool originals = order->next >= order->mixed;
    uint64_t end = originals ? order_total(order) : order->mixed;
    if (order->next >= end)
        return false;
    uint64_t done = originals ? order->next - order->mixed : order->next;
    uint64_t pass = done / order->n;
    uint32_t at = (uint32_t)(done % order->n);
    uint32_t full = (uint32_t)order_full_batch(order);
    uint32_t own = order->n - at < full ? order->n - at : full;
    if (!originals && pass != order->pass)
        shuffle(order, pass);
    const uint32_t *from = originals ? order->usable : order->shuffled;
    if (own > end - order->next)
        own = (uint32_t)(end - order->next);
    *n = originals ? (int)own : (int)full;
    for (int i = 0; i < *n; i++)
        source[i] = from[(at + (uint32_t)i) % order->n];
    *place = (struct place){order->next, (int)own, originals};
    order->next += own;
    return true;
}
