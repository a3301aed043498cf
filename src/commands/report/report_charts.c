/* The charts of a report: class balance, histograms, intrinsic dimension. They are as wide as the
 * page lets them: lengths along the page are per cent, letters keep their size. */
#include "commands/report.h"
#include "formats/html.h"
#include "statistics/histogram.h"

#include <math.h>

/* --- class balance --- */

struct balance {
    double before, after; // parts 0..1
    uint64_t count;       // before
};

static struct balance balance_at(const struct findings *findings, int place) {
    const struct folding *folding = &findings->folding;
    struct balance balance = {0};
    double mass = 0, all = 0;
    for (int k = 0; k < findings->labels.n_classes; k++) {
        bool here = folding->place[k] == place;
        balance.count += here ? findings->before[k] : 0;
        mass += here ? findings->labels.mass[k] : 0;
        all += findings->labels.mass[k];
    }
    balance.before = findings->n_before ? (double)balance.count / (double)findings->n_before : 0;
    balance.after = all > 0 ? mass / all : 0;
    return balance;
}

/* Of single classes: next to all others in one, they would be too small to compare. */
static double most_of_all(const struct findings *findings) {
    double most = 0;
    for (int place = 0; place < findings->folding.n; place++) {
        if (findings->folding.class_at[place] < 0)
            continue;
        struct balance balance = balance_at(findings, place);
        most = fmax(most, fmax(balance.before, balance.after));
    }
    return most;
}

static void balance_row(const struct findings *findings, int place, double most,
                        struct text *page) {
    struct balance balance = balance_at(findings, place);
    text_string(page, "<tr><th scope=\"row\">");
    page_class(findings, place, page);
    if (findings->folding.class_at[place] < 0)
        text_string(page, "</th><td class=\"plot\"></td><td>");
    else
        text_format(page,
                    "</th><td class=\"plot\"><svg width=\"100%%\" height=\"18\" "
                    "aria-hidden=\"true\"><rect class=\"before\" y=\"1\" width=\"%.2f%%\" "
                    "height=\"7\" rx=\"1.5\"/><rect class=\"after\" y=\"10\" width=\"%.2f%%\" "
                    "height=\"7\" rx=\"1.5\"/></svg></td><td>",
                    100 * balance.before / most, 100 * balance.after / most);
    page_count(page, balance.count);
    text_format(page, "</td><td>%.1f&#8239;%%</td><td>%.1f&#8239;%%</td></tr>\n",
                100 * balance.before, 100 * balance.after);
}

static void balance_table(const struct findings *findings, int first, int last, double most,
                          struct text *page) {
    text_string(page, "<table class=\"balance\">\n<thead><tr><th scope=\"col\">Class</th>"
                      "<td class=\"plot\"></td><th scope=\"col\">Count</th>"
                      "<th scope=\"col\">Before</th><th scope=\"col\">After</th></tr></thead>\n"
                      "<tbody>\n");
    for (int place = first; place < last; place++)
        balance_row(findings, place, most, page);
    text_string(page, "</tbody></table>\n");
}

void page_balance(const struct findings *findings, struct text *page) {
    enum { ONE_TABLE = 12 };
    int n = findings->folding.n, tables = n <= ONE_TABLE ? 1 : n <= 2 * ONE_TABLE ? 2 : 3;
    double most = most_of_all(findings);
    page_section(page, "balance", "Class balance",
                 "How much of the data set each class has: by count before mixing, by the sum of "
                 "the soft labels after it.");
    text_string(page, "<p class=\"key\"><svg width=\"12\" height=\"10\" aria-hidden=\"true\">"
                      "<rect class=\"before\" width=\"12\" height=\"10\" rx=\"2\"/></svg> before "
                      "<svg width=\"12\" height=\"10\" aria-hidden=\"true\"><rect class=\"after\" "
                      "width=\"12\" height=\"10\" rx=\"2\"/></svg> after</p>\n");
    text_format(page, "<div class=\"tables t%d\"%s>\n", tables,
                tables == 3 ? " tabindex=\"0\" role=\"region\" aria-label=\"Class balance\"" : "");
    for (int t = 0; t < tables; t++)
        balance_table(findings, n * t / tables, n * (t + 1) / tables, most > 0 ? most : 1, page);
    text_string(page, "</div>\n</section>\n");
}

/* --- histograms --- */

enum { TOP = 22, GROUND = 168, CHART_HEIGHT = 212 }; // pixels
static const double LEFT = 10, WIDE = 89;            // per cent

/* The distance of lines on an axis of this length: at most five of them. */
static double step_of(double length) {
    double step = pow(10, floor(log10(length / 5)));
    static const double factors[] = {1, 2, 2.5, 5, 10};
    for (int i = 0; i < 5; i++)
        if (length / (step * factors[i]) <= 5 + 1e-9)
            return step * factors[i];
    return step * 10;
}

static int decimals_of(double step) {
    int decimals = 0;
    for (; decimals < 3 && fabs(step - round(step)) > 1e-6; decimals++)
        step *= 10;
    return decimals;
}

static void grid_lines(double most, struct text *page) {
    double step = step_of(100 * most);
    for (int i = 0; i * step <= 100 * most + 1e-9; i++) {
        double y = GROUND - (GROUND - TOP) * (i * step) / (100 * most);
        text_format(page,
                    "<line class=\"grid\" x1=\"%.0f%%\" x2=\"99%%\" y1=\"%.1f\" y2=\"%.1f\"/>"
                    "<text class=\"end\" x=\"%.1f%%\" y=\"%.1f\">%.*f%s</text>\n",
                    LEFT, y, y, LEFT - 1.2, y + 4, decimals_of(step), i * step,
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
                    "height=\"%.1f\" rx=\"1.5\"><title>%.3g to %.3g: %llu samples, %.1f %%</title>"
                    "</rect>\n",
                    LEFT + i * wide + 0.1 * wide, 0.8 * wide, GROUND - fmax(high, 1), fmax(high, 1),
                    i * bin, (i + 1) * bin, (unsigned long long)histogram->count[i],
                    100 * (double)histogram->count[i] / (double)histogram->all);
    }
}

static void axis(double high, const char *name, struct text *page) {
    double step = step_of(high);
    for (int i = 0; i * step <= high + 1e-9; i++)
        text_format(page, "<text class=\"middle\" x=\"%.2f%%\" y=\"%d\">%.*f</text>",
                    LEFT + WIDE * fmin(i * step / high, 0.985), GROUND + 18, decimals_of(step),
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
                "role=\"img\" aria-label=\"Histogram: %s of %llu samples, mean %.2f%s\">\n",
                heading, CHART_HEIGHT, name, (unsigned long long)histogram->all, histogram->mean,
                unit);
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

/* --- intrinsic dimension --- */

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
    double step = step_of(high);
    for (int i = 0; i * step <= high + 1e-9; i++) {
        double x = 1 + 97 * i * step / high;
        text_format(page,
                    "<line class=\"grid\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>"
                    "<text class=\"middle\" x=\"%.2f%%\" y=\"%d\">%.*f</text>",
                    x, x, ROW_FIRST - 6, AXIS_Y - 10, fmax(x, 2), AXIS_Y + 6, decimals_of(step),
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
