#!/usr/bin/env bats
# The same bytes from one input, options and seed: whatever the threads, the compiler, the processor
# and the run.
load helpers

# shellcheck disable=SC2054 # the commas belong to the words
ALL=(-m mixup -m zeta:t=8 -m cutmix -m fmix -m fmix:spectrum=official,soft=0.1 -m zeta+cutmix -m none)

# Another compiler without optimisation and without code for several processors; or the program that
# OTHER names.
setup_file() {
    [ -z "${OTHER-}" ] || return 0
    export OTHER=$BATS_FILE_TMPDIR/other/mixsmith
    command -v clang >/dev/null || return 0
    env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$BATS_TEST_DIRNAME/../.." -j2 CC=clang OPT=-O0 \
        SAN= CFLAGS=-DMIXSMITH_ONE_PATH BUILD="$BATS_FILE_TMPDIR/other" >"$BATS_FILE_TMPDIR/log" 2>&1 ||
        { cat "$BATS_FILE_TMPDIR/log"; return 1; }
}

# digest ARGUMENTS...: of the output.
digest() {
    "$MIXSMITH" mix "$@" --to digest -q
}

# make_all PROGRAM FOLDER ARGUMENTS...: outputs of every form by every mixer.
make_all() {
    "$1" mix "$PICTURES" -o "$2/folder" -q -n 2x -b 16 -s 40x28 "${ALL[@]}" "${@:3}"
    "$1" mix "$PICTURES" -o "$2/jpg" -q -n 30 --image jpg -m fmix "${@:3}"
    "$1" mix "$CIFAR" -o "$2/npy" -q -n 3x -b 30 --pair balanced --smooth 0.1 "${ALL[@]}" "${@:3}"
    "$1" mix "$CIFAR" -o "$2/cifar" -q --to cifar --unit batch --with-originals "${ALL[@]}" "${@:3}"
}

@test "trees do not depend on the threads" {
    mkdir 1 2 3 16
    for j in 1 2 3 16; do
        make_all "$MIXSMITH" $j -j $j
        diff -r 1 $j
    done
    same "$(find 1 -type f | wc -l)" $((5 + 80 + 5 + 30 + 7 + 8))
}

@test "trees do not depend on the compiler and its optimisation" {
    [ -x "$OTHER" ] || skip "no clang"
    mkdir 1 2
    make_all "$MIXSMITH" 1
    make_all "$OTHER" 2
    diff -r 1 2
}

@test "digests do not depend on the threads, for each mixer alone" {
    for mixer in mixup:alpha=0.2 zeta zeta:t=7,gamma=1.9 cutmix:box=inside cutmix:min=0.2,max=0.7 \
        cutmix:aspect=3,correct=0 fmix fmix:spectrum=official fmix:periodic=0,decay=2.5 \
        fmix:reformulate=1,soft=0.2 none zeta+cutmix mixup+fmix+cutmix; do
        for rest in "" "--unit batch" "--pair same" "--pair other -b 7"; do
            # shellcheck disable=SC2086 # several words
            one=$(digest "$CIFAR" -m $mixer $rest -n 150 -j 1)
            like "$one" '^xxh64:[0-9a-f]{16}$'
            # shellcheck disable=SC2086
            same "$mixer $rest $(digest "$CIFAR" -m $mixer $rest -n 150 -j 3)" "$mixer $rest $one"
        done
    done
}

@test "runs do not depend on the run" {
    mkdir 1 2
    make_all "$MIXSMITH" 1
    make_all "$MIXSMITH" 2
    diff -r 1 2
}

@test "nor on the processor, as far as the C library sees it" {
    wanted=$(digest "$CIFAR" "${ALL[@]}" -n 3x)
    for mask in -AVX512F -AVX2 -AVX512F,-AVX512VL,-AVX512BW,-AVX2,-FMA,-AVX \
        -AVX2,-AVX,-FMA,-FMA4,-SSE4_2,-SSE4_1,-SSSE3,-ERMS; do
        export GLIBC_TUNABLES=glibc.cpu.hwcaps=$mask
        same "$mask $(digest "$CIFAR" "${ALL[@]}" -n 3x)" "$mask $wanted"
    done
}

@test "nor on an old processor" {
    is_sanitized && skip "a sanitizer does not run under qemu"
    command -v qemu-x86_64 >/dev/null || skip "no qemu-x86_64"
    wanted=$(digest "$CIFAR" "${ALL[@]}" -n 30)
    large=(-s 331x224 -m fmix -m fmix:soft=0.1)
    wanted_large=$(digest "$PICTURES" "${large[@]}" -n 10)
    for cpu in Nehalem Haswell; do
        same "$(qemu-x86_64 -cpu $cpu "$MIXSMITH" mix "$CIFAR" "${ALL[@]}" -n 30 --to digest -q)" "$wanted"
        same "$(qemu-x86_64 -cpu $cpu "$MIXSMITH" mix "$PICTURES" "${large[@]}" -n 10 --to digest -q)" \
            "$wanted_large"
    done
}

@test "nor on the environment, the folder and the way the input is written" {
    wanted=$(digest "$PICTURES" "${ALL[@]}")
    same "$(env -i "$MIXSMITH" mix "$PICTURES" "${ALL[@]}" --to digest -q)" "$wanted"
    cp -r "$PICTURES" elsewhere
    same "$(digest ./elsewhere/ "${ALL[@]}")" "$wanted"
    ln -s "$PICTURES" link
    same "$(digest link "${ALL[@]}")" "$wanted"
}

@test "nor on how the input is called, where files are skipped" {
    mkdir p p/a
    cp "$PICTURES"/fish/*.png p/a
    echo text >p/a/note.png
    head -c 4000 "$PICTURES/fish/fish_1.png" >p/a/cut.png
    mix p -o OUT
    mix "$PWD/./p" -o OUT2
    diff -r OUT OUT2
    same "$(wc -l <OUT/failures.jsonl)" 2
}

@test "another seed, another output; the seed's 64 bits all count" {
    for seed in 0 1 2 4294967296 9223372036854775808 18446744073709551615; do
        digest "$CIFAR" -S $seed
    done | sort -u >digests
    same "$(wc -l <digests)" 6
}

@test "an option that matters changes the output" {
    {
        digest "$CIFAR"
        digest "$CIFAR" -m mixup:alpha=0.5
        digest "$CIFAR" -m zeta
        digest "$CIFAR" -m cutmix
        digest "$CIFAR" -m fmix
        digest "$CIFAR" -m none
        digest "$CIFAR" -m mixup+cutmix
        digest "$CIFAR" -m cutmix+mixup
        digest "$CIFAR" -b 64
        digest "$CIFAR" --pair other
        digest "$CIFAR" --pair same
        digest "$CIFAR" --pair balanced
        digest "$CIFAR" --unit batch
        digest "$CIFAR" --smooth 0.1
        digest "$CIFAR" --with-originals
        digest "$CIFAR" -n 2x
    } | sort >digests
    same "$(uniq <digests | wc -l)" 16
}

@test "the passes differ from each other" {
    mix "$CIFAR" -o OUT -n 3x
    same "$(split -l 100 --filter='cut -d: -f 2- | cut -d, -f 2- | md5sum' OUT/manifest.jsonl | sort -u | wc -l)" 3
}

# Where this changes, everyone's outputs change: raise the version and say so.
@test "the bytes of version 0.1" {
    same "$(digest "$CIFAR" -n 250 -S 42 -m mixup)" xxh64:e91098a0cc93abf7
    same "$(digest "$CIFAR" -n 250 -S 42 -m zeta)" xxh64:964cd5fdc607ccf0
    same "$(digest "$CIFAR" -n 250 -S 42 -m cutmix)" xxh64:8d1ca39f02b94e69
    same "$(digest "$CIFAR" -n 250 -S 42 -m fmix)" xxh64:2ea339e66757b1d1
    same "$(digest "$CIFAR" -n 250 -S 42 -m fmix:spectrum=official)" xxh64:ddbecb73c3c55a91
    same "$(digest "$CIFAR" -n 250 -S 42 -m zeta+cutmix)" xxh64:0645cd1ba65fe1e0
    same "$(digest "$PICTURES" -s 224x224 -n 40 -S 42 -m fmix)" xxh64:4f0e493a3ef5243e
    same "$(digest "$PICTURES" -s 331x97 -n 20 -S 42 -m fmix:soft=0.1,periodic=0)" xxh64:b17d7776b9365aab
}
