/* The pair matrix of a report: a table with numbers where they can be read, else a picture of it
 * and the strongest pairs in words. Its rows add up to 1; shades tell classes apart from each other
 * in all cells but the diagonal, which would outshine them. */
#include "base/memory.h"
#include "commands/report.h"

#include <math.h>
#include <stdlib.h>

enum { TABLE_MOST = 12, SHADES = 12 };

static int shade_of(double part, double most) {
    int shade = most > 0 ? (int)ceil(SHADES * part / most - 1e-9) : 0;
    return shade < SHADES ? shade : SHADES;
}

/* Whether both are classes, different ones, and neither is what is left of many. */
static bool is_pair(const struct findings *findings, int own, int other) {
    const int *class_at = findings->folding.class_at;
    return own != other && class_at[own] >= 0 && class_at[other] >= 0;
}

static double most_of_pairs(const struct findings *findings) {
    double most = 0;
    for (int own = 0; own < findings->pairs.n; own++)
        for (int other = 0; other < findings->pairs.n; other++)
            if (is_pair(findings, own, other))
                most = fmax(most, class_pairs_part(&findings->pairs, own, other));
    return most;
}

/* --- a table --- */

static void cell(const struct class_pairs *pairs, int own, int other, double most,
                 struct text *page) {
    double part = class_pairs_part(pairs, own, other);
    if (own == other)
        text_string(page, "<td class=\"own\">");
    else
        text_format(page, "<td style=\"--v:%.3f\">", most > 0 ? part / most : 0);
    if (part > 0)
        text_format(page, "%.*f", most < 0.0995 && own != other ? 1 : 0, 100 * part);
    else
        text_string(page, "·");
    text_string(page, "</td>");
}

static void matrix_table(const struct findings *findings, double most, struct text *page) {
    const struct class_pairs *pairs = &findings->pairs;
    text_string(page, "<p class=\"key\">Per cent of the samples of the class on the left that come "
                      "from the class above.</p>\n");
    text_format(page,
                "<div class=\"scroll\"><table class=\"matrix%s\" aria-labelledby=\"pairs\">\n"
                "<thead><tr><td></td>",
                pairs->n > 4 ? " turned" : "");
    for (int other = 0; other < pairs->n; other++) {
        text_string(page, "<th scope=\"col\">");
        page_class(findings, other, page);
        text_string(page, "</th>");
    }
    text_string(page, "</tr></thead>\n<tbody>\n");
    for (int own = 0; own < pairs->n; own++) {
        text_string(page, "<tr><th scope=\"row\">");
        page_class(findings, own, page);
        text_string(page, "</th>");
        for (int other = 0; other < pairs->n; other++)
            cell(pairs, own, other, most, page);
        text_string(page, "</tr>\n");
    }
    text_string(page, "</tbody></table></div>\n");
}

/* --- a picture --- */

enum { CELL = 11, GUTTER = 96, NAME_MOST = 16 }; // units; columns that the gutter has room for

/* The cells of one shade as one path. */
static void cells_of_shade(const struct class_pairs *pairs, int shade, double most,
                           struct text *page) {
    text_format(page, "<path class=\"cell\" fill-opacity=\"%.3f\" d=\"",
                0.06 + 0.94 * shade / SHADES);
    for (int own = 0; own < pairs->n; own++)
        for (int other = 0; other < pairs->n; other++)
            if (own != other && shade_of(class_pairs_part(pairs, own, other), most) == shade)
                text_format(page, "M%d %dh%dv%dh-%dz", GUTTER + other * CELL, GUTTER + own * CELL,
                            CELL - 1, CELL - 1, CELL - 1);
    text_string(page, "\"/>\n");
}

static void picture_names(const struct findings *findings, struct text *page) {
    for (int place = 0; place < findings->pairs.n; place++) {
        int at = GUTTER + place * CELL;
        text_format(page, "<rect class=\"own\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", at,
                    at, CELL - 1, CELL - 1);
        text_format(page, "<text class=\"end\" x=\"%d\" y=\"%d\">", GUTTER - 4, at + 8);
        page_class_words(findings, place, NAME_MOST, page);
        text_format(page,
                    "</text><text class=\"start\" transform=\"translate(%d %d) rotate(-90)\">",
                    at + 8, GUTTER - 4);
        page_class_words(findings, place, NAME_MOST, page);
        text_string(page, "</text>\n");
    }
}

static void matrix_picture(const struct findings *findings, double most, struct text *page) {
    int side = GUTTER + findings->pairs.n * CELL;
    text_format(page,
                "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Pair matrix\">"
                "<svg class=\"matrix\" viewBox=\"0 0 %d %d\" style=\"min-width:%dpx;"
                "max-width:%dpx\" role=\"img\" aria-label=\"Pair matrix of %d classes; the "
                "strongest pairs follow in words\">\n",
                side, side, side * 6 / 7, side * 3 / 2, findings->pairs.n);
    for (int shade = 1; shade <= SHADES; shade++)
        cells_of_shade(&findings->pairs, shade, most, page);
    picture_names(findings, page);
    text_format(page,
                "</svg></div>\n<p class=\"key\">rows: the sample’s own class; columns: where its "
                "parts come from; <span class=\"ramp\"></span> 0 to %.2g&#8239;%% of the row, the "
                "diagonal left grey</p>\n",
                100 * most);
}

struct pair {
    int own, other;
    double part;
};

static int by_part(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    if (x->part != y->part)
        return x->part < y->part ? 1 : -1;
    return x->own != y->own ? x->own - y->own : x->other - y->other;
}

static void strongest_pairs(const struct findings *findings, struct text *page) {
    enum { SHOWN = 8 };
    const struct class_pairs *pairs = &findings->pairs;
    struct pair *pair = must_calloc((size_t)pairs->n * (size_t)pairs->n, sizeof *pair);
    int n = 0;
    for (int own = 0; own < pairs->n; own++)
        for (int other = 0; other < pairs->n; other++)
            if (is_pair(findings, own, other))
                pair[n++] = (struct pair){own, other, class_pairs_part(pairs, own, other)};
    qsort(pair, (size_t)n, sizeof *pair, by_part);
    text_string(page, "<table class=\"strongest\">\n<caption>The strongest pairs</caption>\n<thead>"
                      "<tr><th scope=\"col\">Class</th><th scope=\"col\">mixed with</th><th "
                      "scope=\"col\">Part</th></tr></thead>\n<tbody>\n");
    for (int i = 0; i < n && i < SHOWN && pair[i].part > 0; i++) {
        text_string(page, "<tr><td><bdi>");
        page_class_words(findings, pair[i].own, 0, page);
        text_string(page, "</bdi></td><td><bdi>");
        page_class_words(findings, pair[i].other, 0, page);
        text_format(page, "</bdi></td><td>%.1f&#8239;%%</td></tr>\n", 100 * pair[i].part);
    }
    text_string(page, "</tbody></table>\n");
    free(pair);
}

void page_pairs(const struct findings *findings, struct text *page) {
    double most = most_of_pairs(findings);
    page_section(page, "pairs", "Which classes were mixed",
                 "Each row is one class: of the samples that are its own, how much of what they "
                 "show comes from each class. The diagonal is the class itself.");
    if (findings->pairs.n <= TABLE_MOST) {
        matrix_table(findings, most, page);
    } else {
        matrix_picture(findings, most, page);
        strongest_pairs(findings, page);
    }
    text_string(page, "</section>\n");
}
