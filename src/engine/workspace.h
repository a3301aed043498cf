/* Workspace: the memory that the steps of a pipeline work on, and the portions in which they do. A
 * block of lots is loaded while another is mixed, an outbox filled while the other is committed;
 * all of it is there from the beginning, however many steps follow. */
#ifndef MIXSMITH_WORKSPACE_H
#define MIXSMITH_WORKSPACE_H

#include "engine/making.h"
#include "engine/outbox.h"

/* Lots that go through a step together. */
struct block {
    struct lot *lots; // (workspace.lots_max)
    int n_lots;
};

/* Samples first..last-1 of a lot: what one thread takes at a time. */
struct span {
    struct lot *lot;
    int first, last;
};

struct workspace {
    const struct pool *pool;
    int lots_max;     // of a block
    int span_samples; // at most
    struct block blocks[2];
    struct outbox outboxes[2];
    struct span *mix, *load;   // (room for those of a block) of the step at hand
    struct arena *arenas;      // (threads)
    struct scratch *scratches; // (threads)
};

/* record: bytes of a sample in each stream of the sink. The run outlives the workspace. */
void workspace_open(struct workspace *space, const struct run *run,
                    const size_t record[STREAMS_MAX]);
void workspace_close(struct workspace *space);

/* Cuts a block into spans (space->mix or load) and returns how many they are. own_only: samples
 * that are there as partners only are left out. */
int workspace_cut(const struct workspace *space, const struct block *block, bool own_only,
                  struct span *spans);

#endif
