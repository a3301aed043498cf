#include "base/float_text.h"

#include "base/decimal.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS = 9 }; // nine significant digits tell any two floats apart

/* --- short decimals --- */

/* value = digits · 10^-shift */
struct decimal {
    uint64_t digits;
    int shift;
};

static struct decimal rounded(float value, int shift) {
    return (struct decimal){(uint64_t)(value * DECIMAL_POWER[shift] + 0.5), shift};
}

/* Decimals that give the value nine significant digits. 1e-12 ≤ value < 1e7 */
static int nine_digits(float value) {
    int shift = DIGITS; // right for 0.1 ≤ value < 1
    while (value * DECIMAL_POWER[shift] >= DECIMAL_POWER[DIGITS])
        shift--;
    while (value * DECIMAL_POWER[shift] < DECIMAL_POWER[DIGITS - 1])
        shift++;
    return shift;
}

/* The fewest digits that still read back as value. */
static struct decimal shortest(float value) {
    struct decimal best = rounded(value, nine_digits(value));
    while (best.shift > 1) {
        struct decimal next = rounded(value, best.shift - 1);
        if ((float)((double)next.digits / DECIMAL_POWER[next.shift]) != value)
            break;
        best = next;
    }
    return best;
}

/* Whole part, point, and `shift` ≥ 1 digits behind it. */
static char *put_decimal(char *at, struct decimal decimal) {
    uint64_t whole = 0;
    if ((double)decimal.digits >= DECIMAL_POWER[decimal.shift])
        whole = decimal.digits / (uint64_t)DECIMAL_POWER[decimal.shift];
    at = put_unsigned(at, whole);
    *at++ = '.';
    put_digits(at, decimal.digits, decimal.shift);
    return at + decimal.shift;
}

static char *put_anew(char *at, float value) {
    if (value < 0) {
        *at++ = '-';
        value = -value;
    }
    if (value < 1e-12f || value >= 1e9f)
        return at + snprintf(at, FLOAT_TEXT_MAX - 1, "%.8e", (double)value);
    if (value >= 1e7f)
        return put_decimal(at, (struct decimal){(uint64_t)rint(value * 10.0), 1});
    return put_decimal(at, shortest(value));
}

/* --- texts of the numbers printed last --- */

enum { KEPT_BITS = 4, KEPT_BYTES = 16 };

/* A row asks for the same share again and again: for its recipe, its label, its list of shares. */
struct kept {
    float value; // 0: none
    uint8_t n;
    char text[KEPT_BYTES]; // (n)
};

/* The one place where the text of a value may be kept: multiplicative hashing (Knuth, The Art of
 * Computer Programming, 6.4) of its bits. */
static struct kept *where_kept(float value) {
    static _Thread_local struct kept kept[1 << KEPT_BITS];
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return &kept[bits * UINT32_C(2654435761) >> (32 - KEPT_BITS)];
}

char *put_float(char *at, float value) {
    if (value == 0)
        return put_bytes(at, "0.0", 3);
    if (value == 1)
        return put_bytes(at, "1.0", 3);
    struct kept *kept = where_kept(value);
    if (kept->value == value) {
        memcpy(at, kept->text, KEPT_BYTES); // all, in one move: at has room
        return at + kept->n;
    }
    char *end = put_anew(at, value);
    if (end - at <= KEPT_BYTES) {
        kept->value = value;
        kept->n = (uint8_t)(end - at);
        memcpy(kept->text, at, KEPT_BYTES);
    }
    return end;
}

void text_float(struct text *text, float value) {
    char *at = text_room(text, FLOAT_TEXT_MAX);
    text->used += (size_t)(put_float(at, value) - at);
}
