#!/usr/bin/env bats
# What a run reads: small and odd inputs, several of them, pictures of every orientation, size and
# colour.
load helpers

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
    mix "$CIFAR" -o OUT -b 1 -m none
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

@test "several inputs share their classes by name" {
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

@test "--fit says what --size cuts, adds or stretches" {
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
