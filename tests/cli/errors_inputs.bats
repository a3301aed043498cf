#!/usr/bin/env bats
# Inputs that are none, and broken batches: one clear line that names file, place and
# numbers, the right exit status, and no output, not even a part of one.
load helpers

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
    refused 1 "x.png: one picture alone; pictures are expected as FOLDER/CLASS/PICTURE: name FOLDER"
    mix x.png -o OUT --from folder
    refused 1 "x.png: not a folder; pictures are expected as FOLDER/CLASS/PICTURE: name FOLDER"
}

@test "a file that is empty, or of no kind" {
    touch x.tar x.npy
    for path in x.tar x.npy; do
        mix $path -o OUT
        refused 1 "$path: an empty file"
    done
    echo words >notes
    mix notes -o OUT
    refused 1 "notes: not an input that mixsmith knows (a folder of class folders or with a list, tar archives, .npy, IDX, CIFAR batches); say what it is with --from"
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
    cp "$CIFAR"/data_batch_1.bin y.bin # labels are read in runs, here one that begins in another file
    byte y.bin $((3073 * 3)) 13
    mix "$CIFAR"/data_batch_1.bin y.bin -o OUT -n 2 -b 2
    refused 1 "y.bin: record 3 has label 13, but CIFAR-10 has classes 0 to 9"
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
    refused 2 "--label coarse: $CIFAR has one set of labels only (cifar10)"
}

@test "CIFAR batch in a folder of links in circles" {
    mkdir batches
    ln -s data_batch_1.bin batches/data_batch_1.bin
    mix batches --from cifar10 -o OUT
    refused 1 "batches/data_batch_1.bin: Too many levels of symbolic links"
}
