#!/usr/bin/env bats
# mixsmith scan: what is in an input, and what is wrong with it.

load helpers

# scan ARGUMENTS...: a run of `mixsmith scan`; sets status, output, stderr.
scan() {
    run --separate-stderr timeout -k 1 30 "$MIXSMITH" scan "$@"
}

# json EXPRESSION: of the object d that the last run printed.
json() {
    "$PYTHON" -c 'import json, sys; d = json.loads(sys.argv[1]); print(eval(sys.argv[2]))' \
        "$output" "$1"
}

# messy: a folder with one of everything.
messy() {
    mkdir -p messy/a messy/b messy/empty
    cp "$PICTURES"/city/city_[123].png messy/a
    cp "$PICTURES/city/city_1.png" messy/a/again.png
    cp "$PICTURES/city/city_2.png" messy/b/copy.png
    cp "$ROOT"/tests/data/{good-png-rgb16.png,good-png-grey8.png,good-jpg-exif6.jpg} messy/b
    cp "$ROOT"/tests/data/{good-png-rgba8.png,bad-png-crc.png,bad-gif.gif} messy/b
    "$PYTHON" -c 'from PIL import Image; Image.new("RGB", (9, 7), (255, 0, 0)).save("messy/b/red.png")'
}

@test "classes line up, whatever their names" {
    for name in cat $'new\nline' 熊猫 "кошка" \
        "a long name that nobody can tell from the other 1" \
        "a long name that nobody can tell from the other 2"; do
        mkdir -p "names/$name"
        cp "$PICTURES/city/city_1.png" "names/$name"
    done
    scan names
    same "$(grep ' %' <<<"$output")" \
"  a long name that nobo…he other 1         1   16.7 %  ####################
  a long name that nobo…he other 2         1   16.7 %  ####################
  cat                                      1   16.7 %  ####################
  new%0Aline                               1   16.7 %  ####################
  кошка                                    1   16.7 %  ####################
  熊猫                                     1   16.7 %  ####################"
    scan names -v
    like "$output" "
  a long name that nobody can tell from the other 2         1   16.7 %  #+
  cat                                                       1   16.7 %  #+"
}

@test "pictures that are all right" {
    cd "$ROOT"
    scan sample_data/pictures
    same "$status" 0
    same "$stderr" ""
    same "$output" "40 samples of 5 classes, 311 kB (folder)
classes    8 samples each
  balloon          8   20.0 %  ####################
  city             8   20.0 %  ####################
  fish             8   20.0 %  ####################
  flower           8   20.0 %  ####################
  mountain         8   20.0 %  ####################
sizes      96 x 96
channels   40 colour
files      32 PNG, 8 JPEG
problems   none found"
}

@test "records of CIFAR" {
    scan "$CIFAR/data_batch_1.bin"
    same "$status" 0
    like "$output" "^100 samples of 10 classes, 307 kB \(cifar10\)"
    like "$output" "sizes      32 x 32
channels   100 colour
problems   none found$"
}

@test "one of everything, problems last" {
    messy
    scan messy
    same "$status" 0
    same "$(sed '/^problems/,$!d' <<<"$output")" "problems
  2 samples cannot be read: repair or remove them; mix leaves such files out
    messy/b/bad-gif.gif: neither PNG, JPEG nor BMP (35 bytes)
    messy/b/bad-png-crc.png: PNG broken: the chunk at byte 33 has CRC 2de44576, not 94fce631
  1 group of equal samples with different labels: some label is wrong; correct or remove them
    a/city_2.png (a) = b/copy.png (b)
  1 group of equal samples of one class: 1 copy too many
    a/again.png = a/city_1.png
  1 sample next to uniform: grey levels with a standard deviation below 2 of 256
    b/red.png
  1 class without samples (put some there or remove the folder): empty
to know before mixing
  sizes differ: mix needs --size WxH
  grey and colour pictures: mix makes all of them colour, --channels 1 grey
  1 sample turned as EXIF says; --orient raw takes them as stored
  1 sample with transparency, which is dropped
  1 sample of 16 bits, of which the high 8 are used"
    like "$(scan messy -v; printf '%s' "$output")" \
"  1 sample turned as EXIF says; --orient raw takes them as stored
    b/good-jpg-exif6.jpg
  1 sample with transparency, which is dropped
    b/good-png-rgba8.png
  1 sample of 16 bits, of which the high 8 are used
    b/good-png-rgb16.png"
    like "$output" "classes    4 to 6 samples each, a ratio of 1.5
  a             4   40.0 %  #############
  b             6   60.0 %  ####################
  empty         0    0.0 %
sizes      96 x 96 \(5\), 11 x 5 \(2\), "
}

@test "the same, whatever the threads" {
    messy
    scan messy -v -j 1
    local one=$output
    scan messy -v -j 3
    same "$output" "$one"
}

@test "--strict tells by its status that something cannot be read, -q says nothing else" {
    messy
    scan messy -q --strict
    same "$status" 3
    same "$output$stderr" ""
    rm messy/b/bad*
    scan messy -q --strict
    same "$status" 0
}

@test "--json: the keys, and what they hold" {
    messy
    scan messy --json
    same "$status" 0
    same "${#lines[@]}" 1
    same "$(json '" ".join(d)')" "mixsmith source samples bytes classes largest_class smallest_class \
empty_classes sizes formats channels alpha exif_turned sixteen_bit unreadable uniform duplicates"
    same "$(json 'd["source"], d["samples"], d["largest_class"], d["smallest_class"], d["empty_classes"]')" \
        "('folder', 10, 6, 4, 1)"
    same "$(json 'd["classes"]')" \
        "[{'name': 'a', 'samples': 4}, {'name': 'b', 'samples': 6}, {'name': 'empty', 'samples': 0}]"
    same "$(json 'd["alpha"], d["exif_turned"], d["sixteen_bit"], d["formats"], d["channels"]')" \
        "(1, 1, 1, {'png': 9, 'jpeg': 1, 'bmp': 0}, {'grey': 1, 'two': 0, 'colour': 9, 'more': 0})"
    same "$(json '[(x["sample"], x["name"], x["label"]) for x in d["unreadable"]]')" \
        "[(4, 'b/bad-gif.gif', 1), (5, 'b/bad-png-crc.png', 1)]"
    same "$(json '[[x["name"] for x in g] for g in d["duplicates"]["list"]]')" \
        "[['a/city_2.png', 'b/copy.png'], ['a/again.png', 'a/city_1.png']]"
    same "$(json '[d["duplicates"][k] for k in ("groups", "groups_across_classes", "copies")]')" "[2, 1, 2]"
    same "$(json 'd["uniform"]')" "[{'sample': 11, 'name': 'b/red.png'}]"
    same "$(json 'sum(s["samples"] for s in d["sizes"]["list"]), d["sizes"]["width"]["most"]')" "(10, 96)"
}

@test "names are printed harmlessly" {
    mkdir -p $'odd/a\eb' odd/c
    cp "$PICTURES/city/city_1.png" $'odd/a\eb/x\ny\xff.png'
    cp "$PICTURES/city/city_1.png" odd/c/z.png
    scan odd
    like "$output" '  a%1Bb         1   50.0 %'
    like "$output" '    a\\x1bb/x\\x0ay\\xff.png \(a%1Bb\) = c/z.png \(c\)'
    scan odd --json
    same "$(json 'd["duplicates"]["list"][0][0]["name"]')" 'a%1Bb/x%0Ay%FF.png'
}

@test "many classes are cut short without -v" {
    for i in {01..25}; do
        mkdir -p "many/$i"
        cp "$PICTURES/city/city_1.png" "many/$i/$i.png"
    done
    scan many
    like "$output" "  20         1    4.0 %  ####################
  and 5 more classes; -v shows them all
sizes "
    like "$output" "    01/01.png \(01\) = 02/02.png \(02\) = 03/03.png \(03\) = 04/04.png \(04\) = 21 more"
    scan many -v
    like "$output" "  25         1    4.0 %"
    like "$output" "= 25/25.png \(25\)"
}

@test "floats: uniform where all are the same in each channel; others cannot be read" {
    "$PYTHON" -c 'import numpy as np
x = np.random.default_rng(0).random((6, 4, 3), np.float32)
x[1, 2, 0], x[4] = np.nan, (7, 8, 9)
np.save("images.npy", x); np.save("labels.npy", np.array([0, 1, 0, 1, 0, 1]))'
    scan .
    like "$output" "shape      4 x 3, float32
problems
  1 sample cannot be read: repair or remove it; mix ends at the first
    ./images.npy: sample 1 has nan at [^
]*
  1 sample uniform: all values the same in each channel
    images.npy record 4$"
}

@test "outputs of mix: labels and mixers, given as a whole or as their pictures" {
    mix "$PICTURES" -o out -m cutmix@0.5 -m none@0.5 -n 100 -s 32 -S 4
    done_well
    scan out
    same "$status" 0
    same "$stderr" ""
    local whole=$output
    like "$output" "^100 samples of 5 classes, .* \(list\)"
    like "$output" "labels     100 soft labels"
    like "$output" "mixers     (cutmix [0-9]+, none [0-9]+|none [0-9]+, cutmix [0-9]+)"
    scan out/train
    same "$output" "$whole"
    scan out --json
    same "$(json 'sum(d["mixture"]["mixers"].values()), sum(d["labels"]["greatest_share"])')" "(100, 100)"
    same "$(json 'round(sum(c["mass"] for c in d["classes"]), 3)')" "100.0"
}

@test "an archive of mix, shards without their folder, a stream: mixers from the rows beside the samples" {
    mix "$PICTURES" -o one.tar -m cutmix@0.5 -m none@0.5 -n 100 -s 32 -S 4
    mix "$PICTURES" -o out --to tar --shard-size 30 -m cutmix@0.5 -m none@0.5 -n 100 -s 32 -S 4
    scan out --json
    json '"{mixers} {copies}".format(**d["mixture"])' >wanted
    for input in one.tar - "$(echo out/*.tar)"; do
        scan $input --json <one.tar
        same "$(json '"{mixers} {copies}".format(**d["mixture"])')" "$(cat wanted)"
        same "$(json '[d["mixture"][k] for k in ("samples", "within_class", "across_classes", "bad_lines")]')" "[100, 0, 0, 0]"
        same "$(json 'd["mixture"]["copies"] + d["mixture"]["classes_unknown"]')" 100
    done
    scan one.tar
    like "$output" "
mixers     (cutmix [0-9]+, none [0-9]+|none [0-9]+, cutmix [0-9]+)
sources    [0-9]+ of several samples, [0-9]+ copies of one source"
    mkdir other
    tar -C other -xf one.tar
    sed -i 's/"mixer":/"author":/' other/*.json
    tar -C other --sort=name -cf other.tar .
    scan other.tar
    [[ $output != *mixers* ]]
}

@test "tar archives and streams: pictures of several sizes" {
    messy
    rm messy/b/bad-gif.gif
    mkdir shard
    local n=0
    for picture in messy/[ab]/*; do
        n=$((n + 1))
        cp "$picture" "shard/$(printf %03d $n).${picture##*.}"
        case $picture in
        */a/*) echo 0 >"shard/$(printf %03d $n).cls" ;;
        *) echo 1 >"shard/$(printf %03d $n).cls" ;;
        esac
    done
    tar -C shard --sort=name -cf x.tar .
    scan x.tar
    same "$status" 0
    like "$output" "^10 samples of 2 classes, .* \(tar\)"
    like "$output" "
  1 sample cannot be read: .*bad-png-crc|PNG broken"
    like "$output" "
    x.tar/[0-9]+.png \(0\) = x.tar/[0-9]+.png \(1\)"
    printf 'a\nb\n' >names
    scan - --classes names <x.tar
    same "$status" 0
    like "$output" "^10 samples of 2 classes"
    like "$output" "
    sample [0-9]+ \(a\) = sample [0-9]+ \(b\)"
    like "$output" "sizes differ"
}

@test "two inputs: names tell which" {
    mkdir -p one/a two/b
    cp "$PICTURES/city/city_1.png" one/a/1.png
    cp "$PICTURES/city/city_1.png" two/b/1.png
    scan one two
    like "$output" "    one/a/1.png \(a\) = two/b/1.png \(b\)"
    scan "$PICTURES" "$CIFAR"
    same "$status" 1
    like "$stderr" "inputs cannot be mixed"
}

@test "an input that is none" {
    scan nowhere
    same "$status" 1
    same "$stderr" "mixsmith: nowhere: no such file or folder"
    mkdir flat
    cp "$PICTURES/city/city_1.png" flat
    scan flat
    same "$status" 1
    same "$stderr" "mixsmith: flat: no class folders (1 other name): pictures are expected as flat/CLASS/PICTURE"
    scan
    same "$status" 2
}

@test "options of mix are none of scan" {
    scan "$PICTURES" --size 32
    same "$status" 2
    like "$stderr" "unknown option --size"
}

@test "--progress always shows a bar on standard error" {
    scan "$CIFAR" --progress always
    same "$status" 0
    like "$stderr" "100 of 100"
}
