/* Streams: what goes by only once, as standard input, FIFOs, devices and other pipes do, and how
 * paths name what is open already. */
#ifndef MIXSMITH_STREAMS_H
#define MIXSMITH_STREAMS_H

#include "base/fail.h"

#include <stdbool.h>

/* Whether path can be read only once: "-", which is standard input, a FIFO, a device. */
bool path_is_stream(const char *path);

/* Opens that for reading. The descriptor, on which reads may not wait (see interrupt_wait), or -1.
 */
int stream_open(const char *path, struct err *err);

/* A descriptor of its own for the pipe behind fd, on which no write waits where a signal could not
 * end it; others who write there see no difference. fd where it is no pipe, or cannot be had. */
int pipe_reopen(int fd);

/* The descriptor that a path means, as /dev/fd/3 and /dev/stderr do; -1: it is a file's. */
int descriptor_named(const char *path);

#endif
