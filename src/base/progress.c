#include "base/progress.h"

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

/* Slow ones have figures behind the point. */
void short_rate(char *out, size_t size, double n, double seconds) {
    double rate = seconds > 0 ? n / seconds : 0;
    if (rate < 9.995)
        snprintf(out, size, "%.3g", rate);
    else
        short_number(out, size, rate);
    snprintf(out + strlen(out), size - strlen(out), "/s");
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

void progress_line(char *line, size_t size, uint64_t done, uint64_t total, double seconds) {
    char bar[BAR + 1], made[SHORT], all[SHORT], rate[SHORT], left[SHORT] = "?";
    double per_second = seconds > 0 ? (double)done / seconds : 0;
    short_number(made, sizeof made, (double)done);
    short_rate(rate, sizeof rate, (double)done, seconds);
    if (total == UINT64_MAX) {
        snprintf(line, size, "%s  %s", made, rate);
        return;
    }
    double part = total ? (double)done / (double)total : 1;
    int full = (int)(part * BAR);
    memset(bar, ' ', BAR);
    memset(bar, '=', (size_t)full);
    if (full < BAR)
        bar[full] = '>';
    bar[BAR] = 0;
    short_number(all, sizeof all, (double)total);
    if (done > 0)
        short_time(left, sizeof left, (double)(total - done) / per_second);
    snprintf(line, size, "[%s] %3.0f %%  %s of %s  %s  %s left", bar, 100 * part, made, all, rate,
             left);
}
