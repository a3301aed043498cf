#!/usr/bin/env bats
# Tar archives in: the same samples as the folder that they were made from, whoever made them, from
# files, folders of shards and standard input; and what is refused.
load helpers

# samples FOLDER: KEY.png and KEY.cls of two classes, 000 to 015, and the same pictures as a folder
# of classes.
samples() {
    local n=0 label=0 class picture key
    mkdir -p "$1" classes/city classes/fish
    for class in city fish; do
        for picture in "$PICTURES/$class"/*; do
            key=$(printf %03d $n)
            cp "$picture" "$1/$key.png"
            cp "$picture" "classes/$class/$key.png"
            echo $label >"$1/$key.cls"
            n=$((n + 1))
        done
        label=1
    done
    printf 'city\nfish\n' >classes.txt
}

# digest ARGUMENTS...: what a run makes.
digest() {
    "$MIXSMITH" mix -q --to digest -n 16 "$@"
}

@test "archives in every form of GNU tar hold what their folder holds" {
    samples s
    wanted=$(digest classes)
    for form in v7 oldgnu gnu ustar pax; do
        tar --format=$form --sort=name -C s -cf $form.tar .
        same "$(digest $form.tar)" "$wanted"
        same "$(digest - --classes classes.txt <$form.tar)" "$wanted"
    done
}

@test "shards: as files, by braces, as a folder" {
    samples s
    mkdir shards
    tar -C s -cf shards/x-008.tar 000.png 000.cls 001.png 001.cls 002.png 002.cls
    (cd s && tar -cf ../shards/x-009.tar 00[3-9].*)
    (cd s && tar -cf ../shards/x-010.tar 01?.*)
    wanted=$(digest classes)
    same "$(digest shards/x-008.tar shards/x-009.tar shards/x-010.tar)" "$wanted"
    same "$(digest 'shards/x-{008..010}.tar')" "$wanted"
    same "$(digest shards -j 1)" "$wanted"
}

@test "what the tool writes it reads again: labels, names, soft labels" {
    samples s
    mix classes -o OUT --to tar -n 10 -m cutmix --seed 4
    done_well
    mix OUT -o again --to tar -m none -n 1x -b 1
    done_well
    cmp OUT/classes.txt again/classes.txt
    "$PYTHON" - <<'END'
import json
def rows(name):
    return sorted((row["label"], row["soft_label"]) for row in map(json.loads, open(name)))
assert rows("OUT/manifest.jsonl") == rows("again/manifest.jsonl")
END
}

@test "a shard that ends with half a sample, members that do not stand together" {
    samples s
    tar -C s -cf x.tar 000.png 001.png 000.cls 001.cls
    mix x.tar -o OUT
    refused 1 "x.tar: sample 000: no label (a cls, json or label.npy is expected); its members: png \
(those of one sample must follow each other: tar --sort=name)"
}

@test "cut archives say how far they go" {
    samples s
    tar --format=ustar -C s -cf x.tar 000.cls 000.png
    head -c 3000 x.tar >cut.tar
    size=$(stat -c %s s/000.png)
    mix cut.tar -o OUT
    refused 1 "cut.tar: 000.png is cut short: it begins at byte 1024 and holds $size bytes, but the \
archive ends at byte 3000"
    mix - -o OUT --classes classes.txt <cut.tar
    refused 1 "standard input: 000.png is cut short: it begins at byte 1024 and holds $size bytes, \
but the archive ends at byte 3000"
}

@test "compressed archives are named so" {
    samples s
    tar --sort=name -C s -czf x.tar.gz .
    mix x.tar.gz --from tar -o OUT
    refused 1 "x.tar.gz: not a tar archive; a compressed one must be unpacked first"
    gzip -dc x.tar.gz | digest - --classes classes.txt
}

@test "links are refused" {
    samples s
    ln -s 000.png s/link.png
    tar --sort=name -C s -cf x.tar .
    mix x.tar -o OUT
    # shellcheck disable=SC2154 # bats sets stderr
    like "$stderr" '^mixsmith: x.tar: ./link.png at byte [0-9]+ is a symbolic link \(make the archive with --dereference\)$'
    same "$status" 1
    nothing_left
}

@test "splits of a folder of shards" {
    samples s
    mkdir shards
    tar -C s -cf shards/train-0.tar 000.png 000.cls
    tar -C s -cf shards/train-1.tar 010.png 010.cls
    tar -C s -cf shards/test-0.tar 002.png 002.cls
    mix shards -o OUT --dry-run
    like "$output$stderr" "shards: reading 2 of 3 archives, those of the split train"
    mix shards -o OUT --split test --dry-run
    like "$output$stderr" "1 sample of"
    mix shards -o OUT --split val
    refused 1 "shards: none of its 3 archives is of the split 'val' (val-*.tar)"
}

@test "standard input is read alone, and does not say how many classes there are" {
    samples s
    tar --sort=name -C s -cf x.tar .
    mix - x.tar -o OUT
    refused 1 "-: a stream is read alone, here among 2 inputs"
    mix - -o OUT <x.tar
    refused 1 "standard input: its labels do not say how many classes there are; name them with \
--classes FILE"
    mix - -o OUT </dev/null
    refused 1 "-: no samples (KEY.png with KEY.cls, KEY.json or KEY.label.npy)"
}

@test "a FIFO, a process substitution are streams like standard input" {
    mix "$PICTURES" -q -s 32 -o in.tar -n 200
    mix - -q --to digest -s 32 <in.tar
    wanted=$output
    mkfifo pipe
    (sleep 0.2; cat in.tar >pipe) 3>&- &
    mix pipe --from tar -q --to digest -s 32
    done_well
    same "$output" "$wanted"
    run --separate-stderr bash -c '"$0" mix <(cat "$1") --from tar -q --to digest -s 32' "$MIXSMITH" in.tar
    same "$output" "$wanted"
    run --separate-stderr bash -c '"$0" scan <(cat "$1") --from tar' "$MIXSMITH" in.tar
    like "$output" '^200 samples of 5 classes, .* \(tar\)'
    cat in.tar >pipe 3>&- &
    mix pipe --from tar -o OUT
    done_well
    rm -r OUT
    : >pipe 3>&- &
    mix pipe --from tar -o OUT
    refused 1 "pipe: no samples (KEY.png with KEY.cls, KEY.json or KEY.label.npy)"
    mix pipe in.tar --from tar -o OUT
    refused 1 "pipe: a stream is read alone, here among 2 inputs"
    mix /dev/null --from tar -o OUT
    refused 1 "/dev/null: no samples (KEY.png with KEY.cls, KEY.json or KEY.label.npy)"
    run --separate-stderr "$MIXSMITH" grid pipe --from tar
    refused 1 "pipe: a stream can be read only once; name files"
}

@test "a signal ends the wait for whoever writes to a FIFO" {
    mkfifo pipe
    run --separate-stderr timeout -k 5 0.5 "$MIXSMITH" mix pipe --from tar -o OUT
    same "$status:$stderr" "124:mixsmith: interrupted"
    nothing_left
}

@test "windows of a stream do not change what is read" {
    samples s
    tar --sort=name -C s -cf x.tar .
    for window in 1 3 16 100; do
        mix - -o OUT -f -q -m none --classes classes.txt --window $window <x.tar
        done_well
        same "$(fields OUT/train/metadata.jsonl label | sort | uniq -c | tr -s ' \n' ' ')" \
            " 8 0 8 1 "
        same "$(fields OUT/sources.jsonl id | tr '\n' ' ')" "$(seq 0 15 | tr '\n' ' ')"
        same "$(fields OUT/sources.jsonl path | tr '\n' ' ')" \
            "$(cd s && printf '%s\n' *.png | tr '\n' ' ')"
    done
}

@test "a window whose pictures are all broken is listed with the others" {
    samples s
    for key in 004 005 006 007; do echo broken >s/$key.png; done
    tar --sort=name -C s -cf x.tar .
    mix - -o OUT -q --classes classes.txt --window 4 <x.tar
    done_well
    same "$(fields OUT/sources.jsonl id | tr '\n' ' ')" "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 "
    same "$(fields OUT/failures.jsonl path | tr '\n' ' ')" "004.png 005.png 006.png 007.png "
}

@test "a stream that seems to be sorted: the warning tells of the longest run" {
    samples s
    for key in 002 005; do printf 1 >s/$key.cls; done
    for key in 008 013 014; do printf 0 >s/$key.cls; done # 0010010001111001
    tar --sort=name -C s -cf x.tar .
    mix - --to none --classes classes.txt --window 4 <x.tar
    like "$stderr" "warning: 4 samples of class 'fish' in a row, but the window holds no more than 4: the input"
    mix - --to none --classes classes.txt --window 5 <x.tar
    [[ $stderr != *warning* ]]
}

@test "an archive does not take the place of what it is made from" {
    mix "$PICTURES" -o in.tar -n 4
    done_well
    sum=$(md5sum <in.tar)
    mix in.tar -o in.tar -f
    refused 1 "-o in.tar: belongs to the input in.tar, and would be replaced"
    ln in.tar OUT.tar.partial
    mix in.tar -o OUT.tar
    same "$stderr" "mixsmith: -o OUT.tar.partial: belongs to the input in.tar, and would be replaced"
    same "$status" 1
    rm OUT.tar.partial
    mix - -o in.tar -f <in.tar
    refused 1 "-o in.tar: belongs to the input -, and would be replaced"
    mv in.tar in.tar.partial # as an interrupted run leaves it
    mix - -o in.tar <in.tar.partial
    refused 1 "-o in.tar.partial: belongs to the input -, and would be replaced"
    mv in.tar.partial in.tar
    mkdir shards
    cp in.tar shards
    mix shards -o shards/new.tar
    refused 1 "-o shards/new.tar: lies inside the input shards, which would hold it next time"
    mix in.tar -o - --to raw --labels-to in.tar -f
    refused 1 "--labels-to in.tar: belongs to the input in.tar, and would be replaced"
    same "$(md5sum <in.tar)" "$sum"
    mix in.tar -o shards.new --to tar
    mix - -o shards.new --to tar -f <shards.new/train-000000.tar
    refused 1 "-o shards.new: holds the input -, which it would replace"
    mix "$CIFAR" -o arrays -n 4
    mix arrays -o - --to raw --labels arrays/labels.npy --labels-to arrays/labels.npy -f
    refused 1 "--labels-to arrays/labels.npy: belongs to the input arrays, and would be replaced"
}

@test "a write that fails: the message names the archive" {
    ulimit -f 20 # kB
    mix "$PICTURES" -o OUT.tar
    like "$stderr" '^mixsmith: OUT.tar: cannot write [0-9]+ bytes: File too large$'
    same "$status" 1
    nothing_left
}

@test "--force replaces an archive of ours, and no other one" {
    mix "$PICTURES" -o x.tar -n 4
    mix "$PICTURES" -o x.tar -n 3 -f
    done_well
    samples s
    (cd s && cp 000.png 000000000.png && cp 000.cls 000000000.cls && tar -cf ../y.tar 000000000.*)
    sum=$(md5sum <y.tar)
    mix "$PICTURES" -o y.tar -f
    refused 1 "y.tar: not an output of mixsmith: --force does not replace it"
    same "$(md5sum <y.tar)" "$sum"
}
