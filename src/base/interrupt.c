#include "base/interrupt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static atomic_int signal_seen; // by any thread
static int bell = -1;          // a descriptor that can be read from the first signal on

static void note(int signal_number) {
    const uint64_t once = 1;
    int error = errno;
    signal_seen = signal_number;
    ssize_t rung = write(bell, &once, sizeof once);
    (void)rung; // a bell that has been rung before is enough
    errno = error;
}

void interrupt_catch(void) {
    struct sigaction once = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND | SA_RESTART};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    int stops[] = {SIGINT, SIGTERM, SIGHUP};
    bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        struct sigaction inherited;
        if (sigaction(stops[i], NULL, &inherited) == 0 && inherited.sa_handler != SIG_IGN)
            sigaction(stops[i], &once, NULL);
    }
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
}

int interrupted(void) {
    return signal_seen;
}

int interrupt_check(struct err *err) {
    return interrupted() ? fail(err, "interrupted") : 0;
}

/* What is wrong with fd, the call that follows finds out. */
bool interrupt_wait(int fd, short events, int patience) {
    for (;;) {
        bool stop = interrupted();
        struct pollfd ends[] = {{.fd = fd, .events = events}, {.fd = bell, .events = POLLIN}};
        int n = poll(ends, stop ? 1 : 2, stop ? patience : -1);
        if (ends[0].revents || (n < 0 && errno != EINTR))
            return true;
        if (n == 0)
            return false;
    }
}
