#!/usr/bin/env bats
# An output gets its name when it is complete. Whatever ends a run before, nothing wrong stands under
# that name, and the next run goes well.
load helpers
load background

BIG=5000000 # samples, more than any test waits for

# begin ARGUMENTS...: a long run in the background; returns once it writes.
begin() {
    # A shell without job control has its background ignore SIGINT.
    env --default-signal=INT,HUP "$MIXSMITH" mix -s 8x8 "$@" -q 3>&- 2>begin.err &
    runner=$!
    for _ in {1..500}; do
        [ -n "$(find OUT.partial -name '*.jsonl' -size +20k 2>/dev/null)" ] && return
        sleep 0.02
    done
    cat begin.err
    return 1
}

# --- signals ---

@test "SIGINT, SIGTERM: status 130, nothing left" {
    for signal in INT TERM; do
        begin "$CIFAR" -o OUT -n $BIG
        signalled $signal
        same "$status" 130
        same "$(cat begin.err)" "mixsmith: interrupted"
        nothing_left
    done
}

@test "SIGINT: an earlier output stays" {
    mix "$CIFAR" -o OUT -n 3
    before=$(ls -lR --time-style=full-iso OUT)
    begin "$PICTURES" -o OUT -n $BIG -s 96x96 --force
    signalled INT
    same "$status" 130
    same "$(ls -lR --time-style=full-iso OUT)" "$before"
    [ ! -e OUT.partial ]
}

@test "SIGKILL: only OUT.partial is left, the next run takes its place" {
    begin "$PICTURES" -o OUT -n $BIG -s 96x96
    signalled KILL
    same "$status" 137
    same "$(ls -d OUT*)" OUT.partial
    mix "$CIFAR" -o OUT -n 3
    done_well
    same "$(ls -d OUT*)" OUT
    [ ! -e OUT/train ]
    same "$(wc -l <OUT/manifest.jsonl)" 3
}

@test "nohup: a hang-up that is ignored stays ignored" {
    (trap '' HUP; exec "$MIXSMITH" mix "$CIFAR" -o OUT -n 300000 -s 8x8 -q 3>&-) &
    runner=$!
    for _ in {1..500}; do [ -e OUT.partial/labels.npy ] && break; sleep 0.02; done
    [ -e OUT.partial ]
    signalled HUP
    same "$status" 0
    same "$(wc -l <OUT/manifest.jsonl)" 300000
}

# traced FAULT ARGUMENTS...: a small run under strace, with a fault.
traced() {
    strace -f -qq -o trace -e "$1" "$MIXSMITH" mix "$CIFAR" -o OUT -n 4 -j 1 -q "${@:2}" 3>&- 2>err
}

need_strace() {
    is_sanitized && skip "a sanitizer has calls of its own"
    strace -o trace true 2>/dev/null || skip "strace does not work here"
}

@test "killed at any system call: what has the name is complete, the next run goes well" {
    need_strace
    mix "$CIFAR" -o WHOLE -n 4
    for call in mkdir write writev pwrite64 unlinkat renameat2 syncfs fsync openat; do
        for k in {1..40}; do
            status=0
            traced "inject=$call:signal=KILL:when=$k" 2>/dev/null || status=$?
            [ "$status" -ne 0 ] || break
            [ ! -e OUT ] || diff -r -x .unpublished OUT WHOLE
            rm -rf OUT
            echo "killed at $call $k:" OUT*
            mix "$CIFAR" -o OUT -n 4
            done_well
            diff -r OUT WHOLE
            same "$(ls -d OUT*)" OUT
            rm -r OUT
        done
        rm -rf OUT
    done
}

@test "killed at any system call of --force: the old or the new, complete" {
    need_strace
    mix "$CIFAR" -o NEW -n 4
    mix "$CIFAR" -o OLD -n 3
    for call in renameat2 fsync unlinkat; do
        for k in {1..40}; do
            rm -rf OUT*
            cp -r OLD OUT
            status=0
            traced "inject=$call:signal=KILL:when=$k" --force || status=$?
            [ "$status" -ne 0 ] || break
            echo "killed at $call $k:" OUT*
            diff -rq -x .unpublished OUT OLD || diff -rq -x .unpublished OUT NEW
            mix "$CIFAR" -o OUT -n 4 --force
            done_well
            diff -r OUT NEW
            same "$(ls -d OUT*)" OUT
        done
    done
}

@test "any write that fails ends the run, with nothing left" {
    need_strace
    for call in write:error=ENOSPC writev:error=ENOSPC pwrite64:error=EIO syncfs:error=EIO \
        renameat2:error=EACCES mkdir:error=EROFS; do
        for k in {1..40}; do
            status=0
            traced "inject=$call:when=$k" || status=$?
            grep -q INJECTED trace || break
            echo "$call $k: status $status, $(cat err)" OUT*
            same "$status" 1
            # the injected fault may have hit the message itself
            [ ! -s err ] || like "$(cat err)" '^mixsmith: [^ ]+: .*$'
            nothing_left
        done
        [ "$k" -gt 1 ]
        rm -rf OUT
    done
}

# many_samples: 40 000 of them, so that they are listed in several writes; sets MANY.
many_samples() {
    "$PYTHON" -c 'import numpy as np
np.save("images.npy", np.zeros((40000, 2), np.uint8))
np.save("labels.npy", np.arange(40000) % 3)'
    MANY=(images.npy -o OUT -n 10 -q)
}

@test "a signal while samples are listed" {
    need_strace
    many_samples
    for threads in 1 2; do
        run --separate-stderr strace -f -qq -o trace -e inject=writev:signal=TERM:when=2 \
            "$MIXSMITH" mix "${MANY[@]}" -j $threads
        same "$stderr" "mixsmith: interrupted"
        same "$status" 130
        nothing_left
    done
}

@test "no room for the list of samples" {
    many_samples
    ulimit -f 1200 # kB
    for threads in 1 2; do
        mix "${MANY[@]}" -j $threads
        like "$stderr" '^mixsmith: sources.jsonl: cannot write [0-9]+ bytes: File too large$'
        same "$status" 1
        nothing_left
    done
}

@test "a file system without exchange: --force works all the same" {
    need_strace
    mix "$CIFAR" -o OUT -n 3
    traced "inject=renameat2:error=EINVAL" --force
    same "$(wc -l <OUT/manifest.jsonl)" 4
    same "$(ls -d OUT*)" OUT
    rm -r OUT
    traced "inject=renameat2:error=EINVAL"
    same "$(ls -d OUT*)" OUT
}

# --- two runs at once ---

@test "a second run of the same name is refused while the first writes" {
    begin "$CIFAR" -o OUT -n $BIG
    mix "$CIFAR" -o OUT -n 3
    same "$stderr" "mixsmith: OUT.partial: another run is writing there"
    same "$status" 1
    mix "$CIFAR" -o OUT/ -n 3 --force
    same "$status" 1
    kill -0 "$runner"
    mix "$CIFAR" -o OUT2 -n 3
    done_well
    signalled INT
    same "$(ls -d OUT*)" OUT2
}

@test "an output that appears meanwhile is not overwritten" {
    begin "$CIFAR" -o OUT -n 300000
    mkdir OUT
    echo precious >OUT/file
    status=0
    wait "$runner" || status=$?
    runner=
    same "$status" 1
    same "$(cat begin.err)" "mixsmith: OUT: cannot take this name: File exists"
    same "$(cat OUT/file)" precious
    [ ! -e OUT.partial ]
}

# Systems that lack it cannot refuse to replace what has the name.
@test "without RENAME_NOREPLACE, an output gets its name, and is refused one that is taken" {
    need_strace
    for error in EINVAL ENOSYS; do # from the file system, from the kernel
        for output in OUT OUT.tar; do
            without=(strace -f -qq --seccomp-bpf -o trace -e trace=renameat2
                -e "inject=renameat2:error=$error" "$MIXSMITH" mix -q)
            "${without[@]}" "$CIFAR" -o $output -n 4 3>&-
            same "$(ls -d OUT*)" $output
            rm -r $output
            "${without[@]}" "$CIFAR" -o $output -n 300000 3>&- 2>err &
            runner=$!
            for _ in {1..500}; do [ -e $output.partial ] && break; sleep 0.02; done
            mkdir $output
            status=0
            wait "$runner" || status=$?
            runner=
            same "$status" 1
            same "$(cat err)" "mixsmith: $output: cannot take this name: File exists"
            rmdir $output
            [ ! -e $output.partial ]
        done
    done
}

# --- no room ---

@test "a limit on the size of files" {
    ulimit -f 200 # kB
    mix "$CIFAR" -o OUT -n 10000
    like "$stderr" '^mixsmith: images.npy: cannot write [0-9]+ bytes: File too large$'
    same "$status" 1
    nothing_left
}

@test "a full disk" {
    mkdir disk
    mount -t tmpfs -o size=400k tmpfs disk 2>/dev/null || skip "cannot mount"
    for to in npy cifar folder; do
        mix "$CIFAR" -o disk/OUT --to $to -n 1000
        left=$(ls disk)
        [ "$status:$left" = 1: ] && like "$stderr" ': cannot (write [0-9]+ bytes|create): No space left on device$' || {
            umount disk
            printf '%s: status %s, left: %s\n%s\n' $to "$status" "$left" "$stderr"
            return 1
        }
    done
    umount disk
}

@test "a full disk keeps the earlier output" {
    mkdir disk
    mount -t tmpfs -o size=400k tmpfs disk 2>/dev/null || skip "cannot mount"
    mix "$CIFAR" -o disk/OUT -n 3
    mix "$CIFAR" -o disk/OUT -n 1000 --force
    failed=$status rows=$(wc -l <disk/OUT/manifest.jsonl) left=$(ls disk)
    umount disk
    same "$failed" 1
    same "$rows" 3
    same "$left" OUT
}

@test "a folder that cannot be written to" {
    mkdir locked
    chmod 555 locked
    run --separate-stderr as_nobody "$MIXSMITH" mix "$CIFAR" -o locked/OUT
    [ "$status" -ne 99 ] || skip "cannot give up root's rights here"
    same "$stderr" "mixsmith: locked/OUT: the folder locked cannot be written to (Permission denied); choose another place"
    same "$status" 1
}

# --- --force ---

@test "--force replaces the whole output" {
    mix "$PICTURES" -o OUT
    mix "$CIFAR" -o OUT --force -n 3
    done_well
    [ ! -e OUT/train ]
    same "$(wc -l <OUT/manifest.jsonl)" 3
    same "$(ls -d OUT*)" OUT
}

@test "--force: there is an output at every moment" {
    mix "$CIFAR" -o OUT -n 3
    (
        while [ ! -e stop ]; do
            [ -e OUT/dataset.json ] && [ -e OUT/labels.npy ] || echo gap >>gaps
        done
    ) 3>&- &
    watcher=$!
    for i in {1..15}; do "$MIXSMITH" mix "$CIFAR" -o OUT -n 3 --force -q -S $i; done
    : >stop
    wait $watcher
    [ ! -e gaps ]
}

@test "--force and an error keep the earlier output" {
    mix "$CIFAR" -o OUT -n 3
    before=$(ls -lR --time-style=full-iso OUT)
    mix nowhere -o OUT --force
    same "$status" 1
    mix "$PICTURES" -o OUT --to cifar --force
    same "$status" 1
    same "$(ls -lR --time-style=full-iso OUT)" "$before"
    [ ! -e OUT.partial ]
}

# --- standard streams ---

@test "standard output on a full device" {
    for arguments in "--to digest" "--to digest --json" "--to none --json" "-o OUT --dry-run"; do
        run --separate-stderr bash -c "'$MIXSMITH' mix '$CIFAR' $arguments -q >/dev/full"
        like "$stderr" '^mixsmith: standard output: cannot write [0-9]+ bytes: No space left on device$'
        same "$status" 1
    done
    run --separate-stderr bash -c "'$MIXSMITH' mix '$CIFAR' -o OUT --json >/dev/full"
    same "$status" 1
    [ -e OUT/dataset.json ] # only the summary is lost
    run --separate-stderr bash -c "'$MIXSMITH' mix --help >/dev/full"
    same "$status" 1
}

@test "standard output that nobody reads: status 141, no message" {
    for arguments in "mix '$CIFAR' --to digest -q" "mix '$CIFAR' --to none --json -q" "mix --help" --help; do
        run --separate-stderr bash -c "(sleep 0.1; '$MIXSMITH' $arguments; echo \$? >status) | true"
        sleep 0.2
        same "$(cat status)" 141
        same "$stderr" ""
    done
}

@test "standard output that is closed" {
    run --separate-stderr bash -c "'$MIXSMITH' mix '$CIFAR' --to digest -q >&-"
    like "$stderr" '^mixsmith: standard output: cannot write [0-9]+ bytes: Bad file descriptor$'
    same "$status" 1
}

@test "closed standard streams do not let messages into the output" {
    mix "$CIFAR" -o WHOLE -n 30000 -s 8x8 -q
    for closed in "2>&-" "<&- >&- 2>&-" "<&- 2>&-" ">&- 2>&-"; do
        bash -c "'$MIXSMITH' mix '$CIFAR' -o OUT -n 30000 -s 8x8 --progress always $closed"
        diff -r OUT WHOLE
        rm -r OUT
    done
    for closed in "<&- >&-" ">&-" "<&- >&- 2>&-"; do
        bash -c "'$MIXSMITH' mix '$CIFAR' -o OUT -n 30000 -s 8x8 --json $closed" 2>/dev/null || true
        diff -r OUT WHOLE
        rm -r OUT
    done
}

@test "a complete output called .partial is not what a killed run left" {
    mix "$PICTURES" -o OUT.partial -n 10
    cp -r OUT.partial copy
    for input in OUT.partial/train "$PICTURES"; do
        mix "$input" -o OUT
        same "$status" 1
        same "$stderr" "mixsmith: OUT.partial: exists, and is not what an interrupted run left; move it away"
        diff -r OUT.partial copy
    done
}

@test "replacing in steps spares what is called .old" {
    need_strace
    mix "$CIFAR" -o NEW -n 4
    mkdir OUT.old
    mix "$CIFAR" -o OUT -n 3
    traced "inject=renameat2:error=EINVAL" --force
    diff -r OUT NEW
    same "$(ls -d OUT*)" "$(printf 'OUT\nOUT.old')"
}

@test "an output that could not be replaced stays as it was" {
    need_strace
    mix "$CIFAR" -o OUT -n 3
    cp -r OUT copy
    traced "inject=renameat2:error=EIO" --force && return 1
    like "$(cat err)" "OUT: cannot take this name"
    diff -r OUT copy
    same "$(ls -d OUT*)" OUT
}
