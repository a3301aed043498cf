/* Intrinsic dimension in a report: originals and mixed samples on one axis, and what was measured.
 * Lengths along the page are per cent of its width. */
#include "commands/report.h"
#include "commands/report/report_axis.h"
#include "formats/html.h"

#include <math.h>
#include <string.h>

enum { DIMENSION_HEIGHT = 158, ROW_FIRST = 34, ROW_APART = 50, AXIS_Y = 122 };

static void dimension_row(const char *name, const char *class, int row, double high,
                          const struct dimension *dimension, struct text *page) {
    int y = ROW_FIRST + row * ROW_APART;
    double low = fmax(0, dimension->mean - dimension->sd), at = 1 + 97 * dimension->mean / high;
    text_format(page,
                "<text class=\"start strong\" x=\"1%%\" y=\"%d\">%s  %.1f ± %.1f</text>"
                "<line class=\"spread %s\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>"
                "<circle class=\"%s\" cx=\"%.2f%%\" cy=\"%d\" r=\"6\"/>\n",
                y - 14, name, dimension->mean, dimension->sd, class, 1 + 97 * low / high,
                1 + 97 * (dimension->mean + dimension->sd) / high, y, y, class, at, y);
}

static void dimension_axis(double high, struct text *page) {
    double step = axis_step(high);
    for (int i = 0; i * step <= high + 1e-9; i++) {
        double x = 1 + 97 * i * step / high;
        text_format(page,
                    "<line class=\"grid\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>"
                    "<text class=\"middle\" x=\"%.2f%%\" y=\"%d\">%.*f</text>",
                    x, x, ROW_FIRST - 6, AXIS_Y - 10, fmax(x, 2), AXIS_Y + 6, axis_decimals(step),
                    i * step);
    }
    text_format(page,
                "<text class=\"middle name\" x=\"50%%\" y=\"%d\">local intrinsic dimension"
                "</text>\n",
                AXIS_Y + 28);
}

static void dimension_chart(const struct dimensions *dimensions, struct text *page) {
    const struct dimension *original = &dimensions->original, *mixed = &dimensions->mixed;
    double high = fmax(original->mean + original->sd, mixed->mean + mixed->sd) * 1.04;
    high = high > 1 ? high : 1;
    text_format(page,
                "<figure class=\"chart wide\"><svg width=\"100%%\" height=\"%d\" role=\"img\" "
                "aria-label=\"Local intrinsic dimension\">\n",
                DIMENSION_HEIGHT);
    dimension_axis(high, page);
    if (original->points > 0)
        dimension_row("originals", "before", 0, high, original, page);
    dimension_row(original->points > 0 ? "mixed" : "samples", "after", original->points > 0, high,
                  mixed, page);
    text_string(page, "</svg></figure>\n");
}

/* How the mixed samples compare with the originals. */
static void comparison(const struct dimensions *dimensions, struct text *page) {
    double more = dimensions->mixed.mean / dimensions->original.mean - 1;
    if (fabs(more) < 0.005)
        text_string(page, "Mixed samples spread in as many directions as the originals. ");
    else
        text_format(page,
                    "Mixed samples spread in %.0f&#8239;%% %s directions than the originals. ",
                    100 * fabs(more), more > 0 ? "more" : "fewer");
}

static void dimension_words(const struct findings *findings, struct text *page) {
    const struct dimensions *dimensions = &findings->dimensions;
    const struct clouds *clouds = &findings->clouds;
    const struct dimension *original = &dimensions->original, *mixed = &dimensions->mixed;
    text_string(page, "<p class=\"note\">");
    if (original->points > 0 && original->mean > 0)
        comparison(dimensions, page);
    if (findings->finished)
        text_string(page, "Only the samples of this output are measured: the originals are not in "
                          "it. A report on the input shows both. ");
    text_format(page,
                "Mean ± standard deviation over %d of %d samples: principal components of the %d "
                "nearest neighbours, the sample itself among them, counted where their variance is "
                "above 5&#8239;%% of the greatest",
                mixed->points, clouds->mixed.n, DIMENSION_NEIGHBOURS);
    if (memcmp(&clouds->small, &clouds->shape, sizeof clouds->shape) != 0)
        text_format(page, "; pictures were first made %d × %d", clouds->small.dim[1],
                    clouds->small.dim[0]);
    text_string(page, ".</p>\n");
}

void page_dimension(const struct findings *findings, struct text *page) {
    struct text why = {0};
    page_section(page, "dimension", "Intrinsic dimension",
                 "In how many directions samples spread around each sample. Mixed samples that "
                 "keep to the shape of the data spread in as many as the originals; more tell "
                 "that they fill the space between.");
    if (findings->dimensions.mixed.points > 0) {
        dimension_chart(&findings->dimensions, page);
        dimension_words(findings, page);
    } else {
        text_bytes(&why, findings->clouds.why.bytes, findings->clouds.why.used);
        text_string(page, "<p class=\"note\">Not measured: ");
        html_escape(page, text_terminate(&why));
        text_string(page, ".</p>\n");
    }
    text_string(page, "</section>\n");
    text_close(&why);
}
