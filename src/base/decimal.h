/* Decimal numbers: text to double, correctly rounded, whatever the locale. */
#ifndef MIXSMITH_DECIMAL_H
#define MIXSMITH_DECIMAL_H

/* Parses a whole text as a finite number; -1 where it is none. */
int parse_number(const char *text, double *number);

#endif
