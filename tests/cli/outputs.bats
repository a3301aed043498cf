#!/usr/bin/env bats
# What a run writes: which files, under which names, and what stands in them.
load helpers

# tree FOLDER: the files below it, one a line.
tree() {
    (cd "$1" && find . -type f | LC_ALL=C sort | cut -c 3-)
}

# --- forms of output ---

@test "folder: pictures in class folders, named by their ids" {
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

@test "npy: two arrays, whose rows the manifest numbers" {
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

@test "cifar: records whose label is the greatest, and labels.npy" {
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

@test "sources of a long input are listed in order, and a name is counted once, on any threads" {
    "$PYTHON" -c 'import numpy as np
np.save("w\x01.npy", np.zeros((40000, 2), np.uint8))
np.save("labels.npy", np.arange(40000) % 3)
with open("wanted", "w") as wanted:
    for i in range(40000):
        wanted.write(f"{{\"id\":{i},\"path\":\"w%01.npy\",\"record\":{i},\"label\":{i % 3}}}\n")'
    for j in 1 2 5; do
        mix $'w\x01.npy' --labels labels.npy -o OUT -n 10 -j $j --force
        done_well
        cmp OUT/sources.jsonl wanted
        like "$stderr" 'names written with %XX: 1 \('
    done
}

@test "--labels-as sparse lists the classes that have a share" {
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

@test "--smooth gives its part to all classes alike" {
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
