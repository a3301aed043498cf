/* Card: the README.md of an output. Tells people what it is and how to load it, and Hugging Face
 * which files are the split. https://huggingface.co/docs/hub/datasets-cards */
#ifndef MIXSMITH_CARD_H
#define MIXSMITH_CARD_H

#include "engine/run.h"

int card_write(const struct run *run, const struct publication *publication, struct err *err);

#endif
