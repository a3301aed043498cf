/* The parts of the report command: the numbers of report/findings.h as a page and as JSON. */
#ifndef MIXSMITH_REPORT_H
#define MIXSMITH_REPORT_H

#include "report/findings.h"

#include <stdbool.h>

/* The whole page, which needs nothing but itself. */
void report_page(const struct findings *findings, struct text *page);

/* Whether a file begins as our pages do. */
bool report_page_is_ours(const uint8_t *bytes, size_t n);

/* The numbers; owned by the caller. */
cJSON *report_json(const struct findings *findings);

/* The command that both give. */
void report_command(const struct findings *findings, struct text *text);

/* Parts of the page, a file report/report_*.c each. */
void page_samples(const struct findings *findings, struct text *page);
void page_balance(const struct findings *findings, struct text *page);
void page_softness(const struct findings *findings, struct text *page);
void page_pairs(const struct findings *findings, struct text *page);
void page_dimension(const struct findings *findings, struct text *page);
void page_job(const struct findings *findings, struct text *page);
extern const char *const PAGE_STYLE[]; // ended by NULL

/* What sections have in common, in report/report_words.c. */

/* A section's beginning: heading and what it shows. */
void page_section(struct text *page, const char *id, const char *heading, const char *idea);

/* A name as an element: where room is short, an ellipsis goes before its last letters, which often
 * tell it from others. */
void page_name(const char *name, struct text *page);

/* A class by its place in a folding; "n other classes". As an element like page_name's, and as
 * escaped HTML of at most so many columns, 0: all. */
void page_class(const struct findings *findings, int place, struct text *page);
void page_class_words(const struct findings *findings, int place, int columns, struct text *page);

/* A whole number in groups of three digits. */
void page_count(struct text *page, uint64_t count);

#endif
