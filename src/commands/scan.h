/* The parts of the scan command. */
#ifndef MIXSMITH_SCAN_H
#define MIXSMITH_SCAN_H

#include "base/text.h"
#include "survey/survey.h"

/* For people: what is there, then what is wrong with it, and what to know before mixing. */
void scan_print(const struct survey *survey, struct text *text);
void scan_print_labels(const struct survey *survey, struct text *text);
void scan_print_problems(const struct survey *survey, struct text *text);

/* For machines: one line of JSON. */
void scan_json(const struct survey *survey, struct text *text);
void scan_json_labels(const struct survey *survey, struct text *text);

#endif
