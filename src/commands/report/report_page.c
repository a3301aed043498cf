/* The page of a report: one HTML file that needs nothing but itself. No script, no network, which
 * its own content security policy forbids; it reads on a phone, in the dark and on paper. */
#include "base/files.h"
#include "commands/report.h"
#include "engine/version.h"
#include "formats/html.h"

#include <stdlib.h>

static const char HEAD[] = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                           "<meta name=\"generator\" content=\"mixsmith ";

bool report_page_is_ours(const uint8_t *bytes, size_t n) {
    return n >= sizeof HEAD - 1 && memcmp(bytes, HEAD, sizeof HEAD - 1) == 0;
}

/* What the report is of: the names of the inputs. */
static void print_title(const struct findings *findings, struct text *page) {
    const struct job *job = findings->job;
    for (int i = 0; i < job->n_inputs; i++) {
        char *name = path_base(job->inputs[i]);
        if (i)
            text_string(page, ", ");
        html_escape(page, name);
        free(name);
    }
}

static void page_head(const struct findings *findings, struct text *page) {
    text_string(page, HEAD);
    text_string(page, MIXSMITH_VERSION
                "\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "img-src data:; style-src 'unsafe-inline'\">\n<title>");
    print_title(findings, page);
    text_string(page, " – mixsmith report</title>\n<style>\n");
    for (const char *const *part = PAGE_STYLE; *part; part++)
        text_string(page, *part);
    text_string(page, "</style>\n</head>\n<body>\n<main>\n");
}

static void fact(struct text *page, const char *name) {
    text_format(page, "<div><dt>%s</dt><dd>", name);
}

static void page_lead(const struct findings *findings, struct text *page) {
    const struct option_list *mixers = &findings->job->mixers;
    text_string(page, "<p class=\"lead\">");
    if (findings->finished)
        text_string(page, "What this output of mixsmith holds, and what it was made from");
    else
        text_string(page, "What it becomes, mixed by ");
    for (int i = 0; i < mixers->n && !findings->finished; i++) {
        text_string(page, i ? " and <code>" : "<code>");
        html_escape(page, mixers->item[i]);
        text_string(page, "</code>");
    }
    text_string(page, "</p>\n");
}

static void page_facts(const struct findings *findings, struct text *page) {
    const struct contents *contents = &findings->preview.run.contents;
    const struct label_statistics *labels = &findings->labels;
    text_string(page, "<dl class=\"facts\">");
    fact(page, findings->finished ? "Samples" : "Originals");
    page_count(page, findings->finished ? findings->preview.run.order.n : findings->n_before);
    text_string(page, "</dd></div>");
    fact(page, findings->finished ? "Looked at" : "Mixed here");
    page_count(page, findings->n);
    text_string(page, "</dd></div>");
    fact(page, "Classes");
    page_count(page, (uint64_t)contents->n_classes);
    text_string(page, "</dd></div>");
    fact(page, "Shape");
    shape_print(&contents->shape, " × ", page);
    text_string(page, "</dd></div>");
    fact(page, "Mean top share");
    text_format(page, "%.0f&nbsp;%%</dd></div>", 100 * top_mean(labels));
    fact(page, "Mean entropy");
    text_format(page, "%.2f&nbsp;bit</dd></div></dl>\n</header>\n", entropy_mean(labels));
}

static void page_header(const struct findings *findings, struct text *page) {
    text_string(page, "<header>\n<p class=\"brand\">mixsmith report</p>\n<h1><bdi>");
    print_title(findings, page);
    text_string(page, "</bdi></h1>\n");
    page_lead(findings, page);
    page_facts(findings, page);
}

void report_page(const struct findings *findings, struct text *page) {
    page_head(findings, page);
    page_header(findings, page);
    page_samples(findings, page);
    page_balance(findings, page);
    page_softness(findings, page);
    page_pairs(findings, page);
    page_dimension(findings, page);
    page_job(findings, page);
    text_string(page, "</main>\n</body>\n</html>\n");
}
