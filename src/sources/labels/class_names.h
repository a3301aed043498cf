/* Class names: one a line, in the order of their indices, from the file that the job names
 * (--classes) or from one beside the data; numbers where there is neither. */
#ifndef MIXSMITH_CLASS_NAMES_H
#define MIXSMITH_CLASS_NAMES_H

#include "base/fail.h"

enum { CLASSES_MAX = 1 << 20 };

struct class_names {
    char *path;   // of the file; NULL: numbers
    char **names; // (n) as names.h writes them
    int n;
};

/* The names in the file at path: different ones, none empty; empty lines at the end do not count.
 * *n ≥ 1. Owned by the caller (strings_free); none after an error. */
int class_names_read(const char *path, char ***names, int *n, struct err *err);

/* Reads `given`, or else the file `beside` in the folder that holds data_path, which may be
 * missing: then n stays 0 until the classes are numbered. class_names_close follows in any case. */
int class_names_open(struct class_names *classes, const char *given, const char *data_path,
                     const char *beside, struct err *err);

/* -1: the file `beside` in the folder that holds data_path has other names. */
int class_names_compare(const struct class_names *classes, const char *data_path,
                        const char *beside, struct err *err);

/* n ≥ 1 names where there are none yet: "0" .. "9", "00" .. "99", as many digits each as the last
 * has. */
void class_names_number(struct class_names *classes, int n);

void class_names_close(struct class_names *classes);

#endif
