/* Shares for people's eyes: the soft label's classes by size, the sources that are shown, and whole
 * numbers that add up. */
#ifndef MIXSMITH_SHARES_H
#define MIXSMITH_SHARES_H

/* Cuts total into whole parts in proportion to n shares, each rounded up or down, by the largest
 * remainder (Hamilton), ties to the lower index. All shares 0: all parts are. */
void apportion(const float *share, int n, int total, int *part);

struct share {
    int label; // class
    float share;
    int percent;
};

/* The classes that have a share, the largest first, ties to the lower index; percentages add up to
 * the rounded sum of the soft label. shares: room for n_classes. Returns how many. */
int shares_of(const float *soft_label, int n_classes, struct share *shares);

/* A share that has a place where there is room for few. */
struct shown {
    int index, percent;
};

/* Of n sources' shares, the sample's own first: that one, and the greatest of the others by falling
 * share, ties to what came first. shown: room for `most`; *rest: the percentage of those without a
 * place. All percentages add up to 100. Returns how many are shown. */
int shares_show(const float *share, int n, int most, struct shown *shown, int *rest);

/* "63 %"; "<1 %" for a share that rounds to nothing, "0 %" for a share of 0. */
enum { PERCENT_TEXT = 16 };
void percent_print(int percent, double share, char text[PERCENT_TEXT]);

#endif
