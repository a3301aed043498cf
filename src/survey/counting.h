/* Counting: what a survey remembers of a sample. One thread, by rising number. */
#ifndef MIXSMITH_COUNTING_H
#define MIXSMITH_COUNTING_H

#include "survey/finding.h"
#include "survey/survey.h"

/* A sample of the window at hand; takes finding->reason over. shares: (contents.n_classes) scratch.
 */
void survey_count(struct survey *survey, uint32_t sample, const struct finding *finding,
                  struct class_share *shares);

/* The samples that the source knew to be unreadable when it listed them; takes their reasons over.
 */
void survey_count_failures(struct survey *survey);

#endif
