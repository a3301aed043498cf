#!/usr/bin/env bats
# Outputs that cannot be made, or would take the place of what is not ours: nothing is touched.
load helpers

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
        mix "$CIFAR" -o "$path"
        refused 1 "$path: exists already, and is no output of mixsmith; choose another name"
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
        same "$stderr" "mixsmith: no/where: the folder no does not exist; make it first"
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
    refused 1 "nowhere/OUT: the folder nowhere does not exist; make it first"
    [ ! -e nowhere ]
}

@test "output with too long a name" {
    mix "$CIFAR" -o "$(printf 'o%.0s' {1..255})"
    like "$stderr" "cannot make this folder: File name too long$"
    same "$status" 1
}

@test "a name that ends like a file is no folder's, but with a slash behind it" {
    for name in OUT.zip OUT.tar.gz OUT.TAR OUT.png OUT.JPEG OUT.npy OUT.jsonl ./.json; do
        for to in "" "--to tar" "--to tar --dry-run"; do
            mix nowhere -o $name $to # before the input is looked at
            refused 2 "-o $name: one file is written as NAME.tar; for a folder leave out .${name##*.}, or end the name with a slash"
        done
    done
    for to in folder npy cifar; do
        mix "$CIFAR" -o OUT.tar --to $to
        refused 2 "-o OUT.tar: --to $to makes a folder: leave out .tar, or end the name with a slash"
    done
    mix "$CIFAR" -o OUT.zip --to raw --labels-to labels
    refused 2 "-o OUT.zip: --to raw writes to standard output only: -o -"
    mkdir a.tar
    for name in OUT.npy/ OUT.tar/ a.tar/OUT OUT.v2 OUTtar; do
        mix "$CIFAR" -q -o $name -n 3
        done_well
        [ -s $name/images.npy ]
    done
    mix "$CIFAR" -q -o OUT2.tar/ -n 3 --to tar
    [ -s OUT2.tar/train-000000.tar ]
    mix "$CIFAR" -q -o OUT3.tar -n 3 && [ -f OUT3.tar ]
}
