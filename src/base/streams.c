#include "base/streams.h"

#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DESCRIPTOR_DIGITS = 9 }; // of a number, at most

bool path_is_stream(const char *path) {
    return strcmp(path, "-") == 0 || file_kind(path) == FILE_ELSE;
}

/* A FIFO may lack its writer still; whoever polls waits for the first. */
int stream_open(const char *path, struct err *err) {
    int fd = strcmp(path, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                    : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    return fd < 0 ? fail(err, "%s: %s", path, strerror(errno)) : fd;
}

int pipe_reopen(int fd) {
    struct stat status;
    char path[32];
    if (fstat(fd, &status) < 0 || !S_ISFIFO(status.st_mode))
        return fd;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int own = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    return own < 0 ? fd : own;
}

int descriptor_named(const char *path) {
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    static const char *const standard[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (strcmp(path, standard[fd]) == 0)
            return fd;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        const char *digits = path + strlen(folders[i]);
        if (strncmp(path, folders[i], strlen(folders[i])) == 0 && *digits &&
            strlen(digits) <= DESCRIPTOR_DIGITS && digits[strspn(digits, "0123456789")] == 0)
            return atoi(digits);
    }
    return -1;
}
