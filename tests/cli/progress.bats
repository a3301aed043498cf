#!/usr/bin/env bats
# What a person sees while it runs: a bar on a terminal, nothing of it elsewhere.
load helpers

# on_terminal ARGUMENTS...: what a run prints on a terminal.
on_terminal() {
    script -qec "'$MIXSMITH' mix '$CIFAR' $*" /dev/null </dev/null
}

BAR=$'\r\\[[=> ]{24}\\] +[0-9]+ %  [0-9.]+( [kM])? of 300 k  [0-9.]+( [kMG])?/s  [0-9?].* left\e\\[K'

@test "a bar on a terminal, with part, numbers, rate and time left; wiped at the end" {
    output=$(on_terminal --to none -n 300000 -j 2)
    like "$output" "$BAR"
    like "$output" $'\r\e\\[Kread     100 samples'
    same "$(tr '\r' '\n' <<<"$output" | grep -c '^\[.*read ')" 0
}

@test "the bar keeps to one line of a narrow terminal" {
    output=$(script -qec "stty cols 40; '$MIXSMITH' mix '$CIFAR' --to none -n 300000 -j 2" /dev/null </dev/null)
    bars=$(tr '\r' '\n' <<<"$output" | sed -n 's/^\(\[[=> ]*\].*\)\x1b\[K.*/\1/p')
    [ -n "$bars" ]
    same "$(wc -L <<<"$bars")" 39
}

@test "no bar with --progress never, nor with -q" {
    same "$(on_terminal --to none -n 300000 --progress never | grep -c -e $'\e' -e '\[=*>')" 0
    same "$(on_terminal --to none -n 300000 -q)" ""
}

@test "no bar where standard error is no terminal" {
    mix "$CIFAR" --to none -n 300000
    done_well
    same "$(wc -l <<<"$stderr")" 2
    same "$(grep -c $'[\e\r]' <<<"$stderr")" 0
}

@test "a bar anywhere with --progress always" {
    mix "$CIFAR" --to none -n 300000 --progress always
    done_well
    like "$stderr" "$BAR"
    same "$output" ""
}

@test "the parts of the bar only grow, up to the whole" {
    mix "$CIFAR" --to none -n 1500000 --progress always
    parts=$(tr '\r' '\n' <<<"$stderr" | sed -n 's/^\[[^]]*\] *\([0-9]*\) %.*/\1/p')
    [ "$(wc -l <<<"$parts")" -ge 2 ]
    same "$parts" "$(sort -n <<<"$parts")"
    [ "$(tail -n 1 <<<"$parts")" -le 100 ]
}

# stages ARGUMENTS...: what a command says that it is at, one behind the other.
stages() {
    "$MIXSMITH" "$@" --progress always 2>&1 >/dev/null | tr '\r' '\n' | sed -n 's/ *\[[=> ]*\] .*//p' | uniq
}

@test "labels that were not read and the list of sources come after the bar, with words" {
    same "$(stages mix "$CIFAR" -o OUT -n 1 -b 10)" $'\nreading labels\nlisting sources'
    mix "$CIFAR" -o OUT -f -n 1 -b 10 --progress always
    like "$stderr" $'\rreading labels \\[> {23}\\]   0 %  0 of 100  0/s  \\? left\e\\[K'
    like "$stderr" $'\rlisting sources \\[> {23}\\]   0 %  0 of 100  0/s  \\? left\e\\[K'
}

@test "scan reads labels with a word, then looks at samples" {
    same "$(stages scan "$CIFAR")" $'reading labels'
}

@test "a warning on a terminal stands on a line of its own" {
    "$MIXSMITH" mix "$PICTURES" -o sorted.tar -m none -n 40 -q
    output=$(script -qec "'$MIXSMITH' mix - --from tar --to none --window 2 <sorted.tar" /dev/null </dev/null)
    like "$output" $'\r\e\\[Kmixsmith: warning: 2 samples of class '
}

@test "an error on a terminal stands on a line of its own" {
    output=$(script -qec "ulimit -f 2000; '$MIXSMITH' mix '$CIFAR' -o OUT -n 3000000" /dev/null </dev/null) || true
    like "$output" $'\r\e\\[Kmixsmith: images.npy: cannot write'
}

@test "standard output stays for results, also on a terminal" {
    script -qec "'$MIXSMITH' mix '$CIFAR' --to digest --json -n 300000 >result" /dev/null </dev/null
    same "$(wc -l <result)" 1
    "$PYTHON" -c 'import json; assert json.load(open("result"))["samples"] == 300000'
}
