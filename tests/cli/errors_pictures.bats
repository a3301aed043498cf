#!/usr/bin/env bats
# Pictures that cannot be read: they are passed over, named with the reason and counted, or end the
# run.
load helpers

# flip FILE OFFSET: another bit in this byte.
flip() {
    "$PYTHON" -c 'import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[int(sys.argv[2])] ^= 1
open(sys.argv[1], "wb").write(data)' "$@"
}

# skips FILE REASON: a run on the pictures in p passes over this one file and says why.
skips() {
    mix p -o OUT --count 5
    same "$status" 0
    same "$(head -n 1 <<<"$stderr")" "mixsmith: skipped p/$1: $2"
    grep -qx "skipped  1 that could not be read" <<<"$stderr"
    same "$(wc -l <OUT/failures.jsonl)" 1
    same "$(fields OUT/failures.jsonl path)" "$1"
    same "$(fields OUT/failures.jsonl reason)" "$2"
    rm -r OUT
    mix p -o OUT --strict
    same "$status" 3
    rm -r OUT
    mix p -o OUT --on-error stop
    refused 1 "p/$1: $2"
}

@test "text file called .png" {
    two_classes p
    printf hello >p/a/text.png
    skips a/text.png 'neither PNG, JPEG nor BMP (5 bytes)'
}

@test "file of zero bytes" {
    two_classes p
    : >p/a/zero.jpg
    mix p -o OUT
    same "$status" 0
    same "$(fields OUT/failures.jsonl reason)" "neither PNG, JPEG nor BMP (0 bytes)"
}

@test "formats that are not read are counted and named" {
    two_classes p
    printf 'P6\n1 1\n255\nabc' >p/a/x.ppm
    printf 'GIF89a\x01\x00\x01\x00\x00\x00\x00;' >p/a/x.gif
    mix p -o OUT --strict
    same "$status" 3
    same "$(fields OUT/failures.jsonl path)" $'a/x.gif\na/x.ppm'
}

@test "FIFO in a class folder does not hang" {
    two_classes p
    mkfifo p/b/pipe.png
    skips b/pipe.png 'not a regular file'
}

@test "link to nowhere and link to itself" {
    two_classes p
    ln -s nowhere p/a/dangling.png
    ln -s self.png p/a/self.png
    mix p -o OUT --strict
    same "$status" 3
    same "$(fields OUT/failures.jsonl reason)" "No such file or directory
Too many levels of symbolic links"
}

@test "unreadable picture" {
    two_classes p
    cp "$PICTURES"/city/city_3.png p/a/locked.png
    chmod 000 p/a/locked.png
    run --separate-stderr as_nobody "$MIXSMITH" mix p -o OUT --strict
    [ "$status" -ne 99 ] || skip "cannot give up root's rights here"
    same "$status" 3
    same "$(fields OUT/failures.jsonl reason)" "Permission denied"
}

@test "PNG header of 100000 x 100000" {
    two_classes p
    png 100000 100000 >p/b/huge.png
    skips b/huge.png '100000 × 100000 pixels: sides must lie in 1..16384'
}

@test "PNG header of 2147483648 x 1 and of 0 x 0" {
    two_classes p
    png 2147483648 1 >p/b/wide.png
    png 0 0 >p/b/none.png
    mix p -o OUT --strict
    same "$status" 3
    same "$(fields OUT/failures.jsonl path)" $'b/none.png\nb/wide.png'
}

@test "--max-pixels is the most that a picture may have" {
    two_classes p
    cp "$PICTURES"/city/city_1.png p/b
    mix p -o OUT --max-pixels 9216
    same "$status" 0
    rm -r OUT
    mix p -o OUT --max-pixels 9215
    refused 1 "p: none of 5 files is a picture that can be read; the first: p/a/city_1.png: 96 × 96 pixels are more than 9215 (--max-pixels)"
}

@test "PNG with a broken CRC" {
    two_classes p
    cp "$PICTURES"/city/city_3.png p/a/crc.png
    flip p/a/crc.png 29
    skips a/crc.png 'PNG broken: the chunk at byte 8 has CRC 6dfae06f, not 6cfae06f'
}

@test "PNG cut short" {
    two_classes p
    head -c 3000 "$PICTURES"/city/city_3.png >p/a/cut.png
    mix p -o OUT --strict
    same "$status" 3
    same "$(fields OUT/failures.jsonl path)" a/cut.png
}

@test "JPEG cut in the middle" {
    two_classes p
    head -c 2000 "$PICTURES"/flower/flower_1.jpg >p/a/cut.jpg
    skips a/cut.jpg 'JPEG cut short or broken: Premature end of JPEG file'
}

@test "no source of a sample is a skipped picture" {
    two_classes p
    head -c 2000 "$PICTURES"/flower/flower_1.jpg >p/a/a_cut.jpg
    mix p -o OUT -n 10x
    same "$status" 0
    run -1 grep -qE '"source_ids":\[([0-9]+,)*0[],]' OUT/train/metadata.jsonl
    grep -qE '"source_ids":\[([0-9]+,)*1[],]' OUT/train/metadata.jsonl
}

@test "skipped files are named five at most, all of them with -v" {
    two_classes p
    for i in 1 2 3 4 5 6 7; do printf x >p/a/$i.png; done
    mix p -o OUT
    same "$(grep -c '^mixsmith: skipped p/a/' <<<"$stderr")" 5
    like "$stderr" 'mixsmith: skipped 2 more, all listed in failures.jsonl'
    same "$(wc -l <OUT/failures.jsonl)" 7
    mix p -o OUT --force -v
    same "$(grep -c '^mixsmith: skipped p/a/' <<<"$stderr")" 7
}

@test "a dry run does not point to a list that it does not write" {
    two_classes p
    for i in 1 2 3 4 5 6 7; do printf x >p/a/$i.png; done
    mix p -o OUT --dry-run
    like "$stderr" 'mixsmith: skipped 2 more'
    run -1 grep failures.jsonl <<<"$stderr"
}

@test "no picture that can be read" {
    mkdir -p p/a
    printf x >p/a/1.png
    mix p -o OUT
    refused 1 "p: none of 1 file is a picture that can be read; the first: p/a/1.png: neither PNG, JPEG nor BMP (1 byte)"
}

@test "no picture that can be decoded: failed, not an empty output" {
    mkdir -p p/a
    head -c 2000 "$PICTURES"/flower/flower_1.jpg >p/a/1.jpg
    mix p -o OUT
    same "$status" 1
    nothing_left
    mix p --to digest
    same "$status" 1
    same "$output" ""
}

@test "pictures of several sizes without --size: two are named" {
    two_classes p
    cp "$ROOT"/tests/data/good-png-rgb8.png p/b/other.png
    size=$("$PYTHON" -c 'from PIL import Image
print("%d x %d" % Image.open("p/b/other.png").size)')
    mix p -o OUT
    refused 1 "pictures differ in size: a/city_1.png is 96 x 96, b/other.png is $size; give --size WxH (and --fit crop|pad|squash)"
    mix p -o OUT -s 20x10
    same "$status" 0
}

@test "a large file that is no picture is not read as a whole" {
    is_sanitized && skip "a sanitizer has memory of its own"
    two_classes p
    truncate -s 3G p/a/log.png
    mix p --to none --json -q
    same "$status" 0
    "$PYTHON" -c 'import json, sys; assert json.loads(sys.argv[1])["rss_mb"] < 200, sys.argv[1]' "$output"
}

@test "pass after pass over pictures none of which can be decoded ends" {
    mkdir -p photos/a photos/b
    for file in a/1 a/2 b/3 b/4; do cp "$ROOT/tests/data/bad-jpg-cut.jpg" photos/$file.jpg; done
    run --separate-stderr timeout 10 "$MIXSMITH" mix photos -o - --to tar -n inf
    like "$stderr" '^mixsmith: no sample could be made; the first of 4 failures: photos/a/1.jpg: '
    same "$status" 1
    same "$output" ""
}
