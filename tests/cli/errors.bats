#!/usr/bin/env bats
# Bad input and bad usage: one clear line that names file, place and numbers, the right exit status,
# and no output, not even a part of one.
load helpers

# png WIDTH HEIGHT: a PNG whose header says so, with one row of data.
png() {
    "$PYTHON" -c 'import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
header = struct.pack(">IIBBBBB", int(sys.argv[1]), int(sys.argv[2]), 8, 2, 0, 0, 0)
sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
                        + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b""))' "$@"
}

# flip FILE OFFSET: another bit in this byte.
flip() {
    "$PYTHON" -c 'import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[int(sys.argv[2])] ^= 1
open(sys.argv[1], "wb").write(data)' "$@"
}

# byte FILE OFFSET VALUE
byte() {
    printf "\\x$(printf %x "$3")" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
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

# --- input that is not there, or not an input ---

@test "missing path" {
    mix nowhere -o OUT
    refused 1 "nowhere: no such file or folder"
}

@test "second path missing" {
    mix "$CIFAR" nowhere -o OUT
    refused 1 "nowhere: no such file or folder"
}

@test "empty path" {
    mix "" -o OUT
    refused 1 "'': no such file or folder"
}

@test "empty folder" {
    mkdir empty
    mix empty -o OUT
    refused 1 "empty: no class folders (0 other names): pictures are expected as empty/CLASS/PICTURE"
}

@test "folder of pictures without class folders" {
    mkdir flat
    cp "$PICTURES"/city/city_[12].png flat
    mix flat -o OUT
    refused 1 "flat: no class folders (2 other names): pictures are expected as flat/CLASS/PICTURE"
}

@test "class without pictures" {
    two_classes p
    mkdir p/c
    mix p -o OUT
    refused 1 "p/c: class 'c' has no pictures; put some there or remove the folder"
}

@test "one picture as input" {
    cp "$PICTURES"/city/city_1.png x.png
    mix x.png -o OUT
    refused 1 "x.png: not an input that mixsmith knows (a folder of class folders or with a list, tar archives, .npy, IDX, CIFAR batches); say what it is with --from"
}

@test "FIFO as input does not hang" {
    mkfifo pipe
    mix pipe -o OUT
    refused 1 "pipe: neither a folder nor a regular file; if a tar archive comes from there, give --from tar"
    mix pipe --from cifar10 -o OUT
    refused 1 "pipe: not a regular file"
}

@test "device as input" {
    mix /dev/zero -o OUT
    refused 1 "/dev/zero: neither a folder nor a regular file; if a tar archive comes from there, give --from tar"
}

@test "file where --from folder wants a folder" {
    mix "$CIFAR"/data_batch_1.bin --from folder -o OUT
    like "$stderr" "^mixsmith: $CIFAR/data_batch_1.bin: "
    same "$status" 1
    nothing_left
}

@test "inputs of two kinds" {
    mix "$CIFAR" "$PICTURES" -o OUT
    refused 1 "$CIFAR is of kind cifar10, but $PICTURES is of kind folder: inputs cannot be mixed"
}

@test "unreadable input folder" {
    two_classes p
    chmod 000 p
    run --separate-stderr as_nobody "$MIXSMITH" mix p -o OUT
    chmod 755 p
    [ "$status" -ne 99 ] || skip "cannot give up root's rights here"
    same "$status" 1
    like "$stderr" "^mixsmith: p.*: Permission denied$"
    nothing_left
}

# --- CIFAR batches ---

@test "CIFAR record cut short, --from cifar10" {
    head -c 10000 "$CIFAR"/data_batch_1.bin >cut.bin
    mix cut.bin --from cifar10 -o OUT
    refused 1 "cut.bin: record 3 is cut short: 781 of 3073 bytes"
}

@test "CIFAR record cut short, found out by itself" {
    mkdir batches
    head -c 10000 "$CIFAR"/data_batch_1.bin >batches/data_batch_1.bin
    mix batches -o OUT
    refused 1 "batches/data_batch_1.bin: record 3 is cut short: 781 of 3073 bytes"
    mix batches/data_batch_1.bin -o OUT
    refused 1 "batches/data_batch_1.bin: record 3 is cut short: 781 of 3073 bytes"
}

@test "CIFAR record cut short in the second file" {
    mkdir batches
    cp "$CIFAR"/data_batch_1.bin batches
    head -c 3000 "$CIFAR"/data_batch_1.bin >batches/data_batch_2.bin
    mix batches -o OUT
    refused 1 "batches/data_batch_2.bin: record 0 is cut short: 3000 of 3073 bytes"
}

@test "CIFAR label out of range" {
    cp "$CIFAR"/data_batch_1.bin x.bin
    byte x.bin $((3073 * 5)) 11
    mix x.bin -o OUT
    refused 1 "x.bin: record 5 has label 11, but CIFAR-10 has classes 0 to 9"
}

@test "CIFAR label out of range in a record that is not mixed" {
    cp "$CIFAR"/data_batch_1.bin x.bin
    byte x.bin $((3073 * 99)) 11
    mix x.bin -o OUT -n 2 -b 2
    refused 1 "x.bin: record 99 has label 11, but CIFAR-10 has classes 0 to 9"
    byte x.bin $((3073 * 7)) 12
    mix x.bin -o OUT -n 2 -b 2
    refused 1 "x.bin: record 7 has label 12, but CIFAR-10 has classes 0 to 9"
}

@test "CIFAR label out of range in the first record" {
    cp "$CIFAR"/data_batch_1.bin x.bin
    byte x.bin 0 255
    mix x.bin -o OUT
    refused 1 "x.bin: record 0 has label 255, but CIFAR-10 has classes 0 to 9"
}

@test "CIFAR-100 label out of range" {
    head -c $((3 * 3074)) /dev/zero >x.bin
    byte x.bin $((2 * 3074 + 1)) 100
    mix x.bin --from cifar100 -o OUT
    refused 1 "x.bin: record 2 has label 100, but CIFAR-100 has classes 0 to 99"
    byte x.bin $((2 * 3074 + 1)) 99
    byte x.bin 3074 20
    mix x.bin --label coarse -o OUT
    refused 1 "x.bin: record 1 has label 20, but CIFAR-100 has classes 0 to 19"
}

@test "CIFAR-100 read as CIFAR-10, and the other way" {
    head -c $((4 * 3074)) /dev/zero >hundred.bin
    mix hundred.bin --from cifar10 -o OUT
    refused 1 "hundred.bin: 12296 bytes are no whole number of CIFAR-10 records (3073 bytes each), but 4 of CIFAR-100 (3074 bytes): try --from cifar100"
    mix "$CIFAR"/data_batch_1.bin --from cifar100 -o OUT
    refused 1 "$CIFAR/data_batch_1.bin: 307300 bytes are no whole number of CIFAR-100 records (3074 bytes each), but 100 of CIFAR-10 (3073 bytes): try --from cifar10"
}

@test "empty CIFAR batch" {
    : >x.bin
    mix x.bin --from cifar10 -o OUT
    refused 1 "x.bin: empty: not one CIFAR-10 record of 3073 bytes"
}

@test "folder without training batches" {
    mkdir batches
    cp "$CIFAR"/data_batch_1.bin batches/other.bin
    mix batches --from cifar10 -o OUT
    refused 1 "batches: no training batches (data_batch_*.bin or train.bin) in this folder; name other files themselves"
}

@test "too few class names" {
    cp -r "$CIFAR" batches
    head -n 7 "$CIFAR"/batches.meta.txt >batches/batches.meta.txt
    mix batches -o OUT
    refused 1 "batches/batches.meta.txt: 7 class names, where CIFAR-10 has 10"
}

@test "the same class name twice" {
    cp -r "$CIFAR" batches
    sed 's/cactus/city/' "$CIFAR"/batches.meta.txt >batches/batches.meta.txt
    mix batches -o OUT
    refused 1 "batches/batches.meta.txt: lines 2 and 3 are both 'city', where class names differ"
}

@test "--label coarse on CIFAR-10" {
    mix "$CIFAR" --label coarse -o OUT
    refused 1 "--label coarse: $CIFAR has one set of labels only (cifar10)"
}

@test "CIFAR batch in a folder of links in circles" {
    mkdir batches
    ln -s data_batch_1.bin batches/data_batch_1.bin
    mix batches --from cifar10 -o OUT
    refused 1 "batches/data_batch_1.bin: Too many levels of symbolic links"
}

# --- pictures that cannot be read ---

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

@test "--max-pixels" {
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
    refused 1 "p: none of 1 files is a picture that can be read; the first: p/a/1.png: neither PNG, JPEG nor BMP (1 bytes)"
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

# --- what reaches the terminal ---

@test "control characters in names of files are not sent to the terminal" {
    two_classes p
    printf x >p/a/$'esc\e[31m\n\x9b.png'
    printf x >p/b/$'c1\u009b.png'
    mix p -o OUT -v
    same "$status" 0
    like "$stderr" 'p/a/esc\\x1b\[31m\\x0a\\x9b.png'
    same "$(tr -d '\n' <<<"$stderr" | LC_ALL=C grep -cP '[\x00-\x1f\x7f\x9b]')" 0
    run -1 --separate-stderr "$MIXSMITH" mix $'no\e[31m' -o OUT2
    same "$stderr" 'mixsmith: no\x1b[31m: no such file or folder'
}

@test "control characters in the name of the output are not sent to the terminal" {
    mix "$CIFAR" -o $'OUT\e[31m'
    done_well
    run -1 grep -q $'\e' <<<"$stderr"
    mix "$CIFAR" -o $'OUT2\e[31m' --dry-run
    run -1 grep -q $'\e' <<<"$output"
}

@test "control characters in options are not sent to the terminal" {
    mix "$CIFAR" -o OUT --$'opt\e[31m'
    like "$stderr" '^mixsmith: unknown option --opt\\x1b\[31m'
    mix "$CIFAR" -o OUT -m $'\e[31m'
    like "$stderr" "^mixsmith: unknown mixer '.x1b\[31m'"
    mix "$CIFAR" -o OUT -$'\e'
    run -1 grep -q $'\e' <<<"$stderr"
}

@test "the reason stands in the message however long the path" {
    two_classes p
    deep=p/a
    for i in 1 2 3 4 5 6; do deep=$deep/$(printf "$i%.0s" {1..250}); done
    mkdir -p "$deep"
    printf x >"$deep/x.png"
    mix p -o OUT
    same "$status" 0
    like "$stderr" 'neither PNG, JPEG nor BMP \(1 bytes\)'
    like "$(fields OUT/failures.jsonl reason)" 'neither PNG, JPEG nor BMP \(1 bytes\)'
}

# --- usage ---

@test "no command, unknown command" {
    run --separate-stderr "$MIXSMITH"
    refused 2 "no command; see mixsmith --help"
    run --separate-stderr "$MIXSMITH" mxi
    refused 2 "unknown command 'mxi'; did you mean mix?"
    run --separate-stderr "$MIXSMITH" frobnicate
    refused 2 "unknown command 'frobnicate'; see mixsmith --help"
    run --separate-stderr "$MIXSMITH" help mxi
    refused 2 "unknown command 'mxi'; did you mean mix?"
}

@test "--split where there are none" {
    mix "$CIFAR" -o OUT --split test
    refused 1 "--split test: an input of kind cifar10 has no splits: name the files themselves"
}

@test "no input, no output" {
    mix -o OUT
    refused 2 "no input: name a folder or files of samples; --help says of which kinds"
    mix "$CIFAR"
    refused 2 "no output: give -o PATH"
    mix "$CIFAR" -o ""
    refused 2 "-o '': expected the name of a folder to make, or -"
    mix "$CIFAR" -o - --json
    refused 2 "--json prints on standard output, where -o - writes samples"
    mix "$CIFAR" -o - --to npy
    refused 1 "-o -: --to npy makes a folder; standard output takes --to tar or raw"
    mix "$CIFAR" -o OUT --to raw --labels-to OUT-labels
    refused 1 "-o OUT: --to raw writes to standard output only: -o -"
    mix "$CIFAR" -o - --to raw
    refused 2 "--to raw: say where the soft labels go with --labels-to PATH"
    for to in "" "--to npy" "--to tar"; do
        mix "$CIFAR" -o OUT $to --labels-to labels
        refused 2 "--labels-to labels: only --to raw writes labels apart; leave it out, or give --to raw -o -"
    done
    for path in "" -; do
        mix "$CIFAR" -o - --to raw --labels-to "$path"
        refused 2 "--labels-to '$path': expected the name of a file, a pipe, or /dev/fd/N"
    done
    mix "$CIFAR" -o - --to raw --labels-to nowhere/labels
    refused 1 "nowhere/labels: the folder that it is to lie in does not exist"
    : >labels
    mix "$CIFAR" -o - --to raw --labels-to labels
    refused 1 "labels: exists already; choose another name, or replace it with --force"
    mix "$CIFAR" -o
    refused 2 "-o needs a value; see --help"
    mix "$CIFAR" -o OUT --seed
    refused 2 "--seed needs a value; see --help"
    mix "$CIFAR" --to digest -o OUT
    refused 2 "--to digest writes no files: leave out -o"
}

@test "unknown options, with a suggestion" {
    mix "$CIFAR" --outptu OUT
    refused 2 "unknown option --outptu; did you mean --output?"
    mix "$CIFAR" -o OUT --sede=3
    refused 2 "unknown option --sede; did you mean --seed?"
    mix "$CIFAR" -o OUT --frobnicate
    refused 2 "unknown option --frobnicate; see --help"
    mix "$CIFAR" -o OUT -z
    refused 2 "unknown option -z; see --help"
}

@test "unknown letter among known ones" {
    mix --force -vzq "$CIFAR" -o OUT
    refused 2 "unknown option -z; see --help"
}

@test "value for an option that takes none" {
    mix "$CIFAR" -o OUT --force=yes
    refused 2 "--force takes no value; see --help"
}

@test "unknown mixer, with a suggestion" {
    mix "$CIFAR" -o OUT -m cutmx
    refused 2 "unknown mixer 'cutmx'; did you mean cutmix?"
    mix "$CIFAR" -o OUT -m zeta+mixupp
    refused 2 "unknown mixer 'mixupp'; did you mean mixup?"
    mix "$CIFAR" -o OUT -m frobnicate
    refused 2 "unknown mixer 'frobnicate'; there are mixup, zeta, cutmix, fmix, none"
    mix "$CIFAR" -o OUT -m ""
    refused 2 "unknown mixer ''; there are mixup, zeta, cutmix, fmix, none"
}

@test "unknown parameter of a mixer" {
    mix "$CIFAR" -o OUT -m mixup:alfa=1
    refused 2 "mixup has no parameter 'alfa'; did you mean alpha?"
    mix "$CIFAR" -o OUT -m mixup:alpha
    refused 2 "mixup: 'alpha' is no key=value"
    mix "$CIFAR" -o OUT -m fmix:spectrum=white
    refused 2 "fmix: spectrum=white: expected one of paper|official"
}

@test "alpha not above 0, or no number" {
    for mixer in mixup cutmix fmix; do
        for alpha in 0 -1 nan inf -nan 1e999 "" x 1x; do
            mix "$CIFAR" -o OUT -m "$mixer:alpha=$alpha"
            refused 2 "$mixer: alpha=$alpha: expected a number above 0 and at most 1000000"
        done
    done
}

@test "weights of mixers" {
    for weight in 0 -1 nan inf "" x 1e7; do
        mix "$CIFAR" -o OUT -m "mixup@$weight"
        refused 2 "mixer 'mixup': weight '$weight' is no number above 0 and at most 1000000"
    done
}

@test "bad --size" {
    for size in 0x3 3x0 -1x3 3x 3x3x3 x ab 3.5x3 16385x1 3X3 99999999999999999999x1 ""; do
        mix "$CIFAR" -o OUT --size "$size"
        refused 2 "--size $size: expected WxH or N, sides from 1 to 16384, for example 224x224"
    done
}

@test "bad --count" {
    for count in 0 0x -1 1.5x x 1xx infinite nan 9223372036854775808 99999999999999999999 ""; do
        mix "$CIFAR" -o OUT -n "$count"
        refused 2 "--count $count: expected a number of samples, of passes as in 10x, or inf"
    done
    mix "$CIFAR" -o OUT -n inf
    refused 1 "--count inf never ends: it needs -o - and a reader that does"
    mix "$CIFAR" -o OUT -n 9223372036854775807x
    refused 1 "--count 9223372036854775807x: too many passes over 100 samples"
}

@test "bad --seed" {
    for seed in -1 18446744073709551616 1.5 x ""; do
        mix "$CIFAR" -o OUT -S "$seed"
        refused 2 "--seed $seed: expected a whole number from 0 to 18446744073709551615"
    done
}

@test "numbers out of range" {
    while read -r option value range; do
        mix "$CIFAR" -o OUT "--$option" "$value"
        refused 2 "--$option $value: expected a $range"
    done <<'END'
batch 0 whole number from 1 to 65536
batch 1.5 whole number from 1 to 65536
threads 0 whole number from 1 to 1024
threads 1025 whole number from 1 to 1024
threads x whole number from 1 to 1024
quality 0 whole number from 1 to 100
quality 101 whole number from 1 to 100
png-level 13 whole number from 0 to 12
max-pixels 0 whole number from 1 to 268435456
smooth -0.1 number from 0 to 1
smooth nan number from 0 to 1
END
}

@test "words that are no choice" {
    while read -r option choices; do
        mix "$CIFAR" -o OUT "--$option" frob
        refused 2 "--$option frob: expected one of $choices"
    done <<'END'
pair any|same|other|balanced
unit sample|batch
fit crop|pad|squash
channels auto|1|3
orient exif|raw
image png|jpg
labels-as dense|sparse
progress auto|always|never
on-error skip|stop
label fine|coarse
END
}

@test "unknown --from and --to" {
    mix "$CIFAR" -o OUT --from cifr10
    like "$stderr" "^mixsmith: --from cifr10: .*did you mean cifar10"
    same "$status" 2
    mix "$CIFAR" -o OUT --to nyp
    like "$stderr" "^mixsmith: --to nyp: .*did you mean npy"
    same "$status" 2
    mix "$CIFAR" -o OUT --to frobnicate
    refused 2 "--to frobnicate: expected one of auto|folder|tar|npy|cifar|raw|none|digest"
}

@test "--to cifar of pictures of another size, dry or not" {
    for dry in "" --dry-run; do
        mix "$PICTURES" -o OUT --to cifar $dry
        refused 1 "--to cifar: records are 32 x 32 in 3 channels, the samples 96 x 96 in 3; give --size 32x32 --channels 3, or another --to"
    done
}

# --- outputs that exist ---

@test "output that exists stays as it is" {
    mix "$CIFAR" -o OUT -n 3
    before=$(ls -lR --time-style=full-iso OUT)
    mix "$CIFAR" -o OUT -n 5
    same "$stderr" "mixsmith: OUT: exists already; choose another name, or replace it with --force"
    same "$status" 1
    same "$(ls -lR --time-style=full-iso OUT)" "$before"
    [ ! -e OUT.partial ]
}

@test "a dry run says that the output exists" {
    mkdir OUT
    mix "$CIFAR" -o OUT --dry-run
    same "$stderr" "mixsmith: OUT: exists already; choose another name, or replace it with --force"
    same "$status" 1
}

@test "--force does not replace what is not ours" {
    mkdir theirs
    echo precious >theirs/file
    echo precious >file
    ln -s theirs link
    ln -s nowhere dangling
    for path in theirs file link dangling .; do
        mix "$CIFAR" -o "$path" --force
        same "$stderr" "mixsmith: $path: not an output of mixsmith: --force does not replace it"
        same "$status" 1
        same "$(cat theirs/file file)" $'precious\nprecious'
        [ -L link ] && [ -L dangling ] && [ ! -e "$path.partial" ]
    done
}

@test "--force does not replace a folder whose files all begin with a dot" {
    mkdir -p theirs/.git
    echo precious >theirs/.git/config
    mix "$CIFAR" -o theirs --force
    same "$status" 1
    same "$(cat theirs/.git/config)" precious
}

@test "--force does not replace the input" {
    mix "$CIFAR" -o own --to cifar -n 20
    for input in own own/data_batch_1.bin; do
        mix "$input" -o own --force
        same "$status" 1
        same "$stderr" "mixsmith: -o own: holds the input $input, which it would replace"
    done
    same "$(stat -c %s own/data_batch_1.bin)" $((20 * 3073))
    mix "$PICTURES" -o mixed -n 10
    mix mixed/train -o mixed --force
    same "$stderr" "mixsmith: -o mixed: holds the input mixed/train, which it would replace"
    [ ! -e mixed.partial ]
}

@test "--force replaces no archive that is read, nor do labels replace a file that is" {
    mix "$CIFAR" -q -s 8x8 -o in.tar -n 9
    mkdir shards
    cp in.tar shards
    cp in.tar whole.tar
    mix in.tar -o in.tar --force
    refused 1 "-o in.tar: belongs to the input in.tar, and would be replaced"
    mix shards -o shards/in.tar --force
    refused 1 "-o shards/in.tar: belongs to the input shards, and would be replaced"
    mix shards -o shards/new.tar
    refused 1 "-o shards/new.tar: lies inside the input shards, which would hold it next time"
    mix "$CIFAR" -q -o own --to npy -n 9
    for labels in own/images.npy own/labels.npy; do
        mix own -o - --to raw --labels-to $labels --force
        refused 1 "--labels-to $labels: belongs to the input own, and would be replaced"
    done
    cp own/labels.npy y
    mix own/images.npy --labels y -o - --to raw --labels-to y --force
    refused 1 "--labels-to y: belongs to the input y, and would be replaced"
    ln y OUT.partial
    mix own/images.npy --labels y -o - --to raw --labels-to OUT
    same "$stderr" "mixsmith: --labels-to OUT.partial: belongs to the input y, and would be replaced"
    cmp in.tar whole.tar
    cmp shards/in.tar whole.tar
    cmp own/labels.npy y
    [ ! -e shards/new.tar ]
}

@test "an output inside the input is refused, a missing parent too" {
    cp -r "$PICTURES" p
    mix p -o p/mixed
    same "$status" 1
    same "$stderr" "mixsmith: -o p/mixed: lies inside the input p, which would hold it next time"
    for dry in "" --dry-run; do
        mix "$CIFAR" -o no/where $dry
        same "$status" 1
        same "$stderr" "mixsmith: no/where: the folder that it is to lie in does not exist"
    done
}

@test "a class called as the manifest is" {
    mkdir p
    cp -r "$PICTURES/fish" p/metadata.jsonl
    mix p -o OUT
    refused 1 "--to folder: class 0 is called metadata.jsonl, as the manifest is; rename it, or use another --to"
}

@test "--force fills an empty folder" {
    mkdir OUT
    mix "$CIFAR" -o OUT --force
    same "$status" 0
    [ -s OUT/images.npy ]
}

@test "OUT.partial that is not ours is left alone" {
    mkdir OUT.partial
    echo precious >OUT.partial/file
    mix "$CIFAR" -o OUT
    same "$stderr" "mixsmith: OUT.partial: exists, and is not what an interrupted run left; move it away"
    same "$status" 1
    same "$(cat OUT.partial/file)" precious
    [ ! -e OUT ]
}

@test "OUT.partial with files that begin with a dot is left alone" {
    mkdir OUT.partial
    echo precious >OUT.partial/.file
    mix "$CIFAR" -o OUT
    same "$status" 1
    same "$(cat OUT.partial/.file)" precious
}

@test "OUT.partial that is a file or a link is left alone" {
    echo precious >OUT.partial
    mix "$CIFAR" -o OUT
    same "$status" 1
    same "$(cat OUT.partial)" precious
    mkdir elsewhere
    ln -sfn elsewhere OUT.partial
    mix "$CIFAR" -o OUT
    same "$status" 1
    [ -L OUT.partial ] && [ -d elsewhere ]
}

@test "output in a folder that does not exist" {
    mix "$CIFAR" -o nowhere/OUT
    refused 1 "nowhere/OUT: the folder that it is to lie in does not exist"
    [ ! -e nowhere ]
}

@test "output with too long a name" {
    mix "$CIFAR" -o "$(printf 'o%.0s' {1..255})"
    like "$stderr" "cannot make this folder: File name too long$"
    same "$status" 1
}

@test "pass after pass over pictures none of which can be decoded ends" {
    mkdir -p photos/a photos/b
    for file in a/1 a/2 b/3 b/4; do cp "$ROOT/tests/data/bad-jpg-cut.jpg" photos/$file.jpg; done
    run --separate-stderr timeout 10 "$MIXSMITH" mix photos -o - --to tar -n inf
    like "$stderr" '^mixsmith: no sample could be made; the first of 4 failures: photos/a/1.jpg: '
    same "$status" 1
    same "$output" ""
}

@test "batches that the machine has no memory for are refused before they are made" {
    is_sanitized && skip "a sanitizer has memory of its own"
    mix "$PICTURES" -q --to tar -o in.tar
    run --separate-stderr bash -c '"$0" mix - "$@" <in.tar' "$MIXSMITH" -o OUT -s 16384 -b 65536
    like "$stderr" '^mixsmith: batches of 65536 samples, 16384 x 16384 x 3, need 10[0-9] TB of memory, but there are [0-9.]+ [GT]B: lower --batch or --size$'
    same "$status" 1
    nothing_left
    ulimit -v 3000000 # kB
    mix "$PICTURES" -o OUT -s 16384 -j 1
    refused 1 "batches of 40 samples, 16384 x 16384 x 3, need 65.2 GB of memory, but there are 3.07 GB: lower --batch or --size"
    mix "$PICTURES" -o OUT -s 16384 -j 1 --dry-run
    refused 1 "batches of 40 samples, 16384 x 16384 x 3, need 65.2 GB of memory, but there are 3.07 GB: lower --batch or --size"
    mix "$PICTURES" -o OUT -s 16384 -b 1 -j 4 -m mixup+cutmix --dry-run
    refused 1 "batches of 1 sample, 16384 x 16384 x 3, need 8.86 GB of memory, but there are 3.07 GB: lower --batch or --size"
    run --separate-stderr "$MIXSMITH" grid "$PICTURES" -o OUT.png -s 16384
    refused 1 "batches of 40 samples, 16384 x 16384 x 3, need 32.2 GB of memory, but there are 3.07 GB: lower --batch or --size"
    mix "$PICTURES" -o OUT -s 96 -j 1
    done_well
}
