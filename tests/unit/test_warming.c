/* Warming: what is not in the system's cache is there afterwards, unless it is too much. On a file
 * system that lives in memory everything is there from the beginning. */
#include "sources/warming.h"

#include "scratch.h"
#include "support.h"

#include <fcntl.h>
#include <sys/mman.h>

enum { FILES = 3, BYTES = 20 << 20, PAGES_MAX = BYTES / 4096 };

static int pages_of_a_file(void) {
    return BYTES / (int)sysconf(_SC_PAGESIZE);
}

struct files {
    int fd[FILES];
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
        for (int p = 0; p < pages_of_a_file(); p++)
            cached += resident[p] & 1;
    }
    return cached;
}

/* Files that are on the disk, and nowhere else if the file system has one. */
static void open_cold(struct files *files, const char *folder) {
    uint8_t *bytes = must_calloc(BYTES, 1);
    for (int i = 0; i < FILES; i++) {
        char *path = path_join(folder, (char[]){(char)('a' + i), 0});
        struct err err;
        files->fd[i] = open(path, O_RDWR | O_CREAT, 0600);
        assert_int_equal(file_write(files->fd[i], path, bytes, BYTES, &err), 0);
        assert_int_equal(fsync(files->fd[i]), 0);
        assert_int_equal(posix_fadvise(files->fd[i], 0, 0, POSIX_FADV_DONTNEED), 0);
        free(path);
    }
    free(bytes);
}

static void files_are_cached_unless_too_large(void **state) {
    (void)state;
    struct err err;
    struct files files;
    char *folder = scratch_open();
    struct pool *pool = pool_open(2, &err);
    open_cold(&files, folder);
    int cold = cached_pages(&files);
    warm_files(&SOURCE, &files, FILES * (uint64_t)BYTES - 1, pool);
    assert_int_equal(cached_pages(&files), cold);
    warm_files(&SOURCE, &files, FILES * (uint64_t)BYTES, pool);
    assert_int_equal(cached_pages(&files), FILES * pages_of_a_file());
    if (cold == FILES * pages_of_a_file())
        print_message("nothing shown: this file system lives in memory\n");
    for (int i = 0; i < FILES; i++)
        close(files.fd[i]);
    pool_close(pool);
    scratch_close(folder);
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
