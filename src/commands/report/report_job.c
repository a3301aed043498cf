/* The job in a report: the command that makes these samples, and what it was or is done with. */
#include "commands/report.h"
#include "engine/version.h"
#include "formats/digest.h"
#include "formats/html.h"
#include "report/command_line.h"

void report_command(const struct findings *findings, struct text *text) {
    if (!findings->finished) {
        command_line_mix(findings->job, text);
        return;
    }
    text_string(text, "mixsmith mix INPUT -o OUT");
    past_job_print_options(&findings->past, text);
}

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

void page_job(const struct findings *findings, struct text *page) {
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
