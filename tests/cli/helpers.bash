# What all tests of the command line share: the program, its input, and the checks on a run.
# Every test starts in an empty folder of its own.
# shellcheck shell=bash disable=SC2154,SC2034,SC2059 # bats sets status, output and stderr
bats_require_minimum_version 1.5.0

ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
MIXSMITH=$(realpath "${MIXSMITH:-$ROOT/build/mixsmith}")
PICTURES=$ROOT/sample_data/pictures
CIFAR=$ROOT/sample_data/cifar
PYTHON=/usr/bin/python3 # Debian's own, which has numpy and Pillow
export LC_ALL=C.UTF-8

setup() {
    mkdir "$BATS_TEST_TMPDIR/work" # beside it bats keeps files of its own
    cd "$BATS_TEST_TMPDIR/work" || return 1
}

# mix ARGUMENTS...: a run of `mixsmith mix`, ended after half a minute; sets status, output, stderr.
mix() {
    run --separate-stderr timeout -k 1 30 "$MIXSMITH" mix "$@"
}

# same GOT WANTED: are they the same text?
same() {
    [ "$1" = "$2" ] && return
    printf 'got:    %s\nwanted: %s\n' "$1" "$2"
    return 1
}

# like GOT REGEX
like() {
    [[ $1 =~ $2 ]] && return
    printf 'got:    %s\nwanted: %s\n' "$1" "$2"
    return 1
}

# nothing_left: neither an output nor a part of one.
nothing_left() {
    [ -z "$(find . -maxdepth 1 -name 'OUT*')" ] && return
    ls -d OUT*
    return 1
}

# refused STATUS MESSAGE: the last run ended so, said just this line, and left nothing.
refused() {
    same "$stderr" "mixsmith: $2"
    same "$status" "$1"
    same "$output" ""
    nothing_left
}

# done_well: the last run succeeded.
done_well() {
    [ "$status" -eq 0 ] && return
    printf 'status %s\n%s\n' "$status" "$stderr"
    return 1
}

# two_classes FOLDER: two classes of two pictures, 96 x 96.
two_classes() {
    mkdir -p "$1/a" "$1/b"
    cp "$PICTURES"/city/city_[12].png "$1/a"
    cp "$PICTURES"/fish/fish_[12].png "$1/b"
}

# fields FILE KEY: the value of a key in every row.
fields() {
    "$PYTHON" -c 'import json, sys
for line in open(sys.argv[1]):
    print(json.loads(line)[sys.argv[2]])' "$1" "$2"
}

# as_nobody COMMAND...: without root's right to read every file; status 99 where that cannot be.
as_nobody() {
    [ "$(id -u)" -eq 0 ] || { "$@"; return; }
    local rights=-dac_override,-dac_read_search
    setpriv --bounding-set=$rights --inh-caps=$rights true 2>/dev/null || return 99
    setpriv --bounding-set=$rights --inh-caps=$rights "$@"
}

is_sanitized() {
    grep -q '__[at]san_init' "$MIXSMITH"
}

# png WIDTH HEIGHT: a PNG whose header says so, with one row of data.
png() {
    "$PYTHON" -c 'import struct, sys, zlib
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
header = struct.pack(">IIBBBBB", int(sys.argv[1]), int(sys.argv[2]), 8, 2, 0, 0, 0)
sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
                        + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b""))' "$@"
}

# byte FILE OFFSET VALUE
byte() {
    printf "\\x$(printf %x "$3")" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

# check FOLDER PYTHON: the statements hold, with np, json, Image, rows (of the manifest) at hand.
check() {
    (cd "$1" && "$PYTHON" -c "
import glob, json, os, sys
import numpy as np
from PIL import Image
manifest = glob.glob('manifest.jsonl') + glob.glob('train/metadata.jsonl')
rows = [json.loads(line) for line in open(manifest[0])] if manifest else []
job = json.load(open('dataset.json'))
classes = open('classes.txt').read().split('\n')[:-1]
$2")
}
