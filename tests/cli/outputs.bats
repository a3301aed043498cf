#!/usr/bin/env bats
# What a run writes: which files, under which names, and what stands in them; what it prints.
load helpers

# tree FOLDER: the files below it, one a line.
tree() {
    (cd "$1" && find . -type f | LC_ALL=C sort | cut -c 3-)
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

# jpeg_turned FILE ORIENTATION: 16 x 8 pixels, the left half red, with this EXIF tag.
jpeg_turned() {
    "$PYTHON" -c 'import sys
from PIL import Image
picture = Image.new("RGB", (16, 8), "blue")
picture.paste("red", (0, 0, 8, 8))
exif = Image.Exif()
exif[0x112] = int(sys.argv[2])
picture.save(sys.argv[1], quality=100, subsampling=0, exif=exif)' "$@"
}

# --- forms of output ---

@test "folder" {
    mix "$PICTURES" -o OUT -n 2x
    done_well
    same "$(tree OUT | grep -v '\.png$')" "README.md
classes.txt
dataset.json
sources.jsonl
train/metadata.jsonl"
    same "$(cat OUT/classes.txt)" $'balloon\ncity\nfish\nflower\nmountain'
    same "$(ls OUT/train)" $'balloon\ncity\nfish\nflower\nmetadata.jsonl\nmountain'
    same "$(tree OUT/train | grep -c -E '^[a-z]+/[0-9]{9}\.png$')" 80
    check OUT '
assert sorted(r["file_name"] for r in rows) == sorted(
    os.path.relpath(f, "train") for f in glob.glob("train/*/*.png"))
assert [r["id"] for r in rows] == list(range(80))
assert all(r["file_name"] == "%s/%09d.png" % (classes[r["label"]], r["id"]) for r in rows)
assert Image.open("train/" + rows[0]["file_name"]).size == (96, 96)
assert job["counts"]["samples"] == 80 and job["classes"] == classes'
}

@test "npy" {
    mix "$CIFAR" -o OUT
    done_well
    same "$(tree OUT)" "README.md
classes.txt
dataset.json
images.npy
labels.npy
manifest.jsonl
sources.jsonl"
    check OUT '
images, labels = np.load("images.npy"), np.load("labels.npy")
assert images.shape == (100, 32, 32, 3) and images.dtype == np.uint8
assert labels.shape == (100, 10) and labels.dtype == np.float32
assert [r["record"] for r in rows] == list(range(100))
assert {r["file_name"] for r in rows} == {"images.npy"}
assert (np.array([r["soft_label"] for r in rows], np.float32) == labels).all()'
}

@test "cifar" {
    mix "$CIFAR" -o OUT --to cifar -n 7
    done_well
    same "$(tree OUT)" "README.md
batches.meta.txt
classes.txt
data_batch_1.bin
dataset.json
labels.npy
manifest.jsonl
sources.jsonl"
    cmp OUT/batches.meta.txt "$CIFAR"/batches.meta.txt
    same "$(stat -c %s OUT/data_batch_1.bin)" $((7 * 3073))
    check OUT '
records = np.fromfile("data_batch_1.bin", np.uint8).reshape(-1, 3073)
assert (records[:, 0] == np.load("labels.npy").argmax(1)).all()'
}

@test "cifar: what it writes it reads, unchanged" {
    mix "$CIFAR" -o OUT --to cifar -m none
    mix OUT -o OUT2 --to npy -m none --with-originals -n 1
    done_well
    check OUT2 '
read, wrote = np.load("images.npy")[1:], np.fromfile("../OUT/data_batch_1.bin", np.uint8)
wrote = wrote.reshape(-1, 3073)[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
assert (read == wrote).all()'
}

@test "none and digest write no files" {
    mix "$CIFAR" --to none -q
    same "$status:$output:$stderr" "0::"
    mix "$CIFAR" --to digest -q
    same "$status" 0
    same "$stderr" ""
    like "$output" '^xxh64:[0-9a-f]{16}$'
    same "$(ls)" ""
}

@test "pictures to npy, CIFAR to folder" {
    mix "$PICTURES" -o OUT --to npy -s 10x8
    done_well
    check OUT 'assert np.load("images.npy").shape == (40, 8, 10, 3)'
    mix "$CIFAR" -o OUT2 --to folder
    done_well
    check OUT2 'assert len(glob.glob("train/*/*.png")) == 100'
}

@test "--image jpg, --quality, --png-level" {
    mix "$PICTURES" -o OUT --image jpg
    same "$(tree OUT/train | grep -c -E '^[a-z]+/[0-9]{9}\.jpg$')" 40
    check OUT 'assert Image.open("train/" + rows[0]["file_name"]).format == "JPEG"'
    mix "$PICTURES" -o OUT2 --image jpg --quality 10
    [ "$(du -sb OUT2/train | cut -f 1)" -lt "$(du -sb OUT/train | cut -f 1)" ]
    mix "$PICTURES" -o OUT3 --png-level 0
    mix "$PICTURES" -o OUT4 --png-level 9
    [ "$(du -sb OUT4/train | cut -f 1)" -lt "$(du -sb OUT3/train | cut -f 1)" ]
}

@test "permissions follow the umask" {
    umask 027
    mix "$PICTURES" -o OUT
    same "$(find OUT -type d -printf '%m\n' | sort -u)" 750
    same "$(find OUT -type f -printf '%m\n' | sort -u)" 640
    umask 022
    mix "$CIFAR" -o OUT2
    same "$(stat -c %a OUT2 OUT2/images.npy)" $'755\n644'
}

# --- the manifest ---

@test "rows have the same keys in the same order" {
    mix "$PICTURES" -o OUT -m mixup -m zeta -m cutmix -m fmix -m none --with-originals
    check OUT '
keys = ["file_name", "label", "soft_label", "id", "mixer", "recipe", "source_ids", "source_shares"]
assert {tuple(r) for r in rows} == {tuple(keys)}
assert {r["mixer"] for r in rows} == {"mixup", "zeta", "cutmix", "fmix", "none"}
assert all(type(x) is float for r in rows for x in r["soft_label"] + r["source_shares"])
assert all(abs(sum(r["soft_label"]) - 1) < 1e-6 for r in rows)
assert all(r["label"] == int(np.argmax(r["soft_label"])) for r in rows)'
}

@test "sources are numbered in the order of the input" {
    mix "$PICTURES" -o OUT
    same "$(head -n 1 OUT/sources.jsonl)" '{"id":0,"path":"balloon/balloon_1.png","label":0}'
    same "$(sed -n 9p OUT/sources.jsonl)" '{"id":8,"path":"city/city_1.png","label":1}'
    mix "$CIFAR" -o OUT2
    label=$(od -An -tu1 -j $((3073 * 7)) -N 1 "$CIFAR"/data_batch_1.bin | tr -d ' ')
    same "$(sed -n 8p OUT2/sources.jsonl)" \
        '{"id":7,"path":"data_batch_1.bin","record":7,"label":'"$label"'}'
}

@test "sources are all listed, however few are mixed" {
    mix "$CIFAR" -o OUT
    for some in 1 150 2x; do
        mix "$CIFAR" -o SOME -n $some --force
        same "$(cat SOME/sources.jsonl)" "$(cat OUT/sources.jsonl)"
        check SOME 'print(job["input"])' >some.txt
        check OUT 'print(job["input"])' >all.txt
        same "$(cat some.txt)" "$(cat all.txt)"
    done
}

@test "--labels-as sparse" {
    mix "$CIFAR" -o OUT -n 20
    mix "$CIFAR" -o OUT2 -n 20 --labels-as sparse
    cmp OUT/labels.npy OUT2/labels.npy
    check OUT2 '
labels = np.zeros((20, 10), np.float32)
for r in rows:
    assert "soft_label" not in r
    assert r["label_ids"] == sorted(set(r["label_ids"])) and 0 not in r["label_shares"]
    labels[r["id"], r["label_ids"]] = r["label_shares"]
assert (labels == np.load("labels.npy")).all()'
}

@test "--smooth" {
    mix "$CIFAR" -o OUT -m none --smooth 0.2
    check OUT '
labels = np.load("labels.npy")
assert np.allclose(labels.max(1), 0.82) and np.allclose(labels.min(1), 0.02)'
    mix "$CIFAR" -o OUT2 --smooth 1
    check OUT2 'assert np.allclose(np.load("labels.npy"), 0.1)'
}

@test "dataset.json holds the options that decide the bytes" {
    mix "$PICTURES" -o OUT -m mixup:alpha=0.2@0.5 -m fmix@0.5 -S 18446744073709551615 -b 16 -n 3x \
        --pair other -s 16x12 --fit pad --smooth 0.1
    check OUT '
o = job["options"]
assert o["mixer"][0] == "mixup:alpha=0.2@0.5" and o["mixer"][1].startswith("fmix:alpha=1,")
assert o["seed"] == 2**64 - 1 and o["batch"] == 16 and o["pair"] == "other" and o["fit"] == "pad"
assert o["count"] == "3x" and o["size"] == "16x12" and o["smooth"] == 0.1
assert job["shape"] == [12, 16, 3] and job["input"]["samples"] == 40
assert sum(job["counts"]["samples_of_class"]) == 120'
}

# --- how many ---

@test "--count N, Nx and ends in the middle of a batch" {
    for count in 1 99 100 101 128 250 2x 3x; do
        mix "$CIFAR" -o OUT -n "$count" -b 30
        case $count in *x) wanted=$((100 * ${count%x})) ;; *) wanted=$count ;; esac
        same "$(wc -l <OUT/manifest.jsonl)" "$wanted"
        same "$(stat -c %s OUT/images.npy)" $((128 + 3072 * wanted))
        rm -r OUT
    done
}

@test "a smaller count is the beginning of a larger" {
    mix "$CIFAR" -o OUT -n 250 -b 30 -m mixup -m zeta -m cutmix -m fmix
    mix "$CIFAR" -o OUT2 -n 77 -b 30 -m mixup -m zeta -m cutmix -m fmix
    cmp <(head -n 77 OUT/manifest.jsonl) OUT2/manifest.jsonl
    cmp -n $((77 * 3072)) -i 128 OUT/images.npy OUT2/images.npy
}

@test "--with-originals adds each sample once, unchanged" {
    mix "$CIFAR" -o OUT -n 30 --with-originals -m cutmix --pair other
    check OUT '
assert len(rows) == 130 and [r["id"] for r in rows] == list(range(130))
assert [r["source_ids"] for r in rows[30:]] == [[i] for i in range(100)]
assert {r["mixer"] for r in rows[30:]} == {"none"}
records = np.fromfile("'"$CIFAR"'/data_batch_1.bin", np.uint8).reshape(-1, 3073)
pixels = records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
assert (np.load("images.npy")[30:] == pixels).all()
assert (np.load("labels.npy")[30:].argmax(1) == records[:, 0]).all()'
}

@test "a class without a sample is named, not with --with-originals" {
    mix "$PICTURES" -o OUT -n 1
    same "$status" 0
    like "$stderr" "mixsmith: warning: no sample ended in .*city"
    mix "$PICTURES" -o OUT2 -n 1 --with-originals
    same "$(grep -c warning <<<"$stderr")" 0
}

@test "many classes without a sample are named in a few lines" {
    for k in {001..100}; do
        mkdir -p "p/$k"
        ln -s "$PICTURES"/city/city_1.png "p/$k/x.png"
    done
    mix p -o OUT -n 2 -s 4x4
    same "$status" 0
    warnings=$(grep -c 'mixsmith: warning:' <<<"$stderr")
    [ "$warnings" -ge 1 ]
    [ "$warnings" -le 10 ]
}

@test "more classes than 1000: sparse labels" {
    "$PYTHON" -c 'import os
from PIL import Image
Image.new("L", (1, 1), 7).save("x.png")
for k in range(1001):
    os.makedirs("p/%04d" % k)
    os.link("x.png", "p/%04d/x.png" % k)'
    mix p -o OUT --with-originals -q
    done_well
    check OUT '
assert all("soft_label" not in r and len(r["label_ids"]) <= 2 for r in rows) and len(rows) == 2002'
}

# --- small and odd inputs ---

@test "one sample in all, of 1 x 1 pixel, through every mixer" {
    mkdir -p p/a
    "$PYTHON" -c 'from PIL import Image; Image.new("RGB", (1, 1), (7, 8, 9)).save("p/a/x.png")'
    for mixer in mixup zeta cutmix fmix none zeta+cutmix fmix+mixup; do
        for pair in any same other balanced; do
            mix p -o OUT --to npy -m $mixer --pair $pair -n 3
            done_well
            same "$(tail -c 9 OUT/images.npy | od -v -An -tu1 -w3 | sort -u)" "   7   8   9"
            same "$(fields OUT/manifest.jsonl soft_label)" $'[1.0]\n[1.0]\n[1.0]'
            rm -r OUT
        done
    done
}

@test "one sample in each class, --pair same: nothing to mix with" {
    mkdir p
    for k in a b c; do mkdir p/$k; done
    cp "$PICTURES"/city/city_1.png p/a
    cp "$PICTURES"/city/city_2.png p/b
    cp "$PICTURES"/city/city_3.png p/c
    mix p -o OUT --pair same -n 5x -m mixup -m cutmix -m zeta -m fmix
    done_well
    check OUT '
assert all(max(r["soft_label"]) == 1 and set(r["source_ids"]) == {r["label"]} for r in rows)'
    mix p -o OUT2 --pair other -n 5x -m mixup -m cutmix -m fmix
    check OUT2 'assert any(max(r["soft_label"]) < 1 for r in rows)'
}

@test "batch of 1, batch larger than the input" {
    mix "$CIFAR" -o OUT -b 1
    done_well
    check OUT 'assert all(max(r["soft_label"]) == 1 for r in rows)'
    mix "$CIFAR" --to digest -b 100 -q
    hundred=$output
    mix "$CIFAR" --to digest -b 65536 -q
    done_well
    same "$output" "$hundred"
}

@test "nested folders, links, loops and files that begin with a dot" {
    mkdir -p p/a/sub/deep p/b p/.git/x
    cp "$PICTURES"/city/city_1.png p/a/1.png
    cp "$PICTURES"/city/city_2.png p/a/sub/deep/2.png
    cp "$PICTURES"/city/city_3.png p/b/3.png
    cp "$PICTURES"/city/city_3.png p/b/.hidden.png
    cp "$PICTURES"/city/city_3.png p/.git/x/3.png
    ln -s . p/a/loop
    ln -s ../../a p/a/sub/up
    ln -s ../../b p/a/sub/other
    ln -s ../a/1.png p/b/link.png
    ln -s b p/c
    mix p -o OUT
    done_well
    same "$(fields OUT/sources.jsonl path)" "a/1.png
a/sub/deep/2.png
a/sub/other/3.png
a/sub/other/link.png
b/3.png
b/link.png
c/3.png
c/link.png"
    same "$(cat OUT/classes.txt)" $'a\nb\nc'
}

@test "a link back to the input itself is a loop too" {
    two_classes p
    ln -s .. p/a/up
    mix p -o OUT
    done_well
    same "$(fields OUT/sources.jsonl path)" $'a/city_1.png\na/city_2.png\nb/fish_1.png\nb/fish_2.png'
}

@test "odd names come back from the manifest" {
    "$PYTHON" -c '
import os, shutil, sys
names = [b"-dash/-n.png", b"%41/a%41.png", b"new\nline/x\n.png", b"\xff\xfe/\x80.png", b"A/a.png",
         b"with space/\xc3\xa4 b.png", b"esc\x1b[31m/q\"\\.png", b"c1\xc2\x85/x.png", b"100%/%.png"]
for name in names:
    path = os.path.join(b"p", name)
    os.makedirs(os.path.dirname(path))
    shutil.copy(sys.argv[1], path)' "$PICTURES"/city/city_1.png
    mix p -o OUT -m none --with-originals
    done_well
    check OUT '
import re
def raw(name):
    return re.sub(rb"%([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), name.encode())
sources = [json.loads(line) for line in open("sources.jsonl")]
assert len(sources) == 9
for s in sources:
    assert os.path.isfile(os.path.join(b"../p", raw(s["path"]))), s
    assert raw(classes[s["label"]]) == raw(s["path"]).split(b"/")[0], s
assert all(os.path.isfile("train/" + r["file_name"]) for r in rows)
assert sorted(classes) == sorted(set(os.listdir("train")) - {"metadata.jsonl"})
assert len(rows) == 18 and classes == sorted(classes, key=str.encode)'
}

@test "paths with spaces, slashes at the end, and .." {
    mkdir "in put" sub
    two_classes "in put"
    mix "in put/" -o "o u t//"
    done_well
    [ -f "o u t/dataset.json" ]
    mix "sub/.././in put" -o sub/../OUT
    done_well
    [ -f OUT/dataset.json ]
    mix -o -OUT -- "in put"
    done_well
    [ -f ./-OUT/dataset.json ]
    same "$(find . -name '*.partial')" ""
}

@test "several inputs" {
    two_classes p
    mkdir -p q/b q/c
    cp "$PICTURES"/city/city_3.png q/b
    cp "$PICTURES"/city/city_4.png q/c
    mix p q -o OUT
    done_well
    same "$(cat OUT/classes.txt)" $'a\nb\nc'
    same "$(cat OUT/sources.jsonl)" '{"id":0,"path":"a/city_1.png","input":0,"label":0}
{"id":1,"path":"a/city_2.png","input":0,"label":0}
{"id":2,"path":"b/fish_1.png","input":0,"label":1}
{"id":3,"path":"b/fish_2.png","input":0,"label":1}
{"id":4,"path":"b/city_3.png","input":1,"label":1}
{"id":5,"path":"c/city_4.png","input":1,"label":2}'
    cp "$CIFAR"/data_batch_1.bin more.bin
    mix "$CIFAR"/data_batch_1.bin more.bin -o OUT2
    same "$(sed -n 101p OUT2/sources.jsonl | cut -d, -f 1,2)" '{"id":100,"path":"more.bin"'
}

@test "classes are in byte order of their names" {
    mkdir p
    for k in b a B A 10 9 ä _; do mkdir p/$k; cp "$PICTURES"/city/city_1.png p/$k; done
    LC_ALL=en_US.UTF-8 mix p -o OUT
    same "$(cat OUT/classes.txt)" $'10\n9\nA\nB\n_\na\nb\nä'
}

@test "the locale changes nothing" {
    mix "$CIFAR" -o OUT -n 5 -m mixup:alpha=0.5
    LC_ALL=de_DE.UTF-8 LC_NUMERIC=de_DE.UTF-8 mix "$CIFAR" -o OUT2 -n 5 -m mixup:alpha=0.5
    diff -r OUT OUT2
}

@test "CIFAR-100, fine and coarse labels" {
    head -c $((3 * 3074)) /dev/zero >x.bin
    printf '\x03\x2a' | dd of=x.bin conv=notrunc bs=1 seek=3074 status=none
    mix x.bin -o OUT -m none --with-originals -n 1
    done_well
    same "$(fields OUT/sources.jsonl label)" $'0\n42\n0'
    same "$(wc -l <OUT/classes.txt)" 100
    mix x.bin -o OUT2 -m none --label coarse
    same "$(fields OUT2/sources.jsonl label)" $'0\n3\n0'
    same "$(wc -l <OUT2/classes.txt)" 20
}

@test "CIFAR test batches are read only where they are named" {
    mkdir batches
    cp "$CIFAR"/* batches
    cp "$CIFAR"/data_batch_1.bin batches/test_batch.bin
    mix batches --to digest --json -q
    like "$output" '"read":100,'
    mix batches/test_batch.bin --to digest --json -q
    like "$output" '"read":100,'
}

# --- pictures ---

@test "EXIF orientation, applied or not" {
    mkdir -p p/a
    jpeg_turned p/a/x.jpg 6
    mix p -o OUT -m none
    check OUT '
p = Image.open("train/a/000000000.png")
assert p.size == (8, 16) and p.getpixel((4, 2))[0] > 200 and p.getpixel((4, 13))[2] > 200'
    mix p -o OUT2 -m none --orient raw
    check OUT2 '
p = Image.open("train/a/000000000.png")
assert p.size == (16, 8) and p.getpixel((2, 4))[0] > 200 and p.getpixel((13, 4))[2] > 200'
    jpeg_turned p/a/y.jpg 1
    mix p -o OUT3
    refused_sizes="mixsmith: pictures differ in size: a/x.jpg is 8 x 16, a/y.jpg is 16 x 8; "
    same "${stderr:0:${#refused_sizes}}" "$refused_sizes"
    mix p -o OUT3 --orient raw
    done_well
}

@test "grey pictures stay grey, --channels 3 makes them colour, --channels 1 colour grey" {
    mkdir -p p/a
    "$PYTHON" -c 'from PIL import Image; Image.new("L", (5, 4), 77).save("p/a/x.png")'
    mix p -o OUT -m none
    check OUT 'p = Image.open("train/a/000000000.png"); assert p.mode == "L" and p.getpixel((0, 0)) == 77'
    mix p -o OUT2 -m none --channels 3
    check OUT2 'p = Image.open("train/a/000000000.png"); assert p.getpixel((0, 0)) == (77, 77, 77)'
    mix "$PICTURES" -o OUT3 -m none --channels 1
    check OUT3 'assert Image.open("train/" + rows[0]["file_name"]).mode == "L"'
    mix p -o OUT4 -m none --image jpg
    check OUT4 'assert Image.open("train/a/000000000.jpg").mode == "L"'
    mix p -o OUT5 -m none --to npy
    check OUT5 'assert np.load("images.npy").shape == (1, 4, 5, 1)'
    "$PYTHON" -c 'from PIL import Image; Image.new("RGB", (5, 4), (1, 2, 3)).save("p/a/y.png")'
    mix p -o OUT6 -m none
    check OUT6 'assert {Image.open("train/" + r["file_name"]).mode for r in rows} == {"RGB"}'
    mix "$CIFAR" -o OUT7 --channels 1
    same "$status" 1
}

@test "--size and --fit" {
    mkdir -p p/a
    "$PYTHON" -c 'from PIL import Image
picture = Image.new("RGB", (40, 20), "blue")
picture.paste("red", (10, 0, 30, 20))
picture.save("p/a/x.png")'
    for fit in crop pad squash; do mix p -o OUT-$fit -m none -s 20x20 --fit $fit; done
    check OUT-crop 'assert Image.open("train/a/000000000.png").getpixel((1, 10)) == (255, 0, 0)'
    check OUT-pad 'assert Image.open("train/a/000000000.png").getpixel((10, 2)) == (0, 0, 0)'
    check OUT-squash 'assert Image.open("train/a/000000000.png").getpixel((1, 10)) == (0, 0, 255)'
}

# --- what is printed ---

@test "summary" {
    mix "$CIFAR" -o OUT -n 250
    same "$output" ""
    same "$(wc -l <<<"$stderr")" 2
    same "$(sed -n 1p <<<"$stderr")" "read     100 samples of 10 classes, 32 x 32 x 3 (cifar10)"
    like "$(sed -n 2p <<<"$stderr")" '^wrote    250 samples to OUT \(npy\), [0-9.]+ s, [0-9.]+( [kM])?/s$'
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
    used=$(rss "$CIFAR" --to none -n 3 -b 1 -s 1x1)
    echo "$used MB"
    [ "$used" -le 100 ]
}
