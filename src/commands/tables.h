/* The tables of mixers, sources, sinks and codecs as text for people: lines of two columns, for the
 * help and for list. */
#ifndef MIXSMITH_TABLES_H
#define MIXSMITH_TABLES_H

#include "base/options.h"
#include "formats/codecs.h"

void print_mixers(struct text *text);
void print_sources(struct text *text);
void print_sinks(struct text *text);
void print_codecs(struct text *text);

/* The option of mix that says how a codec writes, copied to *row; NULL where it has none. */
const struct option_row *codec_option(const struct codec *codec, struct option_row *row);

#endif
