#include "base/progress.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { BAR = 24, SHORT = 48 };

void short_number(char *out, size_t size, double number) {
    static const char *const units[] = {"", " k", " M", " G", " T"};
    size_t unit = 0;
    while (number >= 999.5 && unit + 1 < sizeof units / sizeof *units) {
        number /= 1000;
        unit++;
    }
    int decimals = unit == 0 || number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
    snprintf(out, size, "%.*f%s", decimals, number, units[unit]);
}

/* 120000000 B → "120 MB". */
static void append_unit(char *out, size_t size, const char *unit) {
    size_t used = strlen(out);
    bool prefixed = used > 0 && out[used - 1] > '9';
    snprintf(out + used, size - used, "%s%s", *unit && !prefixed ? " " : "", unit);
}

static void print_amount(char *out, size_t size, uint64_t n, const char *unit) {
    short_number(out, size, (double)n);
    append_unit(out, size, unit);
}

/* Slow ones have figures behind the point. */
static void print_rate(char *out, size_t size, double n, const char *unit, double seconds) {
    double rate = seconds > 0 ? n / seconds : 0;
    if (rate < 9.995)
        snprintf(out, size, "%.3g", rate);
    else
        short_number(out, size, rate);
    append_unit(out, size, unit);
    snprintf(out + strlen(out), size - strlen(out), "/s");
}

void short_rate(char *out, size_t size, double n, double seconds) {
    print_rate(out, size, n, "", seconds);
}

void short_time(char *out, size_t size, double seconds) {
    long long s = (long long)(seconds + 0.5);
    if (seconds < 9.995)
        snprintf(out, size, "%.2f s", seconds);
    else if (s < 60)
        snprintf(out, size, "%lld s", s);
    else if (s < 3600)
        snprintf(out, size, "%lld min %02lld s", s / 60, s % 60);
    else
        snprintf(out, size, "%lld h %02lld min", s / 3600, s / 60 % 60);
}

static void print_bar(char bar[BAR + 1], double part) {
    int full = (int)(part * BAR);
    memset(bar, ' ', BAR);
    memset(bar, '=', (size_t)full);
    if (full < BAR)
        bar[full] = '>';
    bar[BAR] = 0;
}

void progress_line(char *line, size_t size, const struct progress *progress, double seconds) {
    char bar[BAR + 1], made[SHORT], all[SHORT], rate[SHORT], left[SHORT] = "?";
    const char *stage = progress->stage, *unit = progress->unit, *gap = *stage ? " " : "";
    double done = (double)progress->done, total = (double)progress->total;
    double part = progress->total ? done / total : 1;
    print_amount(made, sizeof made, progress->done, unit);
    print_rate(rate, sizeof rate, done, unit, seconds);
    if (progress->total == UINT64_MAX) {
        snprintf(line, size, "%s%s%s  %s", stage, gap, made, rate);
        return;
    }
    print_bar(bar, part);
    print_amount(all, sizeof all, progress->total, unit);
    if (done > 0 && seconds > 0)
        short_time(left, sizeof left, (total - done) * seconds / done);
    snprintf(line, size, "%s%s[%s] %3.0f %%  %s of %s  %s  %s left", stage, gap, bar, 100 * part,
             made, all, rate, left);
}

void watch_tell(const struct watch *watch, struct progress progress) {
    if (watch)
        watch->tell(watch->data, &progress);
}
