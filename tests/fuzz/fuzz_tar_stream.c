/* A tar archive on standard input, a pipe, in windows of one to five samples. */
#include "tar_mutator.h"

#include <fcntl.h>
#include <unistd.h>

enum { MOST = 1 << 20 };

/* Inputs are shorter than what a pipe holds. */
static void feed(const uint8_t *bytes, size_t size) {
    int ends[2];
    expect(pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[1], F_SETPIPE_SZ, MOST) >= (int)size &&
               write(ends[1], bytes, size) == (ssize_t)size,
           "there is a pipe");
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct input input = ordeal_input((char *[]){"-"}, size);
    struct memory_file classes = memory_file_open("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n", 20);
    input.window = 1 + (int)(size % 5);
    input.classes = size % 2 ? classes.path : NULL;
    feed(bytes, size);
    ordeal("tar", &input);
    memory_file_close(&classes);
    return 0;
}
