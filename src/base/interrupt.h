/* Signals: an interrupt asks the run to stop where it is safe; a second one stops it at once. */
#ifndef MIXSMITH_INTERRUPT_H
#define MIXSMITH_INTERRUPT_H

#include "base/fail.h"

#include <stdbool.h>

/* Catches SIGINT, SIGTERM and SIGHUP unless the caller had them ignored, as nohup does; ignores
 * SIGPIPE and SIGXFSZ, so that writes fail instead. */
void interrupt_catch(void);

/* The signal that asked for a stop, or 0. */
int interrupted(void);

/* -1 once a signal has asked for a stop: for loops that may take long. */
int interrupt_check(struct err *err);

/* Waits until fd is ready for events (poll.h); false where a signal has asked for a stop and it
 * does not become ready within patience milliseconds. Any thread: a signal ends the waiting of all.
 */
bool interrupt_wait(int fd, short events, int patience);

#endif
