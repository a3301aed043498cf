#include "sources/archives/tar_walk.h"

#include "base/interrupt.h"
#include "base/memory.h"
#include "base/words.h"
#include "formats/pax.h"
#include "formats/tar.h"

#include <stdlib.h>

enum {
    EXTRA_MAX = 1 << 20, // bytes of a long name or of pax records
    FIRST_PIECE = 1 << 16,
};

void tar_walk_open(struct tar_walk *walk, const struct tar_bytes *bytes) {
    *walk = (struct tar_walk){.bytes = *bytes};
}

void tar_walk_close(struct tar_walk *walk) {
    text_close(&walk->path);
    tar_bytes_close(&walk->bytes);
}

static int cut_short(const struct tar_walk *walk, struct err *err) {
    return fail(err,
                "%s: %s is cut short: it begins at byte %llu and holds %llu byte%s, but the "
                "archive ends at byte %llu",
                walk->bytes.archive, walk->path.used ? walk->path.bytes : "a header",
                (unsigned long long)walk->header, (unsigned long long)walk->data_size,
                s_of(walk->data_size), (unsigned long long)walk->bytes.size);
}

int tar_walk_data(struct tar_walk *walk, uint8_t **bytes, struct err *err) {
    size_t room = 0, got;
    *bytes = NULL;
    for (uint64_t done = 0; done < walk->data_size; done += got) {
        uint64_t want = room ? 2 * (uint64_t)room : FIRST_PIECE;
        room = want < walk->data_size ? (size_t)want : (size_t)walk->data_size;
        *bytes = must_realloc(*bytes, room);
        if (tar_bytes_take(&walk->bytes, *bytes + done, room - done, &got, err) < 0)
            return -1;
        if (got < room - done)
            return cut_short(walk, err);
    }
    return 0;
}

/* --- headers --- */

/* 1: a member's header; 0: the end. */
static int read_header(struct tar_walk *walk, struct tar_member *member, struct err *err) {
    uint8_t block[TAR_BLOCK] = {0};
    struct err why;
    size_t got;
    if (interrupt_check(err) < 0 || tar_bytes_pass(&walk->bytes, walk->next, err) < 0)
        return -1;
    if (walk->bytes.at < walk->data + walk->data_size)
        return cut_short(walk, err);
    walk->header = walk->bytes.at;
    if (tar_bytes_take(&walk->bytes, block, sizeof block, &got, err) < 0)
        return -1;
    if (tar_is_end(block))
        return 0;
    if (walk->header == 0 && !tar_is_header(block))
        return fail(err, "%s: not a tar archive; a compressed one must be unpacked first",
                    walk->bytes.archive);
    if (got < sizeof block)
        return fail(err, "%s: cut short: %zu of %d bytes of a header at byte %llu",
                    walk->bytes.archive, got, TAR_BLOCK, (unsigned long long)walk->header);
    if (tar_parse(block, member, &why) < 0)
        return fail(err, "%s: byte %llu: %s", walk->bytes.archive, (unsigned long long)walk->header,
                    why.text);
    return 1;
}

static void set_path(struct tar_walk *walk, const void *name, size_t n) {
    walk->path.used = 0;
    text_bytes(&walk->path, name, n);
    text_terminate(&walk->path);
}

/* Where the data of the header that was read last begin and end. */
static int set_extent(struct tar_walk *walk, uint64_t size, struct err *err) {
    walk->data = walk->header + TAR_BLOCK;
    walk->data_size = size;
    walk->next = walk->data + size + tar_padding(size);
    return walk->data + size > walk->bytes.size ? cut_short(walk, err) : 0;
}

/* What precedes a member: its long name, or records. */
static int read_extra(struct tar_walk *walk, const struct tar_member *member, struct pax *pax,
                      struct err *err) {
    uint8_t *bytes;
    struct err why;
    set_path(walk, member->name, strlen(member->name));
    if (set_extent(walk, member->size, err) < 0)
        return -1;
    if (member->size == 0 || (member->type != TAR_LONG_NAME && member->type != TAR_RECORDS))
        return 0;
    if (member->size > EXTRA_MAX)
        return fail(err, "%s: byte %llu: a name or records of %llu bytes: more than %d",
                    walk->bytes.archive, (unsigned long long)walk->header,
                    (unsigned long long)member->size, EXTRA_MAX);
    int result = tar_walk_data(walk, &bytes, err);
    size_t size = (size_t)member->size;
    if (result == 0 && member->type == TAR_LONG_NAME) {
        pax->path.used = 0;
        text_bytes(&pax->path, bytes, strnlen((const char *)bytes, size));
    } else if (result == 0 && pax_parse(pax, bytes, size, &why) < 0) {
        result = fail(err, "%s: byte %llu: %s", walk->bytes.archive,
                      (unsigned long long)walk->header, why.text);
    }
    free(bytes);
    return result;
}

/* What a member is that is no file, or NULL. */
static const char *odd_kind(int type) {
    switch (type) {
    case TAR_HARD_LINK:
        return "a hard link (make the archive with --hard-dereference)";
    case TAR_SYMBOLIC_LINK:
        return "a symbolic link (make the archive with --dereference)";
    case TAR_CHARACTER_DEVICE:
    case TAR_BLOCK_DEVICE:
        return "a device";
    case TAR_FIFO:
        return "a FIFO";
    case TAR_SPARSE:
        return "a file with holes (make the archive without --sparse)";
    case TAR_FILE:
    case TAR_FOLDER:
    case TAR_VOLUME_LABEL:
        return NULL;
    default:
        return "of a kind that mixsmith does not read";
    }
}

static bool leads_out(const char *path) {
    if (path[0] == '/')
        return true;
    for (const char *at = path; at; at = strchr(at, '/')) {
        at += *at == '/';
        if (strncmp(at, "..", 2) == 0 && (at[2] == '/' || at[2] == 0))
            return true;
    }
    return false;
}

static int check_member(const struct tar_walk *walk, int type, struct err *err) {
    const char *odd = odd_kind(type), *path = walk->path.bytes;
    if (odd)
        return fail(err, "%s: %s at byte %llu is %s", walk->bytes.archive, path,
                    (unsigned long long)walk->header, odd);
    if (path[0] == 0)
        return fail(err, "%s: the member at byte %llu has no name", walk->bytes.archive,
                    (unsigned long long)walk->header);
    if (leads_out(path))
        return fail(err, "%s: %s at byte %llu: names that are absolute or hold '..' are refused",
                    walk->bytes.archive, path, (unsigned long long)walk->header);
    return 0;
}

/* The member at hand, as its header and what precedes it say. */
static int meet_member(struct tar_walk *walk, const struct tar_member *member,
                       const struct pax *pax, struct err *err) {
    bool holds_data = member->type < TAR_HARD_LINK || member->type > TAR_FIFO;
    if (pax->path.used)
        set_path(walk, pax->path.bytes, pax->path.used);
    else
        set_path(walk, member->name, strlen(member->name));
    if (check_member(walk, pax->sparse ? TAR_SPARSE : member->type, err) < 0)
        return -1;
    return set_extent(walk, pax->has_size && holds_data ? pax->size : member->size, err);
}

/* 1: a member of any kind; 0: the end. */
static int next_member(struct tar_walk *walk, int *type, struct err *err) {
    struct tar_member member = {0};
    struct pax pax = {0};
    bool extra = false;
    int found;
    while ((found = read_header(walk, &member, err)) > 0) {
        bool is_extra = member.type == TAR_RECORDS || member.type == TAR_GLOBAL_RECORDS ||
                        member.type == TAR_LONG_NAME || member.type == TAR_LONG_LINK;
        extra |= is_extra;
        if (!is_extra) {
            found = meet_member(walk, &member, &pax, err) < 0 ? -1 : 1;
            break;
        }
        if ((found = read_extra(walk, &member, &pax, err)) < 0)
            break;
    }
    if (found == 0 && extra && member.type != TAR_GLOBAL_RECORDS)
        found = fail(err,
                     "%s: cut short: the archive ends at byte %llu, before the member that %s "
                     "speaks of",
                     walk->bytes.archive, (unsigned long long)walk->header, walk->path.bytes);
    text_close(&pax.path);
    *type = member.type;
    return found;
}

int tar_walk_next(struct tar_walk *walk, struct err *err) {
    int found = 0, type = 0;
    while (!walk->ended && (found = next_member(walk, &type, err)) > 0 && type != TAR_FILE)
        continue;
    walk->ended = found == 0;
    return found;
}
