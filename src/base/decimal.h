/* Decimal numbers: text to double, correctly rounded, whatever the locale. */
#ifndef MIXSMITH_DECIMAL_H
#define MIXSMITH_DECIMAL_H

/* 10^i; doubles hold those up to 10^22 and no further ones exactly. */
enum { DECIMAL_POWERS = 23 };
extern const double DECIMAL_POWER[DECIMAL_POWERS];

/* Parses a whole text as a finite number; -1 where it is none. */
int parse_number(const char *text, double *number);

#endif
