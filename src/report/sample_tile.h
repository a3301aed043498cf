/* Sample tile: the tile of a sample that is mixed for a report. A sample that was mixed before has
 * its recipe and sources from the manifest instead (past_manifest.c). */
#ifndef MIXSMITH_SAMPLE_TILE_H
#define MIXSMITH_SAMPLE_TILE_H

#include "engine/preview.h"
#include "report/tile.h"

/* Its picture, the mixed sample's pixels (shape…), and its greatest labels, of soft_label
 * (n_classes). tile_close follows in any case. */
int sample_tile_open(struct tile *tile, const struct preview *preview, int own, const void *pixels,
                     const float *soft_label, struct arena *arena, struct err *err);

/* Its recipe, and the sources that are shown. */
int sample_tile_explain(struct tile *tile, const struct preview *preview,
                        const struct variant *variant, const struct mixed *mixed,
                        struct arena *arena, struct err *err);

#endif
