/* The source of tar archives: the same samples from a file and from a pipe, in all forms of
 * archives; each refusal says why. Runs from the repository's root. */
#include "tar_rig.h"

/* --- archives as tarfile writes them --- */

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
    check_refused("a.png a.label.npy=^0.5,0.5", "a.png: a soft label of 2 shares, for 12 classes");
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
    };
    return cmocka_run_group_tests(tests, open_all, close_all) != 0;
}
