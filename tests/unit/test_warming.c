/* Warming: what is not in the system's cache is there afterwards, unless it is too much or a signal
 * has come. On a file system that lives in memory everything is there from the beginning, and some
 * do not tell what is: nothing is shown there. */
#include "sources/warming.h"

#include "base/interrupt.h"

#include "scratch.h"
#include "support.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

enum { FILES = 3, BYTES = (5 << 20) + 777, PAGES_MAX = BYTES / 4096 + 1 };

static int pages_of_all_files(void) {
    int page = (int)sysconf(_SC_PAGESIZE);
    return FILES * ((BYTES + page - 1) / page);
}

struct files {
    char *folder;
    int fd[FILES];
    bool cold; // and the file system tells it
};

static int file(const void *state, int i, uint64_t *size) {
    *size = BYTES;
    return i < FILES ? ((const struct files *)state)->fd[i] : -1;
}

static const struct source SOURCE = {.name = "files", .file = file};

/* Asking by reading would bring them in. */
static int cached_pages(const struct files *files) {
    int cached = 0;
    uint8_t resident[PAGES_MAX];
    for (int i = 0; i < FILES; i++) {
        void *map = mmap(NULL, BYTES, PROT_READ, MAP_SHARED, files->fd[i], 0);
        assert_ptr_not_equal(map, MAP_FAILED);
        assert_int_equal(mincore(map, BYTES, resident), 0);
        munmap(map, BYTES);
        for (int p = 0; p < pages_of_all_files() / FILES; p++)
            cached += resident[p] & 1;
    }
    return cached;
}

/* Files that are on the disk, and nowhere else if the file system has one. Tests have their files
 * in memory mostly; /var/tmp outlives it. */
static void open_cold(struct files *files) {
    uint8_t *bytes = must_calloc(BYTES, 1);
    setenv("TMPDIR", "/var/tmp", 1);
    files->folder = scratch_open();
    for (int i = 0; i < FILES; i++) {
        char *path = path_join(files->folder, (char[]){(char)('a' + i), 0});
        struct err err;
        files->fd[i] = open(path, O_RDWR | O_CREAT, 0600);
        assert_int_equal(file_write(files->fd[i], path, bytes, BYTES, &err), 0);
        assert_int_equal(fsync(files->fd[i]), 0);
        assert_int_equal(posix_fadvise(files->fd[i], 0, 0, POSIX_FADV_DONTNEED), 0);
        free(path);
    }
    free(bytes);
    files->cold = cached_pages(files) == 0 && !file_is_cached_at(files->fd[0], 0);
    if (!files->cold)
        print_message("nothing shown: this file system lives in memory, or does not tell\n");
}

static void close_files(struct files *files) {
    for (int i = 0; i < FILES; i++)
        close(files->fd[i]);
    scratch_close(files->folder);
}

/* Who asks whether a page is there may bring some in. */
static void check_still_cold(const struct files *files) {
    if (files->cold)
        assert_true(cached_pages(files) < pages_of_all_files() / 4);
}

static void files_are_cached_unless_too_large(void **state) {
    (void)state;
    struct err err;
    struct files files;
    struct pool *pool = pool_open(2, &err);
    open_cold(&files);
    warm_files(&SOURCE, &files, FILES * (uint64_t)BYTES - 1, pool);
    check_still_cold(&files);
    warm_files(&SOURCE, &files, FILES * (uint64_t)BYTES, pool);
    if (files.cold)
        assert_int_equal(cached_pages(&files), pages_of_all_files());
    close_files(&files);
    pool_close(pool);
}

/* The last of the tests: signals are not forgotten. */
static void a_signal_ends_it(void **state) {
    (void)state;
    struct err err;
    struct files files;
    struct pool *pool = pool_open(2, &err);
    open_cold(&files);
    interrupt_catch();
    raise(SIGTERM);
    warm_files(&SOURCE, &files, UINT64_MAX, pool);
    check_still_cold(&files);
    close_files(&files);
    pool_close(pool);
}

/* Sources of pictures, or of streams, name no files. */
static void a_source_without_such_files_is_left_alone(void **state) {
    (void)state;
    warm_files(&(const struct source){.name = "none"}, NULL, UINT64_MAX, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_cached_unless_too_large),
        cmocka_unit_test(a_source_without_such_files_is_left_alone),
        cmocka_unit_test(a_signal_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
