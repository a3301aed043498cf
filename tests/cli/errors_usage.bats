#!/usr/bin/env bats
# Bad usage, and jobs that no machine could do: one clear line that says what is wrong and what would
# be right, the right exit status, no output.
load helpers

@test "no command, unknown command" {
    run --separate-stderr "$MIXSMITH"
    refused 2 "no command; see mixsmith --help"
    run --separate-stderr "$MIXSMITH" mxi
    refused 2 "unknown command 'mxi'; did you mean mix?"
    run --separate-stderr "$MIXSMITH" frobnicate
    refused 2 "unknown command 'frobnicate'; see mixsmith --help"
    run --separate-stderr "$MIXSMITH" help mxi
    refused 2 "unknown command 'mxi'; did you mean mix?"
}

@test "--split where there are none" {
    mix "$CIFAR" -o OUT --split test
    refused 2 "--split test: an input of kind cifar10 has no splits: name the files themselves"
}

@test "no input, no output" {
    mix -o OUT
    refused 2 "no input: name a folder or files of samples; --help says of which kinds"
    mix "$CIFAR"
    refused 2 "no output: give -o PATH"
    mix "$CIFAR" -o ""
    refused 2 "-o '': expected the name of a folder to make, or -"
    mix "$CIFAR" -o - --json
    refused 2 "--json prints on standard output, where -o - writes samples"
    for to in folder cifar; do
        mix nowhere -o - --to $to # before the input is looked at
        refused 2 "-o -: --to $to makes a folder; standard output takes --to tar or raw"
    done
    mix "$CIFAR" -o - --to npy
    refused 2 "-o -: --to npy makes a folder; standard output takes --to tar or raw"
    mix "$CIFAR" -o OUT --to raw --labels-to OUT-labels
    refused 2 "-o OUT: --to raw writes to standard output only: -o -"
    mix "$CIFAR" -o - --to raw
    refused 2 "--to raw: say where the soft labels go with --labels-to PATH"
    for to in "" "--to npy" "--to tar"; do
        mix "$CIFAR" -o OUT $to --labels-to labels
        refused 2 "--labels-to labels: only --to raw writes labels apart; leave it out, or give --to raw -o -"
    done
    for path in "" -; do
        mix "$CIFAR" -o - --to raw --labels-to "$path"
        refused 2 "--labels-to '$path': expected the name of a file, a pipe, or /dev/fd/N"
    done
    mix "$CIFAR" -o
    refused 2 "-o needs a value; see --help"
    mix "$CIFAR" -o OUT --seed
    refused 2 "--seed needs a value; see --help"
    mix "$CIFAR" --to digest -o OUT
    refused 2 "--to digest writes no files: leave out -o"
}

@test "samples do not go to a terminal" {
    run script -qec "'$MIXSMITH' mix '$CIFAR' -o -" /dev/null </dev/null
    same "$output" $'mixsmith: -o -: standard output is a terminal; give it a reader or a file\r'
    same "$status" 2
}

@test "unknown options, with a suggestion" {
    mix "$CIFAR" --outptu OUT
    refused 2 "unknown option --outptu; did you mean --output?"
    mix "$CIFAR" -o OUT --sede=3
    refused 2 "unknown option --sede; did you mean --seed?"
    mix "$CIFAR" -o OUT --frobnicate
    refused 2 "unknown option --frobnicate; see --help"
    mix "$CIFAR" -o OUT -z
    refused 2 "unknown option -z; see --help"
}

@test "unknown letter among known ones" {
    mix --force -vzq "$CIFAR" -o OUT
    refused 2 "unknown option -z; see --help"
}

@test "unknown letters of several bytes are shown whole, and others byte by byte" {
    for letter in é Ω 字 🐟; do
        mix "$CIFAR" -o OUT -$letter
        refused 2 "unknown option -$letter; see --help"
        mix -vq$letter"f" é "$CIFAR" -o OUT
        refused 2 "unknown option -$letter; see --help"
    done
    mix "$CIFAR" -o OUT $'-\u202ex'
    refused 2 'unknown option -\xe2\x80\xae; see --help'
    mix "$CIFAR" $'-v\xc3' -o OUT
    refused 2 'unknown option -\xc3; see --help'
    run --separate-stderr "$MIXSMITH" list -é
    refused 2 "unknown option -é; see --help"
}

@test "value for an option that takes none" {
    mix "$CIFAR" -o OUT --force=yes
    refused 2 "--force takes no value; see --help"
}

@test "unknown mixer, with a suggestion" {
    mix "$CIFAR" -o OUT -m cutmx
    refused 2 "unknown mixer 'cutmx'; did you mean cutmix?"
    mix "$CIFAR" -o OUT -m zeta+mixupp
    refused 2 "unknown mixer 'mixupp'; did you mean mixup?"
    mix "$CIFAR" -o OUT -m frobnicate
    refused 2 "unknown mixer 'frobnicate'; there are mixup, zeta, cutmix, fmix, none"
    mix "$CIFAR" -o OUT -m ""
    refused 2 "unknown mixer ''; there are mixup, zeta, cutmix, fmix, none"
}

@test "unknown parameter of a mixer" {
    mix "$CIFAR" -o OUT -m mixup:alfa=1
    refused 2 "mixup has no parameter 'alfa'; did you mean alpha?"
    mix "$CIFAR" -o OUT -m mixup:alpha
    refused 2 "mixup: 'alpha' is no key=value"
    mix "$CIFAR" -o OUT -m fmix:spectrum=white
    refused 2 "fmix: spectrum=white: expected one of paper|official"
}

@test "alpha not above 0, or no number" {
    for mixer in mixup cutmix fmix; do
        for alpha in 0 -1 nan inf -nan 1e999 "" x 1x; do
            mix "$CIFAR" -o OUT -m "$mixer:alpha=$alpha"
            refused 2 "$mixer: alpha=$alpha: expected a number above 0 and at most 1000000"
        done
    done
}

@test "weights of mixers that are none" {
    for weight in 0 -1 nan inf "" x 1e7; do
        mix "$CIFAR" -o OUT -m "mixup@$weight"
        refused 2 "mixer 'mixup': weight '$weight' is no number above 0 and at most 1000000"
    done
}

@test "--size that is no size" {
    for size in 0x3 3x0 -1x3 3x 3x3x3 x ab 3.5x3 16385x1 3X3 99999999999999999999x1 ""; do
        mix "$CIFAR" -o OUT --size "$size"
        refused 2 "--size ${size:-''}: expected WxH or N, sides from 1 to 16384, for example 224x224"
    done
}

@test "--count that is no count" {
    for count in 0 0x -1 1.5x x 1xx infinite nan 9223372036854775808 99999999999999999999 ""; do
        mix "$CIFAR" -o OUT -n "$count"
        refused 2 "--count ${count:-''}: expected a number of samples, of passes as in 10x, or inf"
    done
    for output in "-o OUT" "-o OUT.tar" "-o OUT --dry-run"; do
        mix nowhere $output -n inf # before the input is looked at
        refused 2 "--count inf never ends: it needs -o - and a reader that does"
    done
    for to in none digest; do # which take no -o
        mix nowhere --to $to -n inf
        refused 2 "--count inf never ends: --to $to has no reader that does; give a number"
    done
    mix nowhere -o - --to tar -n inf --with-originals
    refused 2 "--with-originals: none come after --count inf, which never ends; leave it out, or give a number"
    mix "$CIFAR" -o OUT -n 9223372036854775807x
    refused 2 "--count 9223372036854775807x: too many passes over 100 samples"
}

@test "--seed that is no seed" {
    for seed in -1 18446744073709551616 1.5 x ""; do
        mix "$CIFAR" -o OUT -S "$seed"
        refused 2 "--seed ${seed:-''}: expected a whole number from 0 to 18446744073709551615"
    done
}

@test "numbers out of range" {
    while read -r option value range; do
        mix "$CIFAR" -o OUT "--$option" "$value"
        refused 2 "--$option $value: expected a $range"
    done <<'END'
batch 0 whole number from 1 to 65536
batch 1.5 whole number from 1 to 65536
threads 0 whole number from 1 to 1024
threads 1025 whole number from 1 to 1024
threads x whole number from 1 to 1024
quality 0 whole number from 1 to 100
quality 101 whole number from 1 to 100
png-level 13 whole number from 0 to 12
max-pixels 0 whole number from 1 to 268435456
smooth -0.1 number from 0 to 1
smooth nan number from 0 to 1
END
}

@test "words that are no choice" {
    while read -r option choices; do
        mix "$CIFAR" -o OUT "--$option" frob
        refused 2 "--$option frob: expected one of $choices"
    done <<'END'
pair any|same|other|balanced
unit sample|batch
fit crop|pad|squash
channels auto|1|3
orient exif|raw
image png|jpg
labels-as dense|sparse
progress auto|always|never
on-error skip|stop
label fine|coarse
END
}

@test "unknown --from and --to" {
    mix "$CIFAR" -o OUT --from cifr10
    like "$stderr" "^mixsmith: --from cifr10: .*did you mean cifar10"
    same "$status" 2
    mix "$CIFAR" -o OUT --to nyp
    like "$stderr" "^mixsmith: --to nyp: .*did you mean npy"
    same "$status" 2
    mix "$CIFAR" -o OUT --to frobnicate
    refused 2 "--to frobnicate: expected one of auto|folder|tar|npy|cifar|raw|none|digest"
}

@test "--to cifar of pictures of another size, dry or not" {
    for dry in "" --dry-run; do
        mix "$PICTURES" -o OUT --to cifar $dry
        refused 1 "--to cifar: records are 32 x 32 in 3 channels, the samples 96 x 96 in 3; give --size 32x32 --channels 3, or another --to"
    done
}

@test "batches that the machine has no memory for are refused before they are made" {
    is_sanitized && skip "a sanitizer has memory of its own"
    mix "$PICTURES" -q --to tar -o in.tar
    run --separate-stderr bash -c '"$0" mix - "$@" <in.tar' "$MIXSMITH" -o OUT -s 16384 -b 65536 --window 65537
    like "$stderr" '^mixsmith: batches of 65536 samples, 16384 x 16384 x 3, need 10[0-9] TB of memory, but there are [0-9.]+ [GT]B: lower --batch or --size$'
    same "$status" 1
    nothing_left
    ulimit -v 3000000 # kB
    run --separate-stderr bash -c '"$0" mix - "$@" <in.tar' "$MIXSMITH" --to none -s 2000 -b 65536 --window 16
    done_well # a batch has no more than a window
    mix "$PICTURES" -o OUT -s 16384 -j 1
    refused 1 "batches of 40 samples, 16384 x 16384 x 3, need 65.2 GB of memory, but there are 3.07 GB: lower --batch or --size"
    mix "$PICTURES" -o OUT -s 16384 -j 1 --dry-run
    refused 1 "batches of 40 samples, 16384 x 16384 x 3, need 65.2 GB of memory, but there are 3.07 GB: lower --batch or --size"
    mix "$PICTURES" -o OUT -s 16384 -b 1 -j 4 -m none+none --dry-run
    refused 1 "batches of 1 sample, 16384 x 16384 x 3, need 8.86 GB of memory, but there are 3.07 GB: lower --size"
    mix "$CIFAR" -o OUT -s 16384 -b 2 -j 1 # of 1 sample they would be refused
    refused 1 "batches of 2 samples, 16384 x 16384 x 3, need 6.44 GB of memory, but there are 3.07 GB: lower --size"
    mix "$CIFAR" -o OUT -s 16384 -b 2 -j 1 -m none
    refused 1 "batches of 2 samples, 16384 x 16384 x 3, need 6.44 GB of memory, but there are 3.07 GB: lower --batch or --size"
    run --separate-stderr "$MIXSMITH" grid "$PICTURES" -o OUT.png -s 16384
    refused 1 "batches of 40 samples, 16384 x 16384 x 3, need 32.2 GB of memory, but there are 3.07 GB: lower --batch or --size"
    mix "$PICTURES" -o OUT -s 96 -j 1
    done_well
}

@test "a long name behind one dash is no row of letters" {
    mix "$CIFAR" -o OUT -force
    refused 2 "-force: names of options take two dashes: --force"
    [ ! -e rce ]
    mix "$CIFAR" -output OUT
    refused 2 "-output: names of options take two dashes: --output"
    mix "$CIFAR" -o OUT -seed 3
    refused 2 "-seed: names of options take two dashes: --seed"
    mix "$CIFAR" -o OUT -fqn3
    done_well
}

@test "batches of one sample, in which nothing can be mixed" {
    for mixers in "" "-m cutmix" "-m none -m cutmix" "-m none+cutmix" "-m none@9 -m zeta:t=1"; do
        mixer=$(grep -oE 'cutmix|zeta' <<<"$mixers" || echo mixup)
        mix nowhere -o OUT -b 1 $mixers
        refused 2 "--batch 1: $mixer finds no partner and would copy every sample; give 2 or more, or only -m none"
    done
    mix - -o OUT --window 1 </dev/null
    refused 2 "--window 1: mixup finds no partner and would copy every sample; give 2 or more, or only -m none"
    for command in "grid -o OUT.png" "report -o OUT.html"; do
        run --separate-stderr "$MIXSMITH" $command nowhere -m fmix -b 1
        refused 2 "--batch 1: fmix finds no partner and would copy every sample; give 2 or more, or only -m none"
    done
    mix "$CIFAR" --to digest -q -b 1 -m none -m none+none
    done_well
    mix "$PICTURES" -q -o in.tar -n 3 -b 2
    run --separate-stderr bash -c '"$0" mix - -o OUT --window 1 -m none <in.tar' "$MIXSMITH"
    done_well
    run --separate-stderr "$MIXSMITH" scan "$CIFAR" -q
    done_well
}

@test "options that would do nothing are refused, before the input is looked at" {
    while IFS=: read -r options message; do
        mix nowhere -o OUT $options
        refused 2 "$message"
    done <<'END'
--quality 95:--quality 95: only --image jpg writes JPEG; leave it out, or give --image jpg
--quality 50 --image png:--quality 50: only --image jpg writes JPEG; leave it out, or give --image jpg
--png-level=1 --image jpg:--png-level 1: only --image png writes PNG; leave it out, or give --image png
--to npy --image png:--image png: only --to folder and --to tar write pictures; leave it out, or give one of these
--to cifar --quality 9:--quality 9: only --to folder and --to tar write pictures; leave it out, or give one of these
--to npy --png-level 3:--png-level 3: only --to folder and --to tar write pictures; leave it out, or give one of these
--shard-size 20:--shard-size 20: only --to tar makes shards, in a folder; leave it out, or give --to tar -o FOLDER
--to folder --shard-size 1GB:--shard-size 1GB: only --to tar makes shards, in a folder; leave it out, or give --to tar -o FOLDER
-o OUT.tar --shard-size 20:--shard-size 20: only --to tar makes shards, in a folder; leave it out, or give --to tar -o FOLDER
-o - --to tar --shard-size 20:--shard-size 20: only --to tar makes shards, in a folder; leave it out, or give --to tar -o FOLDER
-o - --to raw --labels-to x --labels-as dense:--labels-as dense: --to raw, none and digest write no manifest; leave it out, or give another --to
--fit pad:--fit pad: pictures are fitted only where a size is given; leave it out, or give --size
--window 9:--window 9: only a stream is taken in windows, other inputs as a whole; leave it out
END
    for to in none digest; do
        mix nowhere --to $to --png-level 2
        refused 2 "--png-level 2: only --to folder and --to tar write pictures; leave it out, or give one of these"
        mix nowhere --to $to --labels-as sparse
        refused 2 "--labels-as sparse: --to raw, none and digest write no manifest; leave it out, or give another --to"
    done
    mix nowhere -o OUT --labels-to ""
    refused 2 "--labels-to '': only --to raw writes labels apart; leave it out, or give --to raw -o -"
    for command in grid report; do
        run --separate-stderr "$MIXSMITH" $command nowhere -o OUT.$([ $command = grid ] && echo png || echo html) --fit pad
        refused 2 "--fit pad: pictures are fitted only where a size is given; leave it out, or give --size"
    done
}

@test "and so they are where only the input tells" {
    mix "$CIFAR" -o OUT --image jpg
    refused 2 "--image jpg: only --to folder and --to tar write pictures; leave it out, or give one of these"
    mix "$CIFAR" -o OUT --png-level 4 --dry-run
    refused 2 "--png-level 4: only --to folder and --to tar write pictures; leave it out, or give one of these"
}

@test "where they do something they are taken" {
    mix "$PICTURES" -o OUT1 --png-level 1 --labels-as sparse
    done_well
    mix "$CIFAR" -o OUT2 --to folder --image jpg --quality 95
    done_well
    mix "$CIFAR" -o OUT3.tar --image png --png-level 3 --labels-as dense
    done_well
    mix "$CIFAR" -o OUT4 --to tar --shard-size 20 --quality 50 --image jpg
    done_well
    run --separate-stderr bash -c '"$0" mix - -o OUT5 --window 9 --fit pad -n inf --with-originals <OUT3.tar' "$MIXSMITH"
    done_well
    same "$(wc -l <OUT5/train/metadata.jsonl)" 200
}
