/* Codecs: the encodings of files that are read or written, one row each, which lies in the file
 * that knows the codec. The rows are for people (mixsmith list codecs): none of the libraries tells
 * its version at run time. */
#ifndef MIXSMITH_CODECS_H
#define MIXSMITH_CODECS_H

struct codec {
    const char *name, *help;
    const char *reader, *writer; // the libraries that do it; NULL: it is not read, not written
    const char *option;          // of the command line, says how it is written; NULL: there is none
};

extern const struct codec *const CODECS[]; // (N_CODECS)
extern const int N_CODECS;

#endif
