/* Shares for people's eyes: the soft label's classes by size, and whole numbers that add up. */
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

/* "63 %"; "<1 %" for a share that rounds to nothing, "0 %" for a share of 0. */
enum { PERCENT_TEXT = 16 };
void percent_print(int percent, double share, char text[PERCENT_TEXT]);

#endif
