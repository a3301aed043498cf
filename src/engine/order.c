#include "engine/order.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/rng.h"

#include <stdlib.h>
#include <string.h>

/* Samples of a shuffle, each of which may have to wait for memory. */
enum {
    PART = 1 << 20, // between two looks for a signal
    LONG = 1 << 24, // from here on it is worth a word
};

static uint64_t least(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static uint64_t window_mixed(const struct order *order) {
    uint64_t n = order->n, left = order->limit - order->mixed_before;
    bool endless = n > 0 && order->passes > ENDLESS / n;
    return least(endless ? ENDLESS : order->passes * n, left);
}

void order_window(struct order *order, const uint8_t *unusable, uint32_t n_all) {
    if (order->n > 0) {
        order->first_pass += (order->mixed + order->n - 1) / order->n;
        order->mixed_before += order->mixed;
    }
    order->usable = must_realloc(order->usable, n_all * sizeof *order->usable);
    order->shuffled = must_realloc(order->shuffled, n_all * sizeof *order->shuffled);
    order->n = 0;
    for (uint32_t i = 0; i < n_all; i++)
        if (!unusable || !unusable[i])
            order->usable[order->n++] = i;
    order->start = order->next;
    order->pass = ENDLESS;
    order->mixed = window_mixed(order);
}

void order_close(struct order *order) {
    free(order->usable);
    free(order->shuffled);
}

int order_full_batch(const struct order *order) {
    return (uint32_t)order->batch < order->n ? order->batch : (int)order->n;
}

uint64_t order_total(const struct order *order) {
    uint64_t originals = order->originals ? order->n : 0;
    return order->mixed > ENDLESS - originals ? ENDLESS : order->mixed + originals;
}

bool order_is_done(const struct order *order) {
    return order->limit != ENDLESS && order->mixed_before + order->mixed >= order->limit;
}

/* Fisher and Yates, in Durstenfeld's form (CACM 7, 1964). */
static void shuffle_part(uint32_t *shuffled, uint32_t from, uint32_t to, struct rng *rng) {
    for (uint32_t i = from; i > to; i--) {
        uint32_t j = rng_below(rng, i), last = shuffled[i - 1];
        shuffled[i - 1] = shuffled[j];
        shuffled[j] = last;
    }
}

static int shuffle(struct order *order, uint64_t pass, const struct watch *watch, struct err *err) {
    struct rng rng = rng_for(order->seed, pass, STREAM_ORDER);
    uint32_t n = order->n, next;
    memcpy(order->shuffled, order->usable, n * sizeof *order->shuffled);
    for (uint32_t left = n; left > 1; left = next) {
        next = left > PART ? left - PART : 1;
        if (interrupt_check(err) < 0)
            return -1;
        if (n >= LONG)
            watch_tell(watch, (struct progress){"shuffling", "", n - left, n});
        shuffle_part(order->shuffled, left, next, &rng);
    }
    order->pass = pass;
    return 0;
}

/* n sources from place `at` of a list on, going round its end. */
static void copy_round(const struct order *order, const uint32_t *list, uint32_t at, int n,
                       uint32_t *source) {
    for (int i = 0; i < n; i++) {
        source[i] = list[at++];
        if (at == order->n)
            at = 0;
    }
}

/* Own samples of the batch at place `at` of a pass, of which `left` are to be made. */
static int own_samples(const struct order *order, uint32_t at, uint64_t left) {
    uint32_t full = (uint32_t)order_full_batch(order);
    uint32_t own = order->n - at < full ? order->n - at : full;
    return (int)least(own, left);
}

static void next_mixed(const struct order *order, uint64_t made, struct place *place,
                       uint32_t *source, int *n) {
    uint32_t at = (uint32_t)(made % order->n);
    *n = order_full_batch(order);
    copy_round(order, order->shuffled, at, *n, source);
    *place = (struct place){order->next, own_samples(order, at, order->mixed - made), false};
}

static void next_originals(const struct order *order, uint64_t made, struct place *place,
                           uint32_t *source, int *n) {
    uint32_t at = (uint32_t)(made - order->mixed);
    *n = own_samples(order, at, order->n - at);
    copy_round(order, order->usable, at, *n, source);
    *place = (struct place){order->next, *n, true};
}

int order_next(struct order *order, struct place *place, uint32_t *source, int *n,
               const struct watch *watch, struct err *err) {
    uint64_t made = order->next - order->start;
    *n = 0;
    if (made >= order_total(order))
        return 0;
    if (made < order->mixed) {
        uint64_t pass = order->first_pass + made / order->n;
        if (pass != order->pass && shuffle(order, pass, watch, err) < 0)
            return -1;
        next_mixed(order, made, place, source, n);
    } else {
        next_originals(order, made, place, source, n);
    }
    order->next += (uint64_t)place->n_own;
    return 0;
}
