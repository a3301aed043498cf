/* Warming: what is not in the system's cache is there afterwards, unless it is too much or a signal
 * has come. On a file system that lives in memory everything is there from the beginning, and some
 * do not tell what is: where the system is to say otherwise, the tests answer in its place, and
 * count what is read. */
#include "sources/warming.h"

#include "base/interrupt.h"

#include "scratch.h"
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>

enum { FILES = 3, BYTES = (5 << 20) + 777, PAGES_MAX = BYTES / 4096 + 1 };

/* --- the system --- */

static enum { AS_IT_IS, COLD, CACHED } cache;
static atomic_ullong bytes_read;

ssize_t preadv2(int fd, const struct iovec *vector, int n, off_t at, int flags) {
    if (cache == AS_IT_IS)
        return syscall(SYS_preadv2, fd, vector, n, at, 0, flags);
    errno = EAGAIN;
    return cache == COLD ? -1 : 1;
}

ssize_t pread(int fd, void *bytes, size_t n, off_t at) {
    ssize_t got = syscall(SYS_pread64, fd, bytes, n, at);
    atomic_fetch_add(&bytes_read, (unsigned long long)(got < 0 ? 0 : got));
    return got;
}

/* --- its real cache --- */

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
    cache = AS_IT_IS;
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

static int warm(const struct files *files, uint64_t most, struct pool *pool) {
    struct err err;
    return warm_files(&SOURCE, files, most, pool, NULL, &err);
}

static void files_are_cached_unless_too_large(void **state) {
    (void)state;
    struct err err;
    struct files files;
    struct pool *pool = pool_open(2, &err);
    open_cold(&files);
    assert_int_equal(warm(&files, FILES * (uint64_t)BYTES - 1, pool), 0);
    check_still_cold(&files);
    assert_int_equal(warm(&files, FILES * (uint64_t)BYTES, pool), 0);
    if (files.cold)
        assert_int_equal(cached_pages(&files), pages_of_all_files());
    close_files(&files);
    pool_close(pool);
}

/* Sources of pictures, or of streams, name no files. */
static void a_source_without_such_files_is_left_alone(void **state) {
    (void)state;
    struct err err;
    const struct source none = {.name = "none"};
    assert_int_equal(warm_files(&none, NULL, UINT64_MAX, NULL, NULL, &err), 0);
}

/* --- the tests' own --- */

enum { LARGE = (24 << 20) + 777 }; // bytes of a file, of which there are none on the disk
static const uint64_t ALL = FILES * (uint64_t)LARGE;

static int large_file(const void *state, int i, uint64_t *size) {
    *size = LARGE;
    return i < FILES ? *(const int *)state : -1;
}

static const struct source LARGE_FILES = {.name = "files", .file = large_file};

struct words {
    int n, interrupt; // the number of the word at which a signal comes; 0: none
    uint64_t done;    // by the last
    unsigned long long read;
    pthread_t teller;
};

/* Nothing is told that has not been read, all by the thread that asked for it. */
static void hear(void *data, const struct progress *progress) {
    struct words *words = data;
    assert_string_equal(progress->stage, "reading");
    assert_string_equal(progress->unit, "B");
    assert_true(progress->total == ALL);
    assert_true(progress->done == atomic_load(&bytes_read));
    assert_true(words->n == 0 ? progress->done == 0 : progress->done > words->done);
    assert_true(pthread_equal(pthread_self(), words->teller));
    words->done = progress->done;
    if (++words->n == words->interrupt)
        raise(SIGTERM);
}

/* Large files by three threads; words->read: the bytes that this took. */
static int warm_large(uint64_t most, struct words *words, struct err *err) {
    struct watch watch = {hear, words};
    struct pool *pool = pool_open(3, err);
    int fd = memfd_create("large", 0);
    assert_int_equal(ftruncate(fd, LARGE), 0);
    words->teller = pthread_self();
    atomic_store(&bytes_read, 0);
    int result = warm_files(&LARGE_FILES, &fd, most, pool, &watch, err);
    words->read = atomic_load(&bytes_read);
    close(fd);
    pool_close(pool);
    return result;
}

static void it_is_told_how_much_is_read(void **state) {
    (void)state;
    struct words words = {.n = 0};
    struct err err;
    cache = COLD;
    assert_int_equal(warm_large(ALL, &words, &err), 0);
    assert_true(words.read == ALL);
    assert_true(words.n > 2 && words.done < ALL);
}

static void what_has_no_room_is_not_read(void **state) {
    (void)state;
    struct words words = {.n = 0};
    struct err err;
    cache = COLD;
    assert_int_equal(warm_large(ALL - 1, &words, &err), 0);
    assert_true(words.read == 0);
    assert_int_equal(words.n, 0);
}

static void what_is_cached_is_not_read(void **state) {
    (void)state;
    struct words words = {.n = 0};
    struct err err;
    cache = CACHED;
    assert_int_equal(warm_large(ALL, &words, &err), 0);
    assert_true(words.read == 0);
    assert_int_equal(words.n, 0);
}

/* --- signals, which are not forgotten: the last of the tests --- */

static void a_signal_ends_it_in_the_middle(void **state) {
    (void)state;
    struct words words = {.interrupt = 2};
    struct err err;
    cache = COLD;
    interrupt_catch();
    assert_int_equal(warm_large(ALL, &words, &err), -1);
    assert_string_equal(err.text, "interrupted");
    assert_int_equal(words.n, 2);
    assert_true(words.read == words.done);
}

static void a_signal_ends_the_next_at_once(void **state) {
    (void)state;
    struct err err;
    struct files files;
    struct pool *pool = pool_open(2, &err);
    open_cold(&files);
    assert_int_equal(warm_files(&SOURCE, &files, UINT64_MAX, pool, NULL, &err), -1);
    assert_string_equal(err.text, "interrupted");
    check_still_cold(&files);
    close_files(&files);
    pool_close(pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_cached_unless_too_large),
        cmocka_unit_test(a_source_without_such_files_is_left_alone),
        cmocka_unit_test(it_is_told_how_much_is_read),
        cmocka_unit_test(what_has_no_room_is_not_read),
        cmocka_unit_test(what_is_cached_is_not_read),
        cmocka_unit_test(a_signal_ends_it_in_the_middle),
        cmocka_unit_test(a_signal_ends_the_next_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
