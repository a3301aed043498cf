/* Sweep: the rows of a comparison: several mixers, or one mixer with one parameter after the other
 * value. */
#ifndef MIXSMITH_SWEEP_H
#define MIXSMITH_SWEEP_H

#include "engine/job.h"

struct sweep {
    struct chain chain[CHAINS_MAX]; // (n)
    int n;                          // ≥ 1
    const struct param *param;      // that is swept, or NULL
};

/* From the job's --sweep, or its mixers. -1: a usage error. */
int sweep_parse(struct sweep *sweep, const struct job *job, struct err *err);

/* Whether rows have names: there are several, or a parameter is swept. */
bool sweep_has_names(const struct sweep *sweep);

/* What row i is called: the value, or the mixers. And what is to be said of it beside that, a line
 * each: the parameter, or those that are not standard, and so for the weight. */
void sweep_print_name(const struct sweep *sweep, int i, struct text *text);
void sweep_print_details(const struct sweep *sweep, int i, struct text *text);

#endif
