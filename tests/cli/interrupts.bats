#!/usr/bin/env bats
# A signal ends a run at once, whatever it waits for.
load helpers
load background

# --- readers that do not read ---

# stalled ARGUMENTS...: an endless run into a pipe that nobody reads, ended by a signal; sets status.
stalled() {
    env --default-signal=TERM "$MIXSMITH" mix "$CIFAR" -n inf -q "$@" 3>&- 2>stalled.err &
    runner=$!
    sleep 0.5 # the pipe is full
    kill -0 "$runner"
    (exec 3>&- 9>&-; sleep 8; kill -KILL "$runner") 2>/dev/null &
    signalled TERM
    kill $! 2>/dev/null || true
    same "$status" 130
    same "$(cat stalled.err)" "mixsmith: interrupted"
}

@test "a reader that has stopped reading does not keep a run from ending" {
    for threads in 1 3; do
        mkfifo pipe
        exec 9<>pipe
        stalled -o - --to tar -j $threads >&9
        stalled -o - --to raw --labels-to labels -f -j $threads >&9
        stalled -o - --to raw --labels-to pipe -j $threads >frames
        exec 9>&-
        stalled -o - --to raw --labels-to pipe -j $threads >frames # nobody has opened it
        rm pipe
    done
}

# --- inputs that are listed ---

# hall FOLDER DEPTH: the way into folders of ten links each to the next, so that there are 10^DEPTH
# ways to its end, where the arguments lie.
hall() {
    mkdir -p "$1" halls
    ln -s "$PWD/halls/1" "$1/in"
    for ((i = 1; i <= $2; i++)); do
        mkdir halls/$i
        for way in {0..9}; do ln -s ../$((i + 1)) halls/$i/$way; done
    done
    mkdir halls/$i
    cp --sparse=always "${@:3}" halls/$i
}

# ends_listing WHEN ARGUMENTS...: a run that would list for minutes ends at once, with SIGINT that comes
# when $(WHEN) succeeds.
ends_listing() {
    env --default-signal=INT "$MIXSMITH" "${@:2}" 3>&- >/dev/null 2>begin.err &
    runner=$!
    local seen=
    for _ in {1..500}; do $1 && seen=yes && break; sleep 0.02; done
    [ "$seen" ]
    kill -INT "$runner"
    for _ in {1..500}; do kill -0 "$runner" 2>/dev/null || break; sleep 0.02; done
    kill -KILL "$runner" 2>/dev/null || true # else it is too late
    status=0
    wait "$runner" || status=$?
    runner=
    same "$status" 130
    same "$(cat begin.err)" "mixsmith: interrupted"
    nothing_left
}

catches_signals() { # the shell that it still is, or env, does not matter; SIGINT is the second
    [ "$(cat /proc/$runner/comm)" = mixsmith ] || return
    local mask
    mask=0x$(sed -n 's/^SigCgt:\s*//p' /proc/$runner/status)
    ((mask & 2))
}

reads_a_picture() {
    ls -l /proc/$runner/fd 2>/dev/null | grep -q 'picture.png$'
}

@test "SIGINT while folders are listed" {
    : >picture.png
    hall p/a 12 picture.png
    ends_listing catches_signals mix p -o OUT
    ends_listing catches_signals scan p
    mkdir q
    ln -s "$PWD/p" q/train
    ends_listing catches_signals mix q -o OUT --split train
}

@test "SIGINT while headers are looked at" {
    "$PYTHON" -c 'import sys
sys.stdout.buffer.write(b"\x89PNG\r\n\x1a\n" + bytes(100))' >picture.png
    truncate -s 64M picture.png # of which all is read, as its header might be long
    hall p/a 4 picture.png
    ends_listing reads_a_picture mix p -o OUT -j 1
    ends_listing reads_a_picture mix p -o OUT -j 3
}
