/* Tar archives as streams, a window at a time, and cut short: they end in an error or in samples
 * that keep the rules. Runs from the repository's root. */
#include "tar_rig.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_list_what_the_file_holds),
        cmocka_unit_test(later_windows_agree_with_the_first),
        cmocka_unit_test(bad_pictures_are_passed_over),
        cmocka_unit_test(every_cut_is_seen),
        cmocka_unit_test(ends_are_taken_as_gnu_tar_does),
        cmocka_unit_test(every_cut_of_long_names_is_seen),
    };
    return cmocka_run_group_tests(tests, open_all, close_all) != 0;
}
