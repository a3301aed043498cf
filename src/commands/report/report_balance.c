/* Class balance in a report: bars of what each class has before and after mixing, in one table or
 * in several side by side. */
#include "commands/report.h"

#include <math.h>

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
