#include "model/recipe.h"

#include "base/float_text.h"

#include <assert.h>
#include <math.h>

uint16_t *mask_take(struct arena *arena, const struct grid *grid) {
    return arena_take(arena, grid_positions(grid) * sizeof(uint16_t));
}

struct recipe *recipe_take(struct arena *arena, const struct batch *batch) {
    struct recipe *recipe = arena_take(arena, sizeof *recipe);
    recipe->term = arena_take(arena, (size_t)batch->capacity * sizeof *recipe->term);
    recipe->mask = mask_take(arena, &batch->grid);
    recipe->n_facts = 0;
    return recipe;
}

void recipe_copy(struct recipe *recipe, int own) {
    recipe->region = REGION_SUM;
    recipe->n_terms = 1;
    recipe->term[0] = (struct term){own, 1};
}

/* A sample that found nobody but itself stays what it is. */
static void set_two_terms(struct recipe *recipe, enum region region, int own, float own_share,
                          int other, float other_share) {
    if (own == other) {
        recipe_copy(recipe, own);
        return;
    }
    recipe->region = region;
    recipe->n_terms = 2;
    recipe->term[0] = (struct term){own, own_share};
    recipe->term[1] = (struct term){other, other_share};
}

void recipe_pair(struct recipe *recipe, int own, int other, double own_share) {
    float share = (float)(rint(own_share * PART_ONE) / PART_ONE);
    set_two_terms(recipe, REGION_SUM, own, share, other, 1 - share);
}

void recipe_split(struct recipe *recipe, enum region region, int own, int other, double kept,
                  double all) {
    set_two_terms(recipe, region, own, (float)(kept / all), other, (float)((all - kept) / all));
}

void recipe_fact(struct recipe *recipe, const char *name, double value) {
    assert(recipe->n_facts < FACTS_MAX);
    recipe->fact[recipe->n_facts++] = (struct fact){name, 1, {(float)value}, false};
}

void recipe_fact_whole(struct recipe *recipe, const char *name, int n, const int *numbers) {
    assert(recipe->n_facts < FACTS_MAX && n <= FACT_NUMBERS);
    struct fact *fact = &recipe->fact[recipe->n_facts++];
    *fact = (struct fact){name, n, {0}, true};
    for (int i = 0; i < n; i++)
        fact->number[i] = (float)numbers[i];
}

static void print_number(struct text *text, float number, bool whole) {
    if (whole)
        text_unsigned(text, (uint64_t)number);
    else
        text_float(text, number);
}

void recipe_print_facts(const struct recipe *recipe, struct text *text) {
    for (int i = 0; i < recipe->n_facts; i++) {
        const struct fact *fact = &recipe->fact[i];
        text_string(text, i ? "," : "");
        text_string(text, fact->name);
        for (int j = 0; j < fact->n; j++) {
            text_string(text, j ? ":" : "=");
            print_number(text, fact->number[j], fact->whole);
        }
    }
}
