/* The samples of a report: each picture with its soft label as a bar, and what it was made of. */
#include "base/memory.h"
#include "commands/report.h"
#include "drawing/palette.h"
#include "formats/html.h"

#include <stdio.h>
#include <stdlib.h>

enum { COLOUR_TEXT = 8 };

static void colour_of(int label, int n_classes, char colour[COLOUR_TEXT]) {
    struct colour rgb = palette_ink(label, n_classes).colour;
    snprintf(colour, COLOUR_TEXT, "#%02x%02x%02x", rgb.r, rgb.g, rgb.b);
}

static const char *name_of(const struct findings *findings, int label) {
    return findings->preview.run.contents.class_names[label];
}

/* As percent_print, with narrow spaces that do not break. */
static void percent(struct text *page, int percent, double share) {
    if (percent < 1 && share > 0)
        text_string(page, "&lt;&#8239;1&#8239;%");
    else
        text_format(page, "%d&#8239;%%", percent);
}

static void image(struct text *page, const struct png *png, const char *class) {
    text_format(page, "<img class=\"%s%s\" width=\"%d\" height=\"%d\" src=\"", class,
                png->w <= 64 ? " fine" : "", png->w, png->h);
    html_data(page, "image/png", png->bytes, png->size);
    text_string(page, "\" alt=\"");
}

/* "63 % cat, 37 % dog" */
static void label_in_words(const struct findings *findings, const struct tile *tile,
                           struct text *page) {
    for (int i = 0; i < tile->n_labels; i++) {
        text_string(page, i ? ", " : "");
        percent(page, tile->label[i].percent, tile->label[i].share);
        text_string(page, " ");
        html_escape(page, name_of(findings, tile->label[i].label));
    }
}

/* What the labels that are not shown have stays the colour of the ground. */
static void bar(const struct findings *findings, const struct tile *tile, struct text *page) {
    double at = 0;
    int n_classes = findings->preview.run.contents.n_classes;
    char colour[COLOUR_TEXT];
    text_string(page, "<svg class=\"bar\" width=\"100%\" height=\"8\" aria-hidden=\"true\">");
    for (int i = 0; i < tile->n_labels; i++) {
        double width = 100 * (double)tile->label[i].share;
        colour_of(tile->label[i].label, n_classes, colour);
        text_format(page, "<rect x=\"%.2f%%\" width=\"%.2f%%\" height=\"8\" fill=\"%s\"/>", at,
                    width, colour);
        at += width;
    }
    text_string(page, "</svg>\n");
}

static void labels(const struct findings *findings, const struct tile *tile, struct text *page) {
    int n_classes = findings->preview.run.contents.n_classes;
    char colour[COLOUR_TEXT];
    text_string(page, "<ul class=\"labels\">");
    for (int i = 0; i < tile->n_labels; i++) {
        colour_of(tile->label[i].label, n_classes, colour);
        text_format(page,
                    "<li><svg width=\"9\" height=\"9\" aria-hidden=\"true\"><rect width=\"9\" "
                    "height=\"9\" rx=\"2\" fill=\"%s\"/></svg>",
                    colour);
        page_name(name_of(findings, tile->label[i].label), page);
        text_string(page, "<b>");
        percent(page, tile->label[i].percent, tile->label[i].share);
        text_string(page, "</b></li>");
    }
    if (tile->more_labels > 0) {
        text_format(page, "<li class=\"more\"><bdi>%d more</bdi><b>", tile->more_labels);
        percent(page, tile->more_label_percent, 1);
        text_string(page, "</b></li>");
    }
    text_string(page, "</ul>\n");
}

/* A thumbnail where there is one, else the name alone. */
static void source(const struct findings *findings, const struct tile_source *source,
                   struct text *page) {
    const char *name = source->name ? source->name : "";
    text_string(page, "<li title=\"");
    html_escape(page, name);
    text_string(page, "\">");
    if (source->png.size > 0) {
        image(page, &source->png, "thumb");
        html_escape(page, name_of(findings, source->label));
        text_string(page, "\">");
    } else {
        text_string(page, "<bdi>");
        html_escape(page, name);
        text_string(page, "</bdi> ");
    }
    text_string(page, "<span>");
    percent(page, source->percent, source->share);
    text_string(page, "</span></li>");
}

static void sources(const struct findings *findings, const struct tile *tile, struct text *page) {
    if (tile->n_sources == 0)
        return;
    text_format(page, "<ul class=\"%s\" aria-label=\"Sources\">",
                findings->finished ? "sources named" : "sources");
    for (int i = 0; i < tile->n_sources; i++)
        source(findings, &tile->source[i], page);
    if (tile->more_sources > 0) {
        text_format(page, "<li class=\"more\"><i>%s%d%s</i><span>", findings->finished ? "" : "+",
                    tile->more_sources, findings->finished ? " more" : "");
        percent(page, tile->more_source_percent, 1);
        text_string(page, "</span></li>");
    }
    text_string(page, "</ul>\n");
}

/* "cutmix lambda=0.3,box=1:2": may break behind commas. */
static void recipe(const char *words, struct text *page) {
    text_string(page, "<p class=\"recipe\">");
    while (*words) {
        size_t length = strcspn(words, ",+");
        length += words[length] != 0;
        char *part = must_strdup(words);
        part[length] = 0;
        html_escape(page, part);
        text_string(page, "<wbr>");
        free(part);
        words += length;
    }
    text_string(page, "</p>\n");
}

static void tile(const struct findings *findings, const struct tile *tile, struct text *page) {
    text_string(page, "<figure>");
    image(page, &tile->png, "sample");
    text_format(page, "Sample %llu: ", (unsigned long long)tile->id);
    label_in_words(findings, tile, page);
    text_string(page, "\">\n");
    bar(findings, tile, page);
    text_string(page, "<figcaption>\n");
    labels(findings, tile, page);
    sources(findings, tile, page);
    if (tile->recipe)
        recipe(tile->recipe, page);
    text_string(page, "</figcaption></figure>\n");
}

static const char *idea(const struct findings *findings) {
    if (findings->n_tiles == 0)
        return "These samples are not pictures of 8 bits in one or three channels, so there is "
               "nothing to show. The numbers below do not need pictures.";
    if (findings->finished)
        return "Each picture with its soft label: the bar and the list below it give the share of "
               "each class. Then come the sources, the sample’s own first, with the part of the "
               "picture that comes from them.";
    return "Each picture with its soft label: the bar and the list below it give the share of each "
           "class. Small pictures are the sources, the sample’s own first, with the part of the "
           "picture that comes from them.";
}

void page_samples(const struct findings *findings, struct text *page) {
    page_section(page, "samples", "Samples", idea(findings));
    if (findings->n_tiles > 0)
        text_string(page, "<div class=\"tiles\">\n");
    for (int i = 0; i < findings->n_tiles; i++)
        tile(findings, &findings->tile[i], page);
    text_string(page, findings->n_tiles > 0 ? "</div>\n</section>\n" : "</section>\n");
}
