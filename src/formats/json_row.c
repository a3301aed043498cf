#include "formats/json_row.h"

#include "base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS = 9, SHIFT_MAX = 22 }; // nine significant digits tell any two floats apart

static const double POWER_OF_TEN[SHIFT_MAX + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* value = digits · 10^-shift */
struct decimal {
    uint64_t digits;
    int shift;
};

/* The shortest of the nine-digit decimal's roundings that still reads back as value. */
static struct decimal shortest(float value) {
    int shift = 0;
    while (value * POWER_OF_TEN[shift] < POWER_OF_TEN[DIGITS - 1])
        shift++;
    struct decimal best = {(uint64_t)rint(value * POWER_OF_TEN[shift]), shift};
    while (best.shift > 1) {
        struct decimal next = {(best.digits + 5) / 10, best.shift - 1};
        if ((float)((double)next.digits / POWER_OF_TEN[next.shift]) != value)
            break;
        best = next;
    }
    return best;
}

/* `shift` digits after the point, without zeros at the end but for the first. */
static void print_decimal(struct text *text, struct decimal decimal) {
    while (decimal.shift > 1 && decimal.digits % 10 == 0) {
        decimal.digits /= 10;
        decimal.shift--;
    }
    char buffer[40];
    int at = sizeof buffer;
    for (int i = 0; i < decimal.shift; i++, decimal.digits /= 10)
        buffer[--at] = (char)('0' + decimal.digits % 10);
    buffer[--at] = '.';
    do
        buffer[--at] = (char)('0' + decimal.digits % 10);
    while (decimal.digits /= 10);
    text_bytes(text, buffer + at, sizeof buffer - (size_t)at);
}

void json_float(struct text *text, float value) {
    if (signbit(value) && value != 0) {
        text_string(text, "-");
        value = -value;
    }
    if (value == 0) {
        text_string(text, "0.0");
    } else if (value < 1e-12f || value >= 1e9f) {
        char buffer[32];
        snprintf(buffer, sizeof buffer, "%.8e", (double)value);
        text_string(text, buffer);
    } else if (value >= 1e7f) {
        print_decimal(text, (struct decimal){(uint64_t)rint(value * 10.0), 1});
    } else {
        print_decimal(text, shortest(value));
    }
}

static void json_character(struct text *text, const char *character, int length) {
    uint8_t byte = (uint8_t)*character;
    char code[8];
    if (length == 0)
        text_string(text, "\\ufffd");
    else if (byte == '"' || byte == '\\')
        text_bytes(text, (char[]){'\\', (char)byte}, 2);
    else if (byte < 0x20 || byte == 0x7f)
        text_bytes(text, code, (size_t)snprintf(code, sizeof code, "\\u%04x", byte));
    else
        text_bytes(text, character, (size_t)length);
}

void json_string(struct text *text, const char *string) {
    text_string(text, "\"");
    while (*string) {
        int length = utf8_length(string);
        json_character(text, string, length);
        string += length ? length : 1;
    }
    text_string(text, "\"");
}
