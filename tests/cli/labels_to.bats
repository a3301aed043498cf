#!/usr/bin/env bats
# --labels-to: a file of labels gets its name when it is complete, as an output does; what has its name
# already is written in place.
load helpers
load background

# rows: labels in the file OUT, each float32 for ten classes.
rows() {
    size=$(stat -c %s OUT)
    [ $((size % 40)) -eq 0 ]
    echo $((size / 40))
}

@test "--labels-to FILE: grows as FILE.partial, which a signal takes away and the next run replaces" {
    for signal in TERM KILL; do
        mkfifo pipe
        exec 9<>pipe
        env --default-signal=TERM "$MIXSMITH" mix "$CIFAR" -o - --to raw --labels-to OUT -n inf -q >&9 3>&- 2>begin.err &
        runner=$!
        for _ in {1..500}; do [ -s OUT.partial ] && break; sleep 0.02; done
        [ -s OUT.partial ]
        mix "$CIFAR" -o - --to raw --labels-to OUT
        same "$status:$stderr" "1:mixsmith: OUT.partial: another run is writing there"
        [ ! -e OUT ]
        signalled $signal
        [ $signal = KILL ] || { same "$status" 130; nothing_left; }
        exec 9>&-
        rm pipe
    done
    same "$(ls OUT*)" OUT.partial
    mix "$CIFAR" -o - --to raw --labels-to OUT -n 7 -q
    done_well
    same "$(ls OUT*):$(rows)" OUT:7
    mv OUT OLD
    echo 0.25,0.75 >OUT.partial
    mix "$CIFAR" -o - --to raw --labels-to OUT -n 7 -q
    same "$status" 1
    same "$stderr" "mixsmith: OUT.partial: exists, and is not what an interrupted run left; move it away"
    same "$(cat OUT.partial)" 0.25,0.75
}

@test "--labels-to FILE: a run that fails leaves none, --force keeps the earlier one until the end" {
    full='ulimit -f 8; "$0" mix "$@" -q -n 1000 -o - --to raw --labels-to OUT | wc -c; exit ${PIPESTATUS[0]}'
    run --separate-stderr bash -c "$full" "$MIXSMITH" "$CIFAR"
    like "$stderr" '^mixsmith: OUT: cannot write [0-9]+ bytes: File too large$'
    same "$status" 1
    nothing_left
    mix "$CIFAR" -o - --to raw --labels-to OUT -n 7 -q
    cp OUT OLD
    run --separate-stderr bash -c "$full" "$MIXSMITH" "$CIFAR" --force
    same "$status" 1
    cmp OUT OLD
    mix "$CIFAR" -o - --to raw --labels-to OUT -n 8 -q --force
    same "$(ls OUT*):$(rows)" OUT:8
    for precious in precious 'é 1' $'\xff\xfe'; do # the second is a share, too, as float32
        printf %s "$precious" >OUT
        mix "$CIFAR" -o - --to raw --labels-to OUT -n 8 -q --force
        same "$stderr" "mixsmith: --labels-to OUT: not an output of mixsmith: --force does not replace it"
        same "$status:$(cat OUT)" "1:$precious"
    done
}

# cut ARGUMENTS...: what a reader of 300000 bytes, 97 whole samples, leaves; sets status.
cut() {
    set +e
    "$MIXSMITH" mix "$CIFAR" -o - --to raw --labels-to OUT -m fmix "$@" 2>err | head -c 300000 >frames
    status=${PIPESTATUS[0]}
    set -e
    same "$status" 141
    same "$(cat err)" ""
}

@test "--labels-to FILE: of an endless run whose reader goes away, the labels of the whole samples" {
    for threads in 1 3; do
        rm -f OUT
        cut -n inf -j $threads
        same "$(ls OUT*)" OUT
        n=$(rows)
        [ "$n" -ge 97 ]
        "$MIXSMITH" mix "$CIFAR" -o - --to raw --labels-to wanted -f -m fmix -n "$n" -q >all
        cmp OUT wanted
        cmp -n 300000 frames all
    done
    rm OUT
    cut -n 100000
    nothing_left
}

@test "--labels-to: a pipe, a device, a descriptor are written in place" {
    options="-o - --to raw -n 9 -q --labels-to"
    mix "$CIFAR" $options labels
    mkfifo pipe
    cat pipe >OUT &
    mix "$CIFAR" $options pipe
    done_well
    wait $!
    cmp OUT labels
    "$MIXSMITH" mix "$CIFAR" $options >(cat >OUT) >/dev/null
    for _ in {1..100}; do cmp -s OUT labels && break; sleep 0.05; done
    cmp OUT labels
    echo before >OUT
    "$MIXSMITH" mix "$CIFAR" $options /dev/fd/5 5>>OUT >frames
    cmp OUT <(echo before; cat labels)
    "$MIXSMITH" mix "$CIFAR" $options /dev/stdout >OUT
    cmp OUT <(for i in {0..8}; do
        tail -c +$((i * 3072 + 1)) frames | head -c 3072
        tail -c +$((i * 40 + 1)) labels | head -c 40
    done)
    mix "$CIFAR" $options /dev/null
    done_well
    for mine in 3 99; do # whatever the program itself has opened
        run --separate-stderr bash -c '"$0" mix "$@" 3>&-' "$MIXSMITH" "$CIFAR" $options /dev/fd/$mine
        same "$status:$stderr" "1:mixsmith: /dev/fd/$mine: cannot open for labels: Bad file descriptor"
    done
    run --separate-stderr bash -c '"$0" mix "$@" >OUT' "$MIXSMITH" "$CIFAR" $options OUT --force
    same "$status:$stderr" "1:mixsmith: --labels-to OUT: standard output goes there"
}

# no_place PATH MESSAGE: what is said of labels there, with --force or without, before anything is made.
no_place() {
    for dry in "" --dry-run --force; do
        mix "$CIFAR" -o - --to raw $dry --labels-to "$1"
        refused 1 "--labels-to $1: $2"
    done
}

@test "--labels-to: a place where no file can be made" {
    mkdir folder
    touch file
    ln -s folder link
    folder="names a folder, where a file is to be made; name a file"
    for path in missing/ missing// folder folder/ link link/ file/ .; do
        no_place "$path" "$folder"
    done
    no_place nowhere/labels "the folder nowhere does not exist; make it first"
    no_place folder/no/where/labels "the folder folder/no/where does not exist; make it first"
    no_place file/labels "file is no folder; choose another place"
    no_place "$(printf 'o%.0s' {1..256})" "File name too long"
    mkfifo pipe
    no_place pipe/ "$folder"
    mix "$CIFAR" -o - --to raw --labels-to file
    refused 1 "--labels-to file: exists already; choose another name, or replace it with --force"
    same "$(ls)" $'file\nfolder\nlink\npipe'
}

@test "--labels-to: a folder that may not be written to" {
    mkdir locked
    chmod 555 locked
    run --separate-stderr as_nobody "$MIXSMITH" mix "$CIFAR" -o - --to raw --labels-to locked/labels
    [ "$status" -ne 99 ] || skip "cannot give up root's rights here"
    refused 1 "--labels-to locked/labels: the folder locked cannot be written to (Permission denied); choose another place"
}
