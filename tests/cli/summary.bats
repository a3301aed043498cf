#!/usr/bin/env bats
# What mix prints, what of it reaches the terminal, and how much memory it takes.
load helpers

# --- what is printed ---

@test "the summary is two lines on standard error" {
    mix "$CIFAR" -o OUT -n 250
    same "$output" ""
    same "$(wc -l <<<"$stderr")" 2
    same "$(sed -n 1p <<<"$stderr")" "read     100 samples of 10 classes, 32 x 32 x 3 (cifar10)"
    like "$(sed -n 2p <<<"$stderr")" '^wrote    250 samples to OUT \(npy\), [0-9.]+ s, [0-9.]+( [kM])?/s$'
}

@test "one sample of one class is one sample of one class, whoever says so" {
    mkdir -p one/a two/a two/b
    cp "$PICTURES/city/city_1.png" one/a
    cp "$PICTURES/city/city_1.png" two/a
    cp "$PICTURES/fish/fish_1.png" two/b
    mix one -o OUT
    like "$stderr" '^read     1 sample of 1 class, .*wrote    1 sample to OUT '
    grep -qx '1 sample in 1 class, made by mixsmith .* with' OUT/README.md
    mix one -o OUT2 --dry-run
    like "$output" '^input    1 sample of 1 class, .*output   1 sample to OUT2 '
    mix two -o OUT3 -n 1
    like "$stderr" "no sample ended in 1 of 2 classes, '[ab]': it has no folder, and readers that number folders will shift the classes after it"
    for input in one OUT; do
        run -0 --separate-stderr "$MIXSMITH" scan "$input"
        like "$output" '^1 sample of 1 class, '
        [ $input = one ] || like "$output" $'labels     1 soft label\n'
        run ! grep -E '\b1 (samples|classes|soft labels|copies|pictures)\b' <<<"$output"
    done
    run -0 --separate-stderr "$MIXSMITH" grid one --width 40
    like "$output" '1 picture of 1 class, 96 x 96, '
    run -0 --separate-stderr "$MIXSMITH" report one -o OUT.html
    like "$stderr" '^wrote OUT.html: 1 sample of 1 class, '
    run ! grep -E '\b1 (samples|classes)\b' OUT.html
    printf x >one/a/x.png
    mix one -o OUT4
    like "$stderr" 'nor BMP \(1 byte\)'
}

@test "-q is silent, warnings included" {
    mix "$PICTURES" -o OUT -n 1 -q
    same "$status" 0
    same "$output$stderr" ""
}

@test "--json is one line with the documented keys" {
    mix "$PICTURES" -o OUT --json -n 3
    done_well
    same "$(wc -l <<<"$output")" 1
    "$PYTHON" -c 'import json, sys
d = json.loads(sys.argv[1])
assert list(d) == ["mixsmith", "dry_run", "source", "sink", "output", "read", "classes", "shape",
                   "dtype", "skipped", "samples", "asked", "seconds", "rss_mb"], list(d)
assert (d["shape"], d["dtype"]) == ([96, 96, 3], "uint8")
assert list(d["seconds"]) == ["read", "decode", "draw", "blend", "encode", "commit", "whole"]
assert (d["source"], d["sink"], d["output"]) == ("folder", "folder", "OUT")
assert (d["read"], d["classes"], d["skipped"], d["samples"], d["asked"]) == (40, 5, 0, 3, 3)' "$output"
    mix "$CIFAR" --to digest --json -q
    like "$output" '"digest":"xxh64:[0-9a-f]{16}"'
    same "$stderr" ""
}

@test "--json is UTF-8 whatever the output is called" {
    mix "$CIFAR" -o $'OUT\xff' --json
    done_well
    printf %s "$output" | "$PYTHON" -c 'import json, sys; json.loads(sys.stdin.buffer.read().decode())'
}

@test "--dry-run writes nothing and says what would be made" {
    mix "$PICTURES" -o OUT --dry-run -n 10x -m cutmix
    done_well
    same "$output" "input    40 samples of 5 classes, 96 x 96 x 3 (folder)
mixer    cutmix:alpha=1,box=clip,min=0,max=0,correct=1,aspect=1@1
output   400 samples to OUT (folder), 11.1 MB of pixels before compression"
    same "$stderr" ""
    same "$(ls)" ""
}

@test "--dry-run --strict tells of what would be skipped" {
    two_classes p
    printf x >p/a/x.png
    mix p -o OUT --dry-run --strict
    same "$status" 3
    like "$output" $'\n''skipped  1 that cannot be read'$'\n'
    nothing_left
}

@test "--dry-run --json is one line of JSON" {
    mix "$CIFAR" -o OUT --dry-run --json -n 2x
    done_well
    same "$(wc -l <<<"$output")" 1
    "$PYTHON" -c 'import json, sys; assert json.loads(sys.argv[1])["asked"] == 200' "$output"
    nothing_left
}

@test "--json has all digits of the samples asked for, and null where nobody knows them" {
    mix "$CIFAR" --to none --dry-run --json -n 9223372036854775807
    done_well
    like "$output" '"asked":9223372036854775807,'
    mix "$PICTURES" -q -o in.tar -n 3
    run --separate-stderr bash -c '"$0" mix - --to none --dry-run --json <in.tar' "$MIXSMITH"
    done_well
    like "$output" '"asked":null,'
}

@test "help names every option, mixer and form; version" {
    mix --help
    same "$status" 0
    for word in --from --label --on-error --max-pixels --size --fit --channels --orient --mixer \
        --batch --pair --unit --count --seed --smooth --with-originals --output --to --image \
        --quality --png-level --labels-as --force --dry-run --strict --threads --progress --json \
        --quiet --verbose --help --version mixup zeta cutmix fmix none folder npy cifar digest; do
        grep -q -e "$word" <<<"$output"
    done
    same "$(grep -c -e --resume -e "--shard " -e replay -e verify <<<"$output")" 0
    run -0 "$MIXSMITH" help mix
    same "$output" "$("$MIXSMITH" mix -h)"
    run -0 "$MIXSMITH" --help
    like "$output" '^mixsmith: expands labelled data sets'
    run -0 "$MIXSMITH" --version
    like "$output" '^mixsmith [0-9]+\.[0-9]+\.[0-9]+'
}

@test "--version names the libraries, as the help says" {
    mix --help
    grep -q -e '--version  *version and libraries' <<<"$output" || skip "the help does not say so"
    run -0 "$MIXSMITH" --version
    like "$output" 'FFTW|fftw'
    like "$output" '[Tt]urbo'
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

# hidden: what shows nothing, or turns the text around it; turning: the latter, or ends a line.
hidden=$'[\u0080-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]'
turning=$'[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]'

@test "marks that hide, or turn the text around them, are not sent to the terminal" {
    mkdir -p $'p\u2066/a\u202eb' $'p\u2066/a\u200bb'
    cp "$PICTURES/city/city_1.png" $'p\u2066/a\u202eb'
    cp "$PICTURES/fish/fish_1.png" $'p\u2066/a\u200bb'
    printf x >$'p\u2066/a\u200bb/fish\u202egnp.exe.png'
    mix $'p\u2066' -o $'OUT\u2067' -m mixup
    done_well
    like "$stderr" 'skipped p\\xe2\\x81\\xa6/a\\xe2\\x80\\x8bb/fish\\xe2\\x80\\xaegnp.exe.png: '
    like "$stderr" 'to OUT\\xe2\\x81\\xa7 \(folder\)'
    run -1 grep -P "$hidden" <<<"$stderr"
    mix $'p\u2066' -o $'OUT2\u2067' -m mixup --dry-run
    like "$output" 'to OUT2\\xe2\\x81\\xa7 \(folder\)'
    run -1 grep -P "$hidden" <<<"$stderr$output"
    for input in $'p\u2066' $'OUT\u2067'; do
        run -0 --separate-stderr "$MIXSMITH" scan "$input" -v
        like "$output" '  a\\xe2\\x80\\xaeb  '
        run -1 grep -P "$hidden" <<<"$stderr$output"
        run -0 --separate-stderr "$MIXSMITH" grid "$input"
        run -1 grep -P "$hidden" <<<"$stderr$output"
        run -0 --separate-stderr "$MIXSMITH" grid "$input" -o $'OUT\u2067.png' -f
        run -1 grep -P "$hidden" <<<"$stderr"
        run -0 --separate-stderr "$MIXSMITH" report "$input" -o $'OUT\u2067.html' -f
        run -1 grep -P "$hidden" <<<"$stderr"
        run -1 grep -P "$turning" OUT*.html
    done
    for typed in $'m\u202eix' $'list m\u202eix' $'mix p -m m\u202eix' $'mix --m\u202eix'; do
        run -2 --separate-stderr "$MIXSMITH" $typed
        like "$stderr" '\\xe2\\x80\\xae'
        run -1 grep -P "$hidden" <<<"$stderr"
    done
}

@test "the reason stands in the message however long the path" {
    two_classes p
    deep=p/a
    for i in 1 2 3 4 5 6; do deep=$deep/$(printf "$i%.0s" {1..250}); done
    mkdir -p "$deep"
    printf x >"$deep/x.png"
    mix p -o OUT
    same "$status" 0
    like "$stderr" 'neither PNG, JPEG nor BMP \(1 byte\)'
    like "$(fields OUT/failures.jsonl reason)" 'neither PNG, JPEG nor BMP \(1 byte\)'
}

# --- memory ---

# rss ARGUMENTS...: the most memory of a run, in whole MB.
rss() {
    mix "$@" --json -q
    "$PYTHON" -c 'import json, sys; print(round(json.loads(sys.argv[1])["rss_mb"]))' "$output"
}

@test "memory does not grow with the number of samples" {
    is_sanitized && skip "a sanitizer has memory of its own"
    few=$(rss "$CIFAR" --to none -n 10000)
    many=$(rss "$CIFAR" --to none -n 1000000)
    echo "$few MB, $many MB"
    [ "$many" -le $((few + 4)) ]
}

@test "nor where the samples are small and the classes many" {
    is_sanitized && skip "a sanitizer has memory of its own"
    "$PYTHON" -c 'import os
from PIL import Image
Image.new("L", (2, 2), 7).save("x.png")
for k in range(1500):
    os.makedirs("p/%04d" % k)
    os.link("x.png", "p/%04d/x.png" % k)'
    used=$(rss p --to npy -o OUT -n 30000)
    echo "$used MB"
    [ "$used" -le 100 ]
}

@test "nor where samples and batches are as small as can be" {
    is_sanitized && skip "a sanitizer has memory of its own"
    used=$(rss "$CIFAR" --to none -n 3 -b 1 -s 1x1 -m none)
    echo "$used MB"
    [ "$used" -le 100 ]
}
