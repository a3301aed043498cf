/* Palette: a colour for each class. The first are told apart by people with any colour vision; the
 * rest go round the hues by the golden angle, so that neighbours differ. */
#ifndef MIXSMITH_PALETTE_H
#define MIXSMITH_PALETTE_H

#include "drawing/surface.h"

enum { PALETTE_CHOSEN = 12 };

/* Colour k of n. Up to PALETTE_CHOSEN they are the chosen ones. */
struct ink palette_ink(int k, int n);

#endif
