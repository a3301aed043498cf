/* What is written into a publication: files, and the record of the job. */
#include "base/publication.h"

#include "base/files.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MOST = 4096 };

static const char NEW_RECORD[] = "." PUBLICATION_RECORD; // until it is complete

/* Makes the folders that name leads through. */
static int make_parents(int folder, const char *name, struct err *err) {
    char path[NAME_MOST];
    for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
        int n = snprintf(path, sizeof path, "%.*s", (int)(slash - name), name);
        if (n >= (int)sizeof path)
            return fail(err, "%s: name too long", name);
        if (mkdirat(folder, path, MODE_FOLDER) < 0 && errno != EEXIST)
            return fail(err, "%s: cannot make this folder: %s", path, strerror(errno));
    }
    return 0;
}

int publication_create(const struct publication *publication, const char *name, struct err *err) {
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int fd = openat(publication->folder, name, flags, MODE_FILE);
    if (fd < 0 && errno == ENOENT) {
        if (make_parents(publication->folder, name, err) < 0)
            return -1;
        fd = openat(publication->folder, name, flags, MODE_FILE);
    }
    return fd >= 0
               ? fd
               : fail(err, "%s/%s: cannot create: %s", publication->partial, name, strerror(errno));
}

int publication_write(const struct publication *publication, const char *name, const void *bytes,
                      size_t n, struct err *err) {
    int fd = publication_create(publication, name, err);
    if (fd < 0)
        return -1;
    return file_close(fd, name, file_write(fd, name, bytes, n, err), err);
}

int publication_write_lines(const struct publication *publication, const char *name, char **lines,
                            int n, struct err *err) {
    struct text text = {0};
    for (int i = 0; i < n; i++) {
        text_string(&text, lines[i]);
        text_string(&text, "\n");
    }
    int result = publication_write(publication, name, text.bytes, text.used, err);
    text_close(&text);
    return result;
}

/* Under another name first, so that there is never half a record. */
int publication_write_record(const struct publication *publication, const void *bytes, size_t n,
                             struct err *err) {
    if (publication_write(publication, NEW_RECORD, bytes, n, err) < 0)
        return -1;
    if (renameat(publication->folder, NEW_RECORD, publication->folder, PUBLICATION_RECORD) < 0)
        return fail(err, "%s: cannot take this name: %s", PUBLICATION_RECORD, strerror(errno));
    return 0;
}
