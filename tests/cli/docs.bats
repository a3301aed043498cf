#!/usr/bin/env bats
# The documents are checked against the program: what they say, it does.

bats_require_minimum_version 1.5.0

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return 1
    MIXSMITH=$(realpath "${MIXSMITH:-build/mixsmith}") || return 1
    export MIXSMITH
}

# wrong CHECK FILE FROM TO TELLS: in a copy of the documents where FILE says TO for FROM, CHECK
# fails, and what it prints holds TELLS.
wrong() {
    local copy=$BATS_TEST_TMPDIR/copy
    rm -rf "$copy"
    mkdir "$copy"
    cp -r README.md man scripts "$copy"
    ln -s "$PWD"/{src,tests,sample_data,Makefile} "$copy"
    grep -qF -e "$3" "$copy/$2" || { echo "$2 does not say '$3'"; return 1; }
    FROM=$3 TO=$4 perl -pi -e 's/\Q$ENV{FROM}\E/$ENV{TO}/' "$copy/$2"
    run -1 "$copy/scripts/check-docs" "$1"
    grep -qF -e "$5" <<<"$output" || { echo "$output"; return 1; }
}

@test "mixsmith(1) has every command and option, with its range and standard value" {
    scripts/check-docs options
}

@test "mixsmith(1) has every mixer and parameter, with its range and standard value" {
    scripts/check-docs mixers
}

@test "mixsmith(1) has every key that list --json prints" {
    scripts/check-docs list
}

@test "the examples in README.md print what it says" {
    scripts/check-docs readme
}

@test "the examples in mixsmith(1) print what it says" {
    scripts/check-docs manual
}

@test "the row in mixsmith-formats(5) is the real one" {
    scripts/check-docs formats
}

@test "the tree in README.md is the tree" {
    scripts/check-docs tree
}

@test "the pictures in README.md are made again as the same bytes" {
    scripts/make-readme-pictures "$BATS_TEST_TMPDIR"
    cmp "$BATS_TEST_TMPDIR/mixers.png" man/mixers.png
    cmp "$BATS_TEST_TMPDIR/sweep.png" man/sweep.png
}

@test "check-docs finds wrong options" {
    local page=man/mixsmith.1
    wrong options $page 'the standard is 128' 'the standard is 64' '--batch: the standard 128'
    wrong options $page 'from 1 to 65536' 'from 1 to 65535' "--batch: not documented as"
    wrong options $page 'auto | folder | tar' 'folder | tar' "--to: not documented as auto | folder"
    wrong options $page '.It Fl -orient' '.It Fl -orientation' 'mix option -orient: in the program'
    wrong options $page '.It Fl f , Fl -force' '.It Fl -force' 'mix -f: not documented as --force'
}

@test "check-docs finds options of wrong commands" {
    local page=man/mixsmith.1
    wrong options $page '.Cm mix , grid' '.Cm mix , list' 'list: the group Input is not named'
    wrong options $page '.Cm mix , grid' '.Cm mix , list' 'grid option -from: in the program'
    wrong options $page '.Sx Input , Pictures' '.Sx Input' 'mix: the group Pictures is not named'
    wrong options $page '.Sx Input' '.Sx Mixing' 'scan: names the group Mixing, which is not taken'
    wrong options $page 'Not taken by' 'Taken by' 'mix option -on-error: in the program'
    wrong options $page 'Taken by every command' 'Taken by mix' 'list option -help: in the program'
    wrong options $page '.It Fl -window' '.It Fl -seed' 'mix -seed: documented twice'
    wrong options $page 'from 24 to 10000' 'from 20 to 10000' 'grid --width: not documented as'
    wrong options $page 'mask' 'veil' "grid --show: 'mask' is not documented"
}

@test "check-docs finds wrong commands" {
    local page=man/mixsmith.1
    wrong options $page '.Ss list' '.Ss lists' 'command list: in the program, not in mixsmith.1'
    wrong options $page '.Cm completions' '.Cm completion' 'command completions: not in the synopsis'
    wrong options $page '.Cm sinks ,' '.Cm sink ,' "list: 'sinks' is not documented"
    wrong list $page '.Ic suffix' '.Ic ending' 'the key suffix is not documented'
}

@test "check-docs finds wrong mixers" {
    local page=man/mixsmith.1
    wrong mixers $page 'Cm gamma No (2.8)' 'Cm gamma No (2.4)' 'zeta: gamma is 2.8, not 2.4'
    wrong mixers $page 'A number from 1 to 100.' 'A number from 1 to 10.' 'cutmix: aspect'
    wrong mixers $page '.Cm inside :' '.Cm within :' "cutmix: box: 'inside'"
    wrong mixers $page '.Ss fmix' '.Ss gmix' 'mixer fmix: in the program'
}

@test "check-docs finds wrong examples" {
    wrong manual man/mixsmith.1 '1000 samples to switched' '999 samples to switched' '-o switched'
    wrong formats man/mixsmith-formats.5 '"label":0,' '"label":1,' 'sed -n 2p'
    wrong readme README.md 'xxh64:' 'xxh64:0' '--to digest'
    wrong readme README.md '(1000, 32, 32, 3)' '(1000, 3, 32, 32)' 'np.load'
}

@test "check-docs finds a wrong tree" {
    wrong tree README.md '    stages.c ' '    stage.c ' 'src/engine/stage.c is not there'
    wrong tree README.md '  sinks/  ' '  sources/  ' 'no line for src/sinks/'
    wrong tree README.md '    report.c ' '    mix.c ' 'no line for src/commands/report.c'
    wrong tree README.md '    card.c ' '    job.c ' 'no line for src/engine/card.c'
}

@test "the manual pages are clean mdoc" {
    mandoc -T lint -W warning man/*.[15]
}
