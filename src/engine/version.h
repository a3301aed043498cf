/* The version of mixsmith: part of every output's record, because other versions may make other
 * bytes. */
#ifndef MIXSMITH_VERSION_H
#define MIXSMITH_VERSION_H

#define MIXSMITH_VERSION "0.1.0"

#endif
