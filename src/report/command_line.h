/* Command line: options and paths as a shell takes them. */
#ifndef MIXSMITH_COMMAND_LINE_H
#define MIXSMITH_COMMAND_LINE_H

#include "base/text.h"
#include "engine/job.h"

/* A word, in quotation marks where a shell would not take it as it is. */
void command_line_word(struct text *text, const char *word);

/* " --name value" where it is not the standard value of that option of mix; of a flag " --name". */
void command_line_option(struct text *text, const char *name, const char *value);

/* The mix command that makes the samples of this job: "mixsmith mix photos -o OUT -m cutmix". */
void command_line_mix(const struct job *job, struct text *text);

#endif
