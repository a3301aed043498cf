/* What all sections of a report's page write: their headings, names of classes, counts. */
#include "base/columns.h"
#include "base/words.h"
#include "commands/report.h"
#include "formats/html.h"

void page_section(struct text *page, const char *id, const char *heading, const char *idea) {
    text_format(
        page, "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n<p class=\"idea\">%s</p>\n",
        id, id, heading, idea);
}

static void class_words(const struct findings *findings, int place, struct text *words) {
    int label = findings->folding.class_at[place];
    const struct contents *contents = &findings->preview.run.contents;
    if (label < 0)
        text_format(words, "%d other class%s", contents->n_classes - CLASSES_APART,
                    es_of(contents->n_classes - CLASSES_APART));
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
