#include "sources/source.h"

#include <stdlib.h>

void failures_taken(struct contents *contents) {
    free(contents->failures);
    contents->failures = NULL;
    contents->n_failures = 0;
}

void failures_drop(struct contents *contents) {
    for (size_t i = 0; i < contents->n_failures; i++)
        free(contents->failures[i].reason);
    failures_taken(contents);
}
