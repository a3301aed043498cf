/* Signals: an interrupt asks the run to stop where it is safe; a second one stops it at once. */
#ifndef MIXSMITH_INTERRUPT_H
#define MIXSMITH_INTERRUPT_H

/* Catches SIGINT, SIGTERM and SIGHUP unless the caller had them ignored, as nohup does; ignores
 * SIGPIPE and SIGXFSZ, so that writes fail instead. */
void interrupt_catch(void);

/* The signal that asked for a stop, or 0. */
int interrupted(void);

#endif
