/* The page of a report: one HTML file that needs nothing but itself. No script, no network, which
 * its own content security policy forbids; it reads on a phone, in the dark and on paper. */
#include "base/columns.h"
#include "base/files.h"
#include "commands/report.h"
#include "engine/version.h"
#include "formats/digest.h"
#include "formats/html.h"
#include "report/command_line.h"

#include <stdlib.h>

static const char HEAD[] = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                           "<meta name=\"generator\" content=\"mixsmith ";

bool report_page_is_ours(const uint8_t *bytes, size_t n) {
    return n >= sizeof HEAD - 1 && memcmp(bytes, HEAD, sizeof HEAD - 1) == 0;
}

/* --- words --- */

void page_section(struct text *page, const char *id, const char *heading, const char *idea) {
    text_format(
        page, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n<p class=\"idea\">%s</p>\n",
        id, id, heading, idea);
}

static void class_words(const struct findings *findings, int place, struct text *words) {
    int label = findings->folding.class_at[place];
    const struct contents *contents = &findings->preview.run.contents;
    if (label < 0)
        text_format(words, "%d other classes", contents->n_classes - CLASSES_APART);
    else
        text_string(words, contents->class_names[label]);
    text_terminate(words);
}

void page_name(const char *name, struct text *page) {
    enum { WHOLE = 12, TAIL = 6 }; // columns
    struct text head = {0};
    if (columns_of(name) <= WHOLE) {
        text_string(page, "<bdi>");
        html_escape(page, name);
        text_string(page, "</bdi>");
        return;
    }
    const char *tail = columns_ending(name, TAIL);
    text_bytes(&head, name, (size_t)(tail - name));
    text_string(page, "<bdi class=\"long\" title=\"");
    html_escape(page, name);
    text_string(page, "\"><span>");
    html_escape(page, text_terminate(&head));
    text_string(page, "</span><span>");
    html_escape(page, tail);
    text_string(page, "</span></bdi>");
    text_close(&head);
}

void page_class(const struct findings *findings, int place, struct text *page) {
    struct text words = {0};
    class_words(findings, place, &words);
    if (findings->folding.class_at[place] < 0)
        text_format(page, "<bdi>%s</bdi>", words.bytes);
    else
        page_name(words.bytes, page);
    text_close(&words);
}

void page_class_words(const struct findings *findings, int place, int columns, struct text *page) {
    struct text words = {0}, fitting = {0};
    class_words(findings, place, &words);
    text_in_columns(&fitting, words.bytes, columns > 0 ? columns : columns_of(words.bytes));
    html_escape(page, text_terminate(&fitting));
    text_close(&fitting);
    text_close(&words);
}

/* With narrow spaces that do not break. */
void page_count(struct text *page, uint64_t count) {
    char digits[UNSIGNED_TEXT_MAX];
    size_t n = (size_t)(put_unsigned(digits, count) - digits);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            text_string(page, "\xe2\x80\xaf");
        text_bytes(page, &digits[i], 1);
    }
}

void report_command(const struct findings *findings, struct text *text) {
    if (!findings->finished) {
        print_mix_command(findings->job, text);
        return;
    }
    text_string(text, "mixsmith mix INPUT -o OUT");
    past_job_print_options(&findings->past, text);
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

/* --- head --- */

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

/* --- the job --- */

static void row(struct text *page, const char *name) {
    text_format(page, "<tr><th scope=\"row\">%s</th><td>", name);
}

static void row_of_count(struct text *page, const char *name, int64_t count) {
    if (count < 0)
        return;
    row(page, name);
    page_count(page, (uint64_t)count);
    text_string(page, "</td></tr>\n");
}

static void rows_of_past(const struct findings *findings, struct text *page) {
    const struct past_job *past = &findings->past;
    row(page, "Made by");
    text_string(page, "mixsmith ");
    html_escape(page, past_job_string(past, NULL, "mixsmith"));
    text_string(page, "</td></tr>\n");
    row_of_count(page, "Seed", past_job_whole(past, "options", "seed"));
    row_of_count(page, "Samples written", past_job_whole(past, "counts", "samples"));
    row_of_count(page, "Samples asked for", past_job_whole(past, "counts", "asked"));
    row_of_count(page, "Sources", (int64_t)findings->n_before);
    row_of_count(page, "Unreadable sources", past_job_whole(past, "counts", "unreadable_sources"));
    row(page, "Digest of the sources’ labels");
    text_string(page, "<code>");
    html_escape(page, past_job_string(past, "input", "digest_of_labels"));
    text_string(page, "</code></td></tr>\n");
}

static void rows_of_job(const struct findings *findings, struct text *page) {
    const struct run *run = &findings->preview.run;
    row(page, "Made by");
    text_string(page, "mixsmith " MIXSMITH_VERSION "</td></tr>\n");
    row(page, "Seed"); // in plain digits: it may be pasted
    text_unsigned(page, findings->job->seed);
    text_string(page, "</td></tr>\n");
    row(page, "Read as");
    html_escape(page, run->source->name);
    text_string(page, "</td></tr>\n");
    row_of_count(page, "Unreadable", (int64_t)run->n_losses);
    row(page, "Digest of the mixed samples");
    text_string(page, "<code>");
    digest_print(findings->digest, page);
    text_format(page,
                "</code><br><small>as <code>--to digest -n %lu</code> prints it</small>"
                "</td></tr>\n",
                (unsigned long)findings->n);
}

static void page_job(const struct findings *findings, struct text *page) {
    struct text command = {0};
    report_command(findings, &command);
    page_section(
        page, "job", "The job",
        findings->finished
            ? "The command that made these samples, from the output’s own record. The same "
              "input, options and seed give the same bytes."
            : "The command that writes these samples. The same input, options and seed "
              "give the same bytes on any machine.");
    text_string(page, "<pre tabindex=\"0\"><code>");
    html_escape(page, text_terminate(&command));
    text_string(page, "</code></pre>\n<table class=\"job\">\n");
    (findings->finished ? rows_of_past : rows_of_job)(findings, page);
    text_string(page, "</table>\n</section>\n");
    text_close(&command);
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
