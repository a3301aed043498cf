/* The source of tar archives: the same samples from a file and from a pipe, in all forms of
 * archives; each refusal says why; archives that are cut end in an error or in samples that keep
 * the rules. Runs from the repository's root. */
#include "base/memory.h"
#include "formats/npy.h"
#include "formats/picture.h"
#include "formats/tar.h"
#include "sources/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "support.h"

extern const struct source source_tar;

enum { CLASSES = 12 };
enum way { AS_FILE, AS_STREAM };

static struct err err;
static struct pool *pool;
static struct arena arena;
static char class_file[64]; // names of CLASSES classes

/* --- an input that is opened --- */

struct opened {
    char path[64];
    char *paths[1];
    int fd;
    struct input input;
    struct contents contents;
    void *state;
};

/* A file in memory. path: how it is called. */
static int memory_file(const void *bytes, size_t n, char path[64]) {
    int fd = memfd_create("archive", MFD_CLOEXEC);
    assert_true(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    snprintf(path, 64, "/proc/self/fd/%d", fd);
    return fd;
}

/* Archives of the tests are smaller than a pipe's buffer. */
static void feed_standard_input(const void *bytes, size_t n) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_true(fcntl(ends[1], F_SETPIPE_SZ, 1 << 18) >= (int)n);
    assert_true(write(ends[1], bytes, n) == (ssize_t)n);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
}

static int open_input(struct opened *opened, enum way way, const void *bytes, size_t n) {
    opened->fd = -1;
    if (way == AS_STREAM) {
        feed_standard_input(bytes, n);
        strcpy(opened->path, "-");
    } else {
        opened->fd = memory_file(bytes, n, opened->path);
    }
    opened->paths[0] = opened->path;
    opened->input.paths = opened->paths;
    opened->input.n_paths = 1;
    opened->input.max_pixels = 10000;
    opened->input.channels = 1;
    if (opened->input.window == 0)
        opened->input.window = 100;
    opened->state = must_calloc(1, source_tar.state_size);
    return source_tar.open(opened->state, &opened->input, pool, &opened->contents, &err);
}

static void close_input(struct opened *opened) {
    failures_drop(&opened->contents);
    source_tar.close(opened->state);
    free(opened->state);
    if (opened->fd >= 0)
        close(opened->fd);
}

/* --- what can be told of a sample --- */

struct told {
    char path[256];
    int label;
    float row[CLASSES];
    uint8_t pixels[6];
};

/* Reads everything of a sample; false: its picture or soft label could not be read. */
static bool tell(const struct opened *opened, uint32_t sample, struct told *told) {
    const struct contents *contents = &opened->contents;
    struct raw raw;
    struct text path = {0};
    memset(told, 0, sizeof *told);
    source_tar.origin(opened->state, sample, &path);
    const char *name = text_terminate(&path), *base = strstr(name, "/");
    snprintf(told->path, sizeof told->path, "%s", contents->stream ? name : base + 1);
    text_close(&path);
    told->label = contents->label[sample];
    assert_true(told->label >= 0 && told->label < contents->n_classes);
    arena_reset(&arena);
    bool done = source_tar.read(opened->state, sample, &arena, &raw, &err) == 0 &&
                source_tar.decode(opened->state, sample, &raw, &arena, told->pixels, &err) == 0;
    if (contents->soft && contents->n_classes <= CLASSES)
        done &= source_tar.soft_label(opened->state, sample, &arena, told->row, &err) == 0;
    return done;
}

/* Rows that a training job can rely on: of one class or several. */
static void check_row(const struct opened *opened, const struct told *told) {
    double sum = 0;
    if (!opened->contents.soft || opened->contents.n_classes > CLASSES)
        return;
    for (int k = 0; k < opened->contents.n_classes; k++) {
        assert_true(told->row[k] >= 0 && told->row[k] <= 1);
        assert_true(told->row[k] <= told->row[told->label]);
        sum += (double)told->row[k];
    }
    assert_true(sum > 1 - 1e-5);
}

/* --- archives as tarfile writes them --- */

static uint8_t *read_archive(const char *name, size_t *size) {
    char path[64];
    snprintf(path, sizeof path, "tests/data/good-tar-%s.tar", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *bytes = must_calloc(1, 1 << 16);
    *size = fread(bytes, 1, 1 << 16, file);
    fclose(file);
    return bytes;
}

/* As tests/data/make.py made them, whatever the archive's form. */
static void check_good(const struct opened *opened, const char *form) {
    static const int labels[] = {2, 1, 0, 1};
    static const float rows[4][3] = {{0, 0, 1}, {.25, .5, .25}, {.75, .125, .125}, {0, .75, .25}};
    static const char *const names[] = {"a.png", NULL, "ζ/été.image.PNG", "d.jpg"};
    const struct contents *contents = &opened->contents;
    assert_int_equal(contents->n, 4);
    assert_int_equal(contents->n_classes, 3);
    assert_true(contents->soft);
    assert_string_equal(contents->class_names[2], "2");
    assert_int_equal(contents->shape.dim[0], 2);
    assert_int_equal(contents->shape.dim[1], 3);
    for (uint32_t i = 0; i < 4; i++) {
        struct told told;
        if (!tell(opened, i, &told))
            fail_msg("%s, sample %u: %s", form, i, err.text);
        assert_int_equal(told.label, labels[i]);
        assert_memory_equal(told.row, rows[i], sizeof rows[i]);
        assert_int_equal(told.pixels[0], i);
        if (names[i])
            assert_string_equal(told.path, names[i]);
        else
            assert_int_equal(strlen(told.path), strcmp(form, "ustar") == 0 ? 204 : 205);
    }
}

static void all_forms_hold_the_same(void **state) {
    (void)state;
    static const char *const forms[] = {"ustar", "pax", "gnu"};
    for (int i = 0; i < 3; i++)
        for (enum way way = AS_FILE; way <= AS_STREAM; way++) {
            struct opened opened = {0};
            size_t size;
            uint8_t *bytes = read_archive(forms[i], &size);
            if (open_input(&opened, way, bytes, size) < 0)
                fail_msg("%s: %s", forms[i], err.text);
            check_good(&opened, forms[i]);
            close_input(&opened);
            free(bytes);
        }
}

/* --- archives made here --- */

static void add_member(struct text *archive, const char *name, const void *bytes, size_t n) {
    uint8_t block[TAR_BLOCK];
    assert_int_equal(tar_header(block, name, strlen(name), n, &err), 0);
    text_bytes(archive, block, sizeof block);
    text_bytes(archive, bytes, n);
    memset(text_room(archive, tar_padding(n)), 0, tar_padding(n));
    archive->used += tar_padding(n);
}

static void add_end(struct text *archive) {
    memset(text_room(archive, TAR_END), 0, TAR_END);
    archive->used += TAR_END;
}

static void add_picture(struct text *archive, const char *name, uint8_t grey) {
    uint8_t pixels[6], *bytes;
    struct arena scratch = {0};
    size_t size;
    memset(pixels, grey, sizeof pixels);
    struct picture picture = {3, 2, 1, pixels};
    assert_int_equal(picture_encode_png(&picture, 1, &scratch, &bytes, &size, &err), 0);
    add_member(archive, name, bytes, size);
    arena_close(&scratch);
}

static void add_npy(struct text *archive, const char *name, const float *row, int n) {
    uint8_t bytes[NPY_HEADER + CLASSES * sizeof(float)];
    struct shape none = {0, {0}};
    npy_header(bytes, DTYPE_FLOAT32, (uint64_t)n, &none);
    memcpy(bytes + NPY_HEADER, row, (size_t)n * sizeof *row);
    add_member(archive, name, bytes, NPY_HEADER + (size_t)n * sizeof *row);
}

/* "a.png a.cls=1 b.png b.label.npy=~0.5,0.5": the members of an archive. After = stands what they
 * hold, after =~ the first shares of CLASSES, after =^ all shares; without it a picture. */
static void add_members(struct text *archive, const char *members) {
    char copy[1024], *rest;
    snprintf(copy, sizeof copy, "%s", members);
    for (char *name = strtok_r(copy, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        char *equals = strchr(name, '='), *number = equals ? equals + 2 : NULL;
        if (!equals) {
            add_picture(archive, name, 7);
            continue;
        }
        *equals = 0;
        if (equals[1] != '~' && equals[1] != '^') {
            add_member(archive, name, equals + 1, strlen(equals + 1));
            continue;
        }
        float row[CLASSES] = {0};
        int n = 0;
        for (char *end = number; *number && n < CLASSES; number = end + (*end == ','))
            row[n++] = strtof(number, &end);
        add_npy(archive, name, row, equals[1] == '~' ? CLASSES : n);
    }
    add_end(archive);
}

/* --- what is taken, and what is refused --- */

static void check_taken(const char *members, const char *picture, int label, float share) {
    for (enum way way = AS_FILE; way <= AS_STREAM; way++) {
        struct opened opened = {.input = {.classes = class_file}};
        struct text archive = {0};
        struct told told;
        add_members(&archive, members);
        if (open_input(&opened, way, archive.bytes, archive.used) < 0 || !tell(&opened, 0, &told))
            fail_msg("%s: %s", members, err.text);
        assert_int_equal(opened.contents.n, 1);
        assert_int_equal(opened.contents.n_classes, CLASSES);
        assert_string_equal(opened.contents.class_names[3], "class 3");
        assert_string_equal(told.path, picture);
        assert_int_equal(told.label, label);
        assert_true(way == AS_STREAM || opened.contents.soft == (share < 1));
        if (opened.contents.soft)
            assert_near(members, (double)told.row[label], (double)share, 1e-7);
        check_row(&opened, &told);
        close_input(&opened);
        text_close(&archive);
    }
}

static void labels_go_by_their_precedence(void **state) {
    (void)state;
    check_taken("a.png a.cls=3", "a.png", 3, 1);
    check_taken("a.cls=\t11\n a.png", "a.png", 11, 1);
    check_taken("a.png a.json={\"label\":3}", "a.png", 3, 1);
    check_taken("a.png a.json={\"cls\":3,\"Label\":2}", "a.png", 3, 1);
    check_taken("a.png a.json={\"label\":\"cat\"} a.cls=3", "a.png", 3, 1);
    check_taken("a.png a.json={\"label_ids\":[5,2],\"label_shares\":[0.5,0.5],\"cls\":0} a.cls=3",
                "a.png", 2, .5F);
    check_taken("a.png a.json={\"soft_label\":[0,1,0,0,0,0,0,0,0,0,0,0]} a.cls=3", "a.png", 1, 1);
    check_taken("a.png a.json={\"label_ids\":[5],\"label_shares\":[1]}", "a.png", 5, 1);
    check_taken("a.json={] a.label.npy=~0.25,0.75 a.cls=x a.png", "a.png", 1, .75F);
}

static void shares_are_settled(void **state) {
    (void)state;
    check_taken("a.png a.label.npy=~0.3,0.3000001,0.4", "a.png", 2, .4F);
    check_taken("a.png a.label.npy=~0.2501,0.75", "a.png", 1, .75F / 1.0001F);
    check_taken("a.png a.label.npy=~0,1", "a.png", 1, 1);
    struct opened opened = {0};
    struct text archive = {0};
    struct told told;
    add_members(&archive, "a.png a.label.npy=~0,1,1");
    assert_int_equal(open_input(&opened, AS_FILE, archive.bytes, archive.used), 0);
    assert_true(opened.contents.soft && tell(&opened, 0, &told));
    assert_int_equal(told.label, 1);
    assert_true(told.row[0] == 0 && told.row[1] == 1 && told.row[2] == 1);
    close_input(&opened);
    text_close(&archive);
}

static void members_are_grouped_as_webdataset_does(void **state) {
    (void)state;
    check_taken("./a.png ./a.cls=3", "a.png", 3, 1);
    check_taken("x.y/a.b.png x.y/a.cls=3", "x.y/a.b.png", 3, 1);
    check_taken("a.input.png a.png a.cls=3", "a.png", 3, 1);
    check_taken("a.png a.mask.png a.cls=3", "a.png", 3, 1);
    check_taken("a.Jpeg a.CLS=3 a.TXT=", "a.Jpeg", 3, 1);
    check_taken("._a.png .a.png notes=1 a.png PaxHeaders.1/a.txt=1 a.cls=3", "a.png", 3, 1);
}

static void check_refused(const char *members, const char *message) {
    for (enum way way = AS_FILE; way <= AS_STREAM; way++) {
        struct opened opened = {.input = {.classes = class_file}};
        struct text archive = {0};
        add_members(&archive, members);
        if (open_input(&opened, way, archive.bytes, archive.used) == 0)
            fail_msg("%s: taken", members);
        assert_contains(err.text, message);
        assert_contains(err.text, way == AS_STREAM ? "standard input" : "/proc/self/fd/");
        close_input(&opened);
        text_close(&archive);
    }
}

static void broken_samples_are_refused(void **state) {
    (void)state;
    check_refused("a.png b.png b.cls=1", "sample a: no label (a cls, json or label.npy is expected)"
                                         "; its members: png (");
    check_refused("a.cls=1 a.txt=x b.png", "sample a: no picture (png, jpg, jpeg, bmp); its "
                                           "members: cls, txt (");
    check_refused("a.png a.cls=1 b.png", "sample b: no label");
    check_refused("a.png a.PNG a.cls=1",
                  "sample a: two members of one kind; its members: png, png");
    check_refused("a.png a.jpg a.cls=1", "several pictures, where one is expected; its members: "
                                         "png, jpg, cls");
    check_refused("a.x.png a.y.png a.cls=1", "several pictures");
    check_refused("/a.png", "/a.png at byte 0: names that are absolute or hold '..' are refused");
    check_refused("../a.png", "are refused");
    check_refused("x/../a.png", "are refused");
    check_refused("x/..", "are refused");
}

static void broken_classes_are_refused(void **state) {
    (void)state;
    check_refused("a.png a.cls=-1", "sample a: cls: '-1' is no class from 0 to 1048575");
    check_refused("a.png a.cls=", "cls: '' is no class");
    check_refused("a.png a.cls=1.5", "cls: '1.5' is no class");
    check_refused("a.png a.cls=1048576", "cls: '1048576' is no class");
    check_refused("a.png a.cls=99999999999999999999", "is no class");
    check_refused("a.png a.cls=12", "a.png: label 12, where there are classes 0 to 11");
    check_refused("a.png a.json={\"label\":1.5}", "sample a: json: label is no class");
    check_refused("a.png a.json={\"label\":\"1\"}", "json: label is no class");
    check_refused("a.png a.json={\"Label\":1}", "no label");
    check_refused("a.png a.json=[1]", "json: no JSON object");
    check_refused("a.png a.json={\"label\":1}x",
                  "json: no JSON object (understood up to byte 11 of "
                  "12)");
}

static void broken_soft_labels_are_refused(void **state) {
    (void)state;
    check_refused("a.png a.label.npy=~0.5,0.4", "sample a: label.npy sums to 0.9");
    check_refused("a.png a.label.npy=~1.5,-0.5", "label.npy has -0.5 in column 1");
    check_refused("a.png a.label.npy=~nan,1", "label.npy has");
    check_refused("a.png a.label.npy=~0", "label.npy is all zeros");
    check_refused("a.png a.label.npy=^0.5,0.5", "a.png: a soft label of 2 shares, where there are "
                                                "12 classes");
    check_refused("a.png a.label.npy=~1 b.png b.label.npy=^0,1", "b.png: a soft label of 2 shares");
    check_refused("a.png a.label.npy=abc", "label.npy: not a .npy file");
    check_refused("a.png a.json={\"soft_label\":[0.5,\"x\"]}", "json: soft_label holds something");
    check_refused("a.png a.json={\"soft_label\":[]}", "a soft label of 0 numbers");
    check_refused("a.png a.json={\"soft_label\":null}", "json: soft_label is no list");
    check_refused("a.png a.json={\"soft_label\":[1e999]}", "soft_label has inf in column 0");
    check_refused("a.png a.json={\"label_ids\":[1]}", "json: label_shares is no list");
    check_refused("a.png a.json={\"label_ids\":[1],\"label_shares\":[0.5,0.5]}",
                  "json: label_ids is no list of 2 classes");
    check_refused("a.png a.json={\"label_ids\":[1,1],\"label_shares\":[0.5,0.5]}",
                  "json: label_ids names class 1 twice");
    check_refused("a.png a.json={\"label_ids\":[1,-1],\"label_shares\":[0.5,0.5]}",
                  "an entry of label_ids is no class");
    check_refused("a.png a.json={\"label_ids\":[1,12],\"label_shares\":[0.5,0.5]}",
                  "label 12, where there are classes 0 to 11");
}

/* A header with another type and the checksum that belongs to it. */
static void set_type(uint8_t *block, char type) {
    unsigned sum = 0;
    block[156] = (uint8_t)type;
    memset(block + 148, ' ', 8);
    for (int i = 0; i < TAR_BLOCK; i++)
        sum += block[i];
    snprintf((char *)block + 148, 7, "%06o", sum & 0777777);
}

static void check_type(char type, const char *message) {
    for (enum way way = AS_FILE; way <= AS_STREAM; way++) {
        struct opened opened = {.input = {.classes = class_file}};
        struct text archive = {0};
        add_members(&archive, "x.txt=1 a.png a.cls=3 b.txt=");
        set_type((uint8_t *)archive.bytes, type);
        int result = open_input(&opened, way, archive.bytes, archive.used);
        assert_int_equal(result, message ? -1 : 0);
        if (message)
            assert_contains(err.text, message);
        close_input(&opened);
        text_close(&archive);
    }
}

static void only_files_are_read(void **state) {
    (void)state;
    check_type('1', "x.txt at byte 0 is a hard link (make the archive with --hard-dereference)");
    check_type('2', "x.txt at byte 0 is a symbolic link (make the archive with --dereference)");
    check_type('3', "is a device");
    check_type('4', "is a device");
    check_type('6', "is a FIFO");
    check_type('S', "is a file with holes (make the archive without --sparse)");
    check_type('Z', "is of a kind that mixsmith does not read");
    check_type('0', "sample x: no picture");
    check_type('x', "a pax header is broken at its byte 0 of 1");
}

static void class_counts_come_from_the_labels(void **state) {
    (void)state;
    struct opened opened = {0};
    struct text archive = {0};
    add_members(&archive, "a.png a.cls=3 b.png b.cls=10");
    assert_int_equal(open_input(&opened, AS_FILE, archive.bytes, archive.used), 0);
    assert_int_equal(opened.contents.n_classes, 11);
    assert_string_equal(opened.contents.class_names[3], "03");
    assert_true(!opened.contents.soft);
    close_input(&opened);
    assert_int_equal(open_input(&opened, AS_STREAM, archive.bytes, archive.used), -1);
    assert_contains(err.text, "--classes FILE");
    close_input(&opened);
    text_close(&archive);
}

/* --- windows --- */

static void random_archive(struct text *archive, int n, struct rng *rng) {
    for (int i = 0; i < n; i++) {
        char name[32];
        float row[CLASSES] = {0};
        int big = between(rng, 0, CLASSES - 1), small = between(rng, 0, CLASSES - 1);
        row[big] += .75F;
        row[small] += .25F;
        snprintf(name, sizeof name, "%03d.png", i);
        add_picture(archive, name, (uint8_t)rng_u32(rng));
        snprintf(name, sizeof name, "%03d.label.npy", i);
        add_npy(archive, name, row, CLASSES);
    }
    add_end(archive);
}

/* The window's samples are those of the file from contents.first on. */
static void check_window(const struct opened *stream, const struct opened *file) {
    for (uint32_t i = 0; i < stream->contents.n; i++) {
        struct told one, other;
        assert_true(tell(stream, i, &one));
        assert_true(tell(file, (uint32_t)stream->contents.first + i, &other));
        assert_memory_equal(&one, &other, sizeof one);
    }
}

static void windows_list_what_the_file_holds(void **state) {
    (void)state;
    enum { SAMPLES = 23 };
    struct rng rng = rng_for(7, 0, 0);
    struct text archive = {0};
    random_archive(&archive, SAMPLES, &rng);
    struct opened file = {0};
    assert_int_equal(open_input(&file, AS_FILE, archive.bytes, archive.used), 0);
    for (int window = 1; window <= SAMPLES + 1; window++) {
        struct opened stream = {.input = {.window = window}};
        struct contents *contents = &stream.contents;
        uint64_t seen = 0;
        assert_int_equal(open_input(&stream, AS_STREAM, archive.bytes, archive.used), 0);
        for (; contents->n > 0;
             seen += contents->n, source_tar.advance(stream.state, contents, &err)) {
            assert_int_equal(contents->first, seen);
            check_window(&stream, &file);
        }
        assert_int_equal(seen, SAMPLES);
        assert_int_equal(source_tar.advance(stream.state, contents, &err), 0);
        assert_int_equal(contents->n, 0);
        close_input(&stream);
    }
    close_input(&file);
    text_close(&archive);
}

static void check_later_window(const char *members, const char *message) {
    struct opened stream = {.input = {.window = 1, .classes = class_file}};
    struct text archive = {0};
    add_members(&archive, members);
    assert_int_equal(open_input(&stream, AS_STREAM, archive.bytes, archive.used), 0);
    assert_int_equal(source_tar.advance(stream.state, &stream.contents, &err), message ? -1 : 0);
    if (message)
        assert_contains(err.text, message);
    close_input(&stream);
    text_close(&archive);
}

static void later_windows_agree_with_the_first(void **state) {
    (void)state;
    check_later_window("a.png a.cls=3 b.png b.cls=11", NULL);
    check_later_window("a.png a.cls=3 b.png b.cls=12", "standard input: b.png: label 12, where");
    check_later_window("a.png a.cls=3 b.png b.label.npy=~0,1", NULL);
    check_later_window("a.png a.cls=3 b.png b.label.npy=~0.5,0.5", "b.png: a soft label, where no");
    check_later_window("a.png a.label.npy=~0,1 b.png b.label.npy=~0.5,0.5", NULL);
    check_later_window("a.png a.label.npy=~0,1 b.png b.label.npy=^0.5,0.5", "of 2 shares");
    check_later_window("a.png a.cls=3 b.png", "sample b: no label");
}

/* Pictures that cannot be read are left out, not refused. */
static void bad_pictures_are_passed_over(void **state) {
    (void)state;
    for (enum way way = AS_FILE; way <= AS_STREAM; way++) {
        struct opened opened = {.input = {.classes = class_file}};
        struct text archive = {0};
        add_members(&archive, "a.png=nothing a.cls=3 b.png b.cls=4 c.png= c.cls=5");
        assert_int_equal(open_input(&opened, way, archive.bytes, archive.used), 0);
        assert_int_equal(opened.contents.n_failures, 2);
        assert_contains(opened.contents.failures[0].reason, "a.png: neither PNG, JPEG nor BMP");
        assert_int_equal(opened.contents.failures[1].source, 2);
        assert_true(opened.contents.unusable[0] && !opened.contents.unusable[1]);
        close_input(&opened);
        text_close(&archive);
    }
}

/* --- hostile bytes --- */

/* Reads all there is, a window at a time, and holds it against the rules; how many samples. */
static uint32_t read_all(struct opened *opened, const struct told *expected) {
    struct contents *contents = &opened->contents;
    uint32_t n = 0;
    while (contents->n > 0) {
        for (uint32_t i = 0; i < contents->n; i++, n++) {
            struct told told;
            if (tell(opened, i, &told))
                check_row(opened, &told);
            if (expected)
                assert_memory_equal(&told, &expected[n], sizeof told);
        }
        failures_drop(contents);
        if (!contents->stream || source_tar.advance(opened->state, contents, &err) < 0)
            break;
    }
    return n;
}

static void expect_all(const void *bytes, size_t size, struct told *expected, uint32_t n) {
    struct opened opened = {.input = {.window = 2}};
    assert_int_equal(open_input(&opened, AS_FILE, bytes, size), 0);
    assert_int_equal(opened.contents.n, n);
    for (uint32_t i = 0; i < n; i++)
        assert_true(tell(&opened, i, &expected[i]));
    close_input(&opened);
}

/* What is left of the first samples is read right, or there is an error. */
static void check_cuts(const void *bytes, size_t size, enum way way, uint32_t n) {
    struct told expected[4];
    uint32_t whole = 0;
    expect_all(bytes, size, expected, n);
    for (size_t cut = 0; cut <= size; cut++) {
        struct opened opened = {.input = {.window = way == AS_STREAM ? 2 : 0}};
        uint8_t *copy = memcpy(must_calloc(cut + 1, 1), bytes, cut);
        if (open_input(&opened, way, copy, cut) == 0)
            whole += read_all(&opened, expected) == n;
        close_input(&opened);
        free(copy);
    }
    assert_true(whole >= 2 * TAR_BLOCK && whole < 8 * TAR_BLOCK);
}

static void every_cut_is_seen(void **state) {
    (void)state;
    struct text archive = {0};
    add_members(&archive, "a.png a.json={\"soft_label\":[0,0,0.25,0.75]} b.png b.cls=3");
    check_cuts(archive.bytes, archive.used, AS_FILE, 2);
    text_close(&archive);
    archive = (struct text){0};
    add_members(&archive, "a.png a.label.npy=^0.5,0.5 b.png b.cls=1");
    check_cuts(archive.bytes, archive.used, AS_STREAM, 2);
    text_close(&archive);
}

/* A last member without its padding, a lone zero block, and what stands behind the end. */
static void ends_are_taken_as_gnu_tar_does(void **state) {
    (void)state;
    static const int cuts[] = {TAR_END + 511, TAR_END, TAR_END - 1, TAR_BLOCK, TAR_BLOCK - 1, 0};
    struct text archive = {0};
    add_members(&archive, "a.png a.cls=3");
    size_t end = archive.used;
    memset(text_room(&archive, 3000), 'x', 3000);
    for (int i = 0; i < 7; i++)
        for (enum way way = AS_FILE; way <= AS_STREAM; way++) {
            struct opened opened = {.input = {.classes = class_file}};
            size_t size = i < 6 ? end - (size_t)cuts[i] : end + 3000;
            if (open_input(&opened, way, archive.bytes, size) < 0)
                fail_msg("%zu of %zu bytes: %s", size, end, err.text);
            assert_int_equal(opened.contents.n, 1);
            assert_int_equal(opened.contents.label[0], 3);
            close_input(&opened);
        }
    text_close(&archive);
}

static void every_cut_of_long_names_is_seen(void **state) {
    (void)state;
    static const char *const forms[] = {"ustar", "pax", "gnu"};
    for (int i = 0; i < 3; i++) {
        struct told expected[4];
        size_t size;
        uint8_t *bytes = read_archive(forms[i], &size);
        expect_all(bytes, size, expected, 4);
        for (size_t cut = i; cut < size; cut += 13)
            for (enum way way = AS_FILE; way <= AS_STREAM; way++) {
                struct opened opened = {.input = {.classes = NULL}};
                if (open_input(&opened, way, bytes, cut) == 0 && opened.contents.soft)
                    assert_true(read_all(&opened, NULL) <= 4);
                close_input(&opened);
            }
        free(bytes);
    }
}

static int open_all(void **state) {
    (void)state;
    struct text names = {0};
    for (int k = 0; k < CLASSES; k++)
        text_format(&names, "class %d\n", k);
    memory_file(names.bytes, names.used, class_file);
    text_close(&names);
    pool = pool_open(2, &err);
    return pool ? 0 : -1;
}

static int close_all(void **state) {
    (void)state;
    pool_close(pool);
    arena_close(&arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_forms_hold_the_same),
        cmocka_unit_test(labels_go_by_their_precedence),
        cmocka_unit_test(shares_are_settled),
        cmocka_unit_test(members_are_grouped_as_webdataset_does),
        cmocka_unit_test(broken_samples_are_refused),
        cmocka_unit_test(broken_classes_are_refused),
        cmocka_unit_test(broken_soft_labels_are_refused),
        cmocka_unit_test(only_files_are_read),
        cmocka_unit_test(class_counts_come_from_the_labels),
        cmocka_unit_test(windows_list_what_the_file_holds),
        cmocka_unit_test(later_windows_agree_with_the_first),
        cmocka_unit_test(bad_pictures_are_passed_over),
        cmocka_unit_test(every_cut_is_seen),
        cmocka_unit_test(ends_are_taken_as_gnu_tar_does),
        cmocka_unit_test(every_cut_of_long_names_is_seen),
    };
    return cmocka_run_group_tests(tests, open_all, close_all) != 0;
}
