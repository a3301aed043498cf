/* Headers of tar archives: written as Python's tarfile writes them, read in all their forms, and
 * refused where they are broken. Runs from the repository's root. */
#include "formats/pax.h"
#include "formats/tar.h"

#include <stdio.h>

#include "support.h"

static struct err err;

/* --- writing --- */

/* Each file in an archive of tarfile, which owners, modes and times it wrote as 0, 0644 and 0. */
static void headers_are_those_of_tarfile(void **state) {
    (void)state;
    uint8_t block[TAR_BLOCK], ours[TAR_BLOCK];
    struct tar_member member;
    int files = 0;
    FILE *archive = fopen("tests/data/good-tar-ustar.tar", "rb");
    assert_non_null(archive);
    while (fread(block, TAR_BLOCK, 1, archive) == 1 && !tar_is_end(block)) {
        assert_int_equal(tar_parse(block, &member, &err), 0);
        fseek(archive, (long)(member.size + tar_padding(member.size)), SEEK_CUR);
        if (member.type != TAR_FILE)
            continue;
        assert_int_equal(tar_header(ours, member.name, strlen(member.name), member.size, &err), 0);
        assert_memory_equal(ours, block, TAR_BLOCK);
        files++;
    }
    fclose(archive);
    assert_int_equal(files, 12);
}

static void long_names(char *name, size_t folder, size_t base) {
    memset(name, 'f', folder);
    name[folder] = '/';
    memset(name + folder + 1, 'b', base);
    name[folder + 1 + base] = 0;
}

/* A name is read as it was written, or refused. */
static void names_are_split_at_a_slash(void **state) {
    (void)state;
    struct tar_member member;
    uint8_t block[TAR_BLOCK];
    char name[400];
    for (size_t folder = 1; folder < 160; folder++)
        for (size_t base = 1; base < 110; base++) {
            bool fits = folder + 1 + base <= TAR_NAME || (folder <= TAR_PREFIX && base <= TAR_NAME);
            long_names(name, folder, base);
            assert_int_equal(tar_header(block, name, strlen(name), 7, &err), fits ? 0 : -1);
            if (!fits)
                continue;
            assert_int_equal(tar_parse(block, &member, &err), 0);
            assert_string_equal(member.name, name);
        }
}

static void sizes_are_read_as_written(void **state) {
    (void)state;
    struct rng rng = rng_for(1, 0, 0);
    struct tar_member member;
    uint8_t block[TAR_BLOCK];
    for (int i = 0; i < 10000; i++) {
        uint64_t size =
            ((uint64_t)rng_u32(&rng) << 32 | rng_u32(&rng)) >> (30 + rng_below(&rng, 34));
        bool fits = size < UINT64_C(1) << 33;
        assert_int_equal(tar_header(block, "x", 1, size, &err), fits ? 0 : -1);
        if (!fits)
            continue;
        assert_int_equal(tar_parse(block, &member, &err), 0);
        assert_int_equal(member.size, size);
        assert_int_equal((size + tar_padding(size)) % TAR_BLOCK, 0);
        assert_true(tar_padding(size) < TAR_BLOCK);
    }
    assert_contains(err.text, "files of up to 8589934591");
}

/* --- reading --- */

/* Sets a field and the checksum. */
static void patch(uint8_t block[TAR_BLOCK], int at, const void *bytes, size_t n) {
    unsigned sum = 8 * ' ';
    memcpy(block + at, bytes, n);
    for (int i = 0; i < TAR_BLOCK; i++)
        sum += i >= 148 && i < 156 ? 0 : block[i];
    char digits[16];
    snprintf(digits, sizeof digits, "%06o", sum);
    memcpy(block + 148, digits, 7);
}

static void check_size(const char *field, int64_t expected) {
    uint8_t block[TAR_BLOCK];
    struct tar_member member;
    tar_header(block, "x", 1, 0, &err);
    patch(block, 124, field, 12);
    int result = tar_parse(block, &member, &err);
    assert_int_equal(result, expected < 0 ? -1 : 0);
    if (expected >= 0)
        assert_int_equal(member.size, expected);
}

static void sizes_have_many_forms(void **state) {
    (void)state;
    check_size("00000000017\0", 15);
    check_size("77777777777 ", (INT64_C(1) << 33) - 1);
    check_size("777777777777", (INT64_C(1) << 36) - 1);
    check_size("         17 ", 15);
    check_size("\0\0\0\0\0\0\0\0\0\0\0\0", 0);
    check_size("\x80\0\0\0\0\0\0\2\0\0\0\1", (INT64_C(1) << 33) + 1);
    check_size("\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", INT64_MAX);
    check_size("\x80\0\0\0\x80\0\0\0\0\0\0\0", -1);
    check_size("\x80\1\0\0\0\0\0\0\0\0\0\1", -1);
    check_size("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", -1);
    check_size("-0000000017\0", -1);
    check_size("0000000018 \0", -1);
    check_size("000000001x\0\0", -1);
}

/* Behind the GNU magic the prefix's place holds times; V7 has no magic at all. */
static void old_forms_have_no_prefix(void **state) {
    (void)state;
    uint8_t block[TAR_BLOCK];
    struct tar_member member;
    tar_header(block, "name", 4, 5, &err);
    patch(block, 345, "prefix", 6);
    tar_parse(block, &member, &err);
    assert_string_equal(member.name, "prefix/name");
    patch(block, 257, "ustar  ", 8);
    tar_parse(block, &member, &err);
    assert_string_equal(member.name, "name");
    patch(block, 257, "\0\0\0\0\0\0\0", 8);
    patch(block, 156, "", 1);
    tar_parse(block, &member, &err);
    assert_string_equal(member.name, "name");
    assert_int_equal(member.type, TAR_FILE);
    patch(block, 0, "name/", 6);
    tar_parse(block, &member, &err);
    assert_int_equal(member.type, TAR_FOLDER);
    assert_int_equal(member.size, 0);
}

/* A name that fills its field has no zero byte behind it. */
static void full_fields_are_read_whole(void **state) {
    (void)state;
    uint8_t block[TAR_BLOCK];
    struct tar_member member;
    char name[400];
    long_names(name, TAR_PREFIX, TAR_NAME);
    assert_int_equal(tar_header(block, name, strlen(name), 1, &err), 0);
    assert_int_equal(tar_parse(block, &member, &err), 0);
    assert_string_equal(member.name, name);
}

static void every_flipped_bit_is_seen(void **state) {
    (void)state;
    uint8_t block[TAR_BLOCK];
    struct tar_member member;
    tar_header(block, "folder/name.png", 15, 123456, &err);
    for (int bit = 0; bit < TAR_BLOCK * 8; bit++) {
        int at = bit / 8;
        bool space = at == 148 || at == 154 || at == 155; // around the checksum's digits
        block[at] ^= (uint8_t)(1 << bit % 8);
        if (!space)
            assert_int_equal(tar_parse(block, &member, &err), -1);
        block[at] ^= (uint8_t)(1 << bit % 8);
    }
    memset(block, 0, sizeof block);
    assert_true(tar_is_end(block) && !tar_is_header(block));
}

/* --- pax records --- */

static void check_pax(const char *records, size_t n, int expected) {
    struct pax pax = {0};
    uint8_t *copy = malloc(n ? n : 1); // of its own, so that sanitisers see a byte too many
    assert_non_null(copy);
    memcpy(copy, records, n);
    assert_int_equal(pax_parse(&pax, copy, n, &err), expected);
    free(copy);
    text_close(&pax.path);
}

static void records_say_path_and_size(void **state) {
    (void)state;
    struct pax pax = {0};
    static const char records[] = "30 mtime=1350244992.023960108\n13 path=a=\nb\n"
                                  "12 size=123\n11 path=é\n14 comment=é\n";
    assert_int_equal(pax_parse(&pax, (const uint8_t *)records, sizeof records - 1, &err), 0);
    assert_string_equal(text_terminate(&pax.path), "é");
    assert_true(pax.has_size && !pax.sparse);
    assert_int_equal(pax.size, 123);
    text_close(&pax.path);
}

static void broken_records_are_refused(void **state) {
    (void)state;
    check_pax("", 0, 0);
    check_pax("9 path=a\n", 9, 0);
    check_pax("9 path=a\n", 8, -1);
    check_pax("10 path=a\n", 10, 0);
    check_pax("11 path=a\n", 10, -1);
    check_pax("8 path=a\n", 9, -1);
    check_pax("3 =\n", 4, -1);
    check_pax("4 =\n", 4, 0);
    check_pax("2 \n", 3, -1);
    check_pax("7 path\n", 7, -1);
    check_pax("-9 path=a\n", 10, -1);
    check_pax("99999999999999999999 path=a\n", 28, -1);
    check_pax("9223372036854775807 path=a\n", 27, -1);
    check_pax("10 path=a\0\n", 11, -1);
    check_pax("11 path=a\0\n", 11, -1);
    check_pax("9 size=-\n", 9, -1);
    check_pax("8 size=\n", 8, -1);
    check_pax("28 size=9999999999999999999\n", 28, -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_those_of_tarfile),
        cmocka_unit_test(names_are_split_at_a_slash),
        cmocka_unit_test(sizes_are_read_as_written),
        cmocka_unit_test(sizes_have_many_forms),
        cmocka_unit_test(old_forms_have_no_prefix),
        cmocka_unit_test(full_fields_are_read_whole),
        cmocka_unit_test(every_flipped_bit_is_seen),
        cmocka_unit_test(records_say_path_and_size),
        cmocka_unit_test(broken_records_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
