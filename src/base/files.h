/* Files: whole reads of regular files, full writes; the names in folders; the parts of paths. Every
 * message names the file. */
#ifndef MIXSMITH_FILES_H
#define MIXSMITH_FILES_H

#include "base/arena.h"
#include "base/fail.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* What is made may be read and written by everybody, as far as the user's umask(2) allows. */
enum { MODE_FILE = 0666, MODE_FOLDER = 0777 };

enum file_kind { FILE_MISSING, FILE_REGULAR, FILE_FOLDER, FILE_ELSE };

/* What path leads to, links followed. */
enum file_kind file_kind(const char *path);

/* Opens a regular file for reading; a FIFO or a device is refused without waiting for it. The
 * descriptor, or -1. size: its bytes. */
int file_open(const char *path, uint64_t *size, struct err *err);

/* n bytes from offset, all of them. */
int file_read_at(int fd, const char *path, void *bytes, size_t n, uint64_t offset, struct err *err);

/* Whether the byte at offset can be read without waiting for a disk, or nobody can tell. */
bool file_is_cached_at(int fd, uint64_t offset);

/* The first `most` bytes of a regular file, or all of it where it is shorter; they lie in the
 * arena, followed by a zero byte. */
int file_read(const char *path, size_t most, struct arena *arena, uint8_t **bytes, size_t *size,
              struct err *err);

/* All n bytes, whatever the pieces the system takes them in; a disk begins to write many of them at
 * once, so that a flush has little left to do. name is for messages. */
int file_write(int fd, const char *name, const void *bytes, size_t n, struct err *err);

/* Closes what was written, unless fd is -1. Returns result, or -1 where it was 0 and closing fails:
 * the first error counts. */
int file_close(int fd, const char *name, int result, struct err *err);

/* Bytes in one of several places, as writev(2) gathers them. */
struct buffer {
    const void *bytes;
    size_t n;
};

/* As file_write does, n buffers one behind the other. */
int file_write_buffers(int fd, const char *name, const struct buffer *buffers, size_t n,
                       struct err *err);

/* --- folders.c --- */

/* Names in a folder but those that begin with a dot, in byte order; owned by the caller
 * (strings_free). */
int folder_names(const char *path, char ***names, size_t *n, struct err *err);

/* Whether there is a folder in a folder, hidden ones apart. */
bool folder_has_folders(const char *path);

/* Whether path is a folder that holds nothing, not even what is hidden. */
bool folder_is_empty(const char *path);

/* n strings, each of its own: in byte order; freed, with the array. */
void strings_sort(char **strings, size_t n);
void strings_free(char **strings, size_t n);

/* "folder/name" where that is a file, else NULL; owned by the caller. And whether there is one. */
char *file_in(const char *folder, const char *name);
bool has_file(const char *folder, const char *name);

/* Flushes the folder that path lies in, so that its name lasts. */
int folder_flush_parent(const char *path, struct err *err);

/* --- paths.c --- */

/* "a/b": owned by the caller. */
char *path_join(const char *a, const char *b);

/* Path without slashes at its end, but the root's own. Owned by the caller. */
char *path_trimmed(const char *path);

/* What comes after the last slash; slashes at the end do not count. Owned by the caller. */
char *path_base(const char *path);

/* The folder that path lies or would lie in, as given: "." where it names none. Owned by the
 * caller. */
char *path_parent(const char *path);

/* What an output is called while it grows, "path.partial": owned by the caller. */
char *path_partial(const char *path);

bool ends_with(const char *path, const char *suffix);

/* Whether path is the folder root or lies below it, links followed. False where one of them does
 * not exist. */
bool path_is_inside(const char *path, const char *root);

/* Whether both lead to one file or folder. */
bool path_is_same(const char *a, const char *b);

#endif
