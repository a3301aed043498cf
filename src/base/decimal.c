#include "base/decimal.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 19 }; // that fit a uint64_t, whatever they are

static const uint64_t EXACT_MAX = (uint64_t)1 << 53; // up to which doubles hold every whole number

const double DECIMAL_POWER[DECIMAL_POWERS] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};

/* Where a double holds all digits as a whole number, and the power of ten as well, one division
 * rounds once: the nearest double (Clinger, PLDI 1990). False: the text is longer than that, or has
 * another form. */
static bool parse_short(const char *text, double *number) {
    const char *at = text + (*text == '-'), *point = NULL;
    uint64_t digits = 0;
    int n = 0;
    for (; n <= DIGITS_MAX; at++) {
        unsigned digit = (unsigned)*at - '0';
        if (digit <= 9) {
            digits = digits * 10 + digit;
            n++;
        } else if (*at == '.' && !point)
            point = at + 1;
        else
            break;
    }
    if (*at || n == 0 || n > DIGITS_MAX || digits > EXACT_MAX)
        return false;
    double size = (double)digits / DECIMAL_POWER[point ? at - point : 0];
    *number = *text == '-' ? -size : size;
    return true;
}

int parse_number(const char *text, double *number) {
    if (parse_short(text, number))
        return 0;
    char *end;
    bool decimal = text[strspn(text, "+-.0123456789eE")] == 0;
    *number = strtod(text, &end);
    return decimal && end != text && *end == 0 && isfinite(*number) ? 0 : -1;
}
