/* How soft the labels are, in a report: histograms of their top share and their entropy. Lengths
 * along the page are per cent of its width, so that letters keep their size. */
#include "base/words.h"
#include "commands/report.h"
#include "commands/report/report_axis.h"
#include "statistics/histogram.h"

#include <math.h>

enum { TOP = 22, GROUND = 168, CHART_HEIGHT = 212 }; // pixels
static const double LEFT = 10, WIDE = 89;            // per cent

static void grid_lines(double most, struct text *page) {
    double step = axis_step(100 * most);
    for (int i = 0; i * step <= 100 * most + 1e-9; i++) {
        double y = GROUND - (GROUND - TOP) * (i * step) / (100 * most);
        text_format(page,
                    "<line class=\"grid\" x1=\"%.0f%%\" x2=\"99%%\" y1=\"%.1f\" y2=\"%.1f\"/>"
                    "<text class=\"end\" x=\"%.1f%%\" y=\"%.1f\">%.*f%s</text>\n",
                    LEFT, y, y, LEFT - 1.2, y + 4, axis_decimals(step), i * step,
                    i ? "&#8239;%" : "");
    }
}

static void bars(const struct histogram *histogram, struct text *page) {
    double bin = histogram->high / histogram->bins, wide = WIDE / histogram->bins;
    for (int i = 0; i < histogram->bins; i++) {
        double high = (GROUND - TOP) * (double)histogram->count[i] / (double)histogram->most;
        if (histogram->count[i] == 0)
            continue;
        text_format(page,
                    "<rect class=\"after\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" "
                    "height=\"%.1f\" rx=\"1.5\"><title>%.3g to %.3g: %llu sample%s, %.1f %%</title>"
                    "</rect>\n",
                    LEFT + i * wide + 0.1 * wide, 0.8 * wide, GROUND - fmax(high, 1), fmax(high, 1),
                    i * bin, (i + 1) * bin, (unsigned long long)histogram->count[i],
                    s_of(histogram->count[i]),
                    100 * (double)histogram->count[i] / (double)histogram->all);
    }
}

static void axis(double high, const char *name, struct text *page) {
    double step = axis_step(high);
    for (int i = 0; i * step <= high + 1e-9; i++)
        text_format(page, "<text class=\"middle\" x=\"%.2f%%\" y=\"%d\">%.*f</text>",
                    LEFT + WIDE * fmin(i * step / high, 0.985), GROUND + 18, axis_decimals(step),
                    i * step);
    text_format(page, "<text class=\"middle name\" x=\"%.1f%%\" y=\"%d\">%s</text>\n",
                LEFT + WIDE / 2, GROUND + 38, name);
}

/* The mean, its words on the side that has room. */
static void mean_line(const struct histogram *histogram, const char *unit, struct text *page) {
    double part = histogram->mean / histogram->high, x = LEFT + WIDE * part;
    text_format(page,
                "<line class=\"mean\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"6\" y2=\"%d\"/><text "
                "class=\"%s strong\" x=\"%.2f%%\" y=\"14\">mean %.2f%s</text>\n",
                x, x, GROUND, part > 0.5 ? "end" : "start", part > 0.5 ? x - 1.2 : x + 1.2,
                histogram->mean, unit);
}

static void histogram_chart(const char *heading, const char *name, const char *unit,
                            const struct histogram *histogram, struct text *page) {
    text_format(page,
                "<figure class=\"chart\"><h3>%s</h3>\n<svg width=\"100%%\" height=\"%d\" "
                "role=\"img\" aria-label=\"Histogram: %s of %llu sample%s, mean %.2f%s\">\n",
                heading, CHART_HEIGHT, name, (unsigned long long)histogram->all,
                s_of(histogram->all), histogram->mean, unit);
    grid_lines((double)histogram->most / (double)histogram->all, page);
    bars(histogram, page);
    axis(histogram->high, name, page);
    mean_line(histogram, unit, page);
    text_string(page, "</svg></figure>\n");
}

void page_softness(const struct findings *findings, struct text *page) {
    struct histogram top = top_histogram(&findings->labels);
    struct histogram entropy = entropy_histogram(&findings->labels);
    page_section(page, "softness", "How soft the labels are",
                 "A hard label has a top share of 1 and an entropy of 0; two classes in equal "
                 "parts have 0.5 and 1 bit. Bars count samples.");
    text_string(page, "<div class=\"charts\">\n");
    histogram_chart("Top share", "share of the greatest class", "", &top, page);
    histogram_chart("Label entropy", "entropy of the soft label in bits", " bit", &entropy, page);
    text_string(page, "</div>\n</section>\n");
}
