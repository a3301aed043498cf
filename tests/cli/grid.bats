#!/usr/bin/env bats
# grid: sheets of mixed samples. What they hold is what mix writes, the same on any number of
# threads; what the terminal gets is exact; every mistake is one clear line.
load helpers

# grid ARGUMENTS...: a run of `mixsmith grid`; sets status, output, stderr.
grid() {
    run --separate-stderr timeout -k 1 30 "$MIXSMITH" grid "$@"
}

# two_tiny FOLDER: two classes of one grey picture each, 2 x 2: black, and white.
two_tiny() {
    mkdir -p "$1/dark" "$1/light"
    "$PYTHON" -c 'import sys
from PIL import Image
Image.new("L", (2, 2), 0).save(sys.argv[1] + "/dark/0.png")
Image.new("L", (2, 2), 255).save(sys.argv[1] + "/light/0.png")' "$1"
}

# holds SHEET PICTURE...: each picture stands somewhere on the sheet, pixel by pixel.
holds() {
    "$PYTHON" -c 'import sys
import numpy as np
from PIL import Image
sheet = np.asarray(Image.open(sys.argv[1]).convert("RGB")).astype(int)
for name in sys.argv[2:]:
    part = np.asarray(Image.open(name).convert("RGB")).astype(int)
    h, w = part.shape[:2]
    ys, xs = np.nonzero((sheet[: -h + 1, : -w + 1] == part[0, 0]).all(2))
    assert any((sheet[y : y + h, x : x + w] == part).all() for y, x in zip(ys, xs)), name' "$@"
}

@test "a sheet holds the first samples that mix makes" {
    for mixer in mixup zeta cutmix fmix zeta+cutmix; do
        grid "$PICTURES" -o sheet.png -f -m $mixer --scale 1 --rows 2 --cols 3 -b 16
        done_well
        like "$stderr" "^wrote sheet.png: 6 samples, [0-9]+ x [0-9]+ pixels$"
        mix "$PICTURES" -o OUT -m $mixer -n 6 -b 16
        holds sheet.png OUT/train/*/*.png
        rm -r OUT
    done
}

@test "samples of several batches" {
    grid "$CIFAR" -o sheet.png --scale 1 --rows 3 --cols 3 -b 4
    done_well
    mix "$CIFAR" -o OUT --to folder -n 9 -b 4
    holds sheet.png OUT/train/*/*.png
}

@test "every row of a sweep has the samples of its own run" {
    grid "$CIFAR" -o sheet.png --scale 1 --cols 4 -m zeta --sweep gamma=1.8,2.8,4
    done_well
    for gamma in 1.8 2.8 4; do
        mix "$CIFAR" -o OUT --to folder -n 4 -m zeta:gamma=$gamma
        holds sheet.png OUT/train/*/*.png
        rm -r OUT
    done
}

@test "the sources are on the sheet" {
    grid "$CIFAR" -o sheet.png --scale 1 --rows 1 --cols 2 -m none --show sources,mask -S 3
    done_well
    mix "$CIFAR" -o OUT --to folder -n 2 -m none -S 3
    holds sheet.png OUT/train/*/*.png
}

@test "the same bytes on any number of threads" {
    for threads in 1 3; do
        grid "$PICTURES" -o $threads.png -j $threads -m zeta -m cutmix -m fmix+mixup --show sources,mask
        done_well
        grid "$PICTURES" -o $threads.jpg -j $threads -m mixup --sweep alpha=0.2,1
        done_well
    done
    cmp 1.png 3.png
    cmp 1.jpg 3.jpg
}

@test "the name decides what is written, --to first" {
    grid "$CIFAR" -o a.png
    grid "$CIFAR" -o a.jpg
    grid "$CIFAR" -o a.jpeg
    grid "$CIFAR" -o a.out --to png
    "$MIXSMITH" grid "$CIFAR" -o - --to jpg >b.jpg
    same "$("$PYTHON" -c 'from PIL import Image
print([Image.open(name).format for name in ("a.png", "a.jpg", "a.jpeg", "a.out", "b.jpg")])')" \
        "['PNG', 'JPEG', 'JPEG', 'PNG', 'JPEG']"
    cmp a.png a.out
    cmp a.jpg b.jpg
    grid "$CIFAR" -o a.gif
    refused 2 "-o a.gif: a sheet is called NAME.png or NAME.jpg; or say which with --to"
    grid "$CIFAR" -o a.txt --to ansi
    refused 2 "--to ansi prints on standard output: leave out -o a.txt"
}

@test "the terminal without colours, to the letter" {
    two_tiny p
    NO_COLOR=1 grid p -m none --rows 1 --cols 2 --width 40
    done_well
    same "$stderr" ""
    same "$output" "p
2 pictures of 2 classes, 2 x 2, grey
-m none --batch 128 --seed 0

@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
@@@@@@@@@@@@@@@@@@@
BBBBBBBBBBBBBBBBBBB  AAAAAAAAAAAAAAAAAAA
B light       100 %  A dark        100 %

Below each picture its soft label."
}

@test "letters that no font has are told of" {
    mkdir -p p/$'\U10ffff'
    cp "$PICTURES/city/city_1.png" p/$'\U10ffff'
    grid p -o sheet.png
    done_well
    like "$stderr" "note: no font that was found has U\\+10FFFF: such letters are boxes on the sheet"
    grid "$PICTURES" -o plain.png
    run ! grep note <<<"$stderr"
}

@test "the command has weights where there are any" {
    two_tiny p
    NO_COLOR=1 grid p -m none@3 -m mixup -S 5 --width 60
    like "$output" "
-m none@3 -m mixup:alpha=1@1 --batch 128 --seed 5
"
    like "$output" "weight 3"
    NO_COLOR=1 grid p -m none -m mixup --width 60
    like "$output" "
-m none -m mixup:alpha=1 --batch 128 --seed 0
"
}

@test "a source that gives nothing has 0 %, one that gives little <1 %" {
    two_tiny p
    NO_COLOR=1 grid p -m cutmix:min=0,max=0.1 --rows 1 --cols 1 --show sources --width 40
    done_well
    like "$output" "100 % +0 %"
}

@test "the terminal: colours when piped, 24 bits" {
    two_tiny p
    grid p -m mixup:alpha=1000 --rows 1 --cols 1 --width 40
    done_well
    like "$output" $'\e\[0;38;2;[0-9]+;[0-9]+;[0-9]+;48;2;'
    like "$output" $'\e\[0;38;2;47;124;192m▄'
    NO_COLOR="" grid p -m mixup:alpha=1000 --rows 1 --cols 1 --width 40
    like "$output" $'\e\[0;38;2;'
}

# on_terminal COLUMNS COMMAND...: its output on a terminal that is so wide.
on_terminal() {
    "$PYTHON" -c 'import fcntl, os, pty, struct, sys, termios
columns, command = int(sys.argv[1]), sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execv(command[0], command)
output = b""
try:
    while piece := os.read(fd, 65536):
        output += piece
except OSError:
    pass
sys.stdout.buffer.write(output.replace(b"\r\n", b"\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))' "$@"
}

@test "--scale in the terminal, --width elsewhere" {
    grid nowhere --scale 2
    same "$status $stderr" "2 mixsmith: --scale 2: a terminal has no pixels to scale; leave it out, or give -o NAME.png"
    grid nowhere -o sheet.png --width 80
    same "$status $stderr" "2 mixsmith: --width 80: only --to ansi fills columns; leave it out, or give --to ansi"
}

@test "a terminal has 256 colours, or 24 bits where COLORTERM says so" {
    run --separate-stderr env -u COLORTERM -u NO_COLOR bash -c "$(declare -f on_terminal)
PYTHON=$PYTHON; on_terminal 60 '$MIXSMITH' grid '$CIFAR' --rows 1"
    done_well
    like "$output" $'\e\[0;38;5;[0-9]+;48;5;'
    run ! grep -q '38;2;' <<<"$output"
    [ "$(sed 's/\x1b\[[0-9;]*m//g' <<<"$output" | wc -L)" -le 60 ]
    COLORTERM=truecolor run --separate-stderr on_terminal 60 "$MIXSMITH" grid "$CIFAR" --rows 1
    like "$output" $'\e\[0;38;2;'
    run --separate-stderr on_terminal 60 "$MIXSMITH" grid "$CIFAR" --to png
    same "$output" "mixsmith: standard output is a terminal: name a file with -o, or leave out --to"
    same "$status" 2
}

@test "no line is wider than the terminal" {
    for width in 24 33 80 131; do
        for show in sources sources,mask; do
            NO_COLOR=1 grid "$PICTURES" -m fmix -m zeta+cutmix:box=inside --show $show --width $width
            done_well
            [ "$(wc -L <<<"$output")" -le $width ]
        done
    done
    NO_COLOR=1 COLUMNS=50 grid "$PICTURES"
    [ "$(wc -L <<<"$output")" -le 50 ]
}

@test "odd names of classes" {
    mkdir p
    for name in "$(printf 'n%.0s' {1..200})" 猫と犬 العربية $'e\xcc\x81te\xcc\x81' 👩‍👩‍👧 $'bad\xff' $'line\nend' "100 %"; do
        mkdir "p/$name"
        cp "$PICTURES"/city/city_[12].png "p/$name"
    done
    grid p -o sheet.png -m zeta --show sources,mask
    done_well
    NO_COLOR=1 grid p -m zeta --width 60
    done_well
    [ "$(wc -L <<<"$output")" -le 60 ]
}

@test "a sheet that exists is replaced with --force only, and only a picture" {
    grid "$CIFAR" -o sheet.png
    cp sheet.png before.png
    grid "$CIFAR" -o sheet.png -S 1
    same "$status" 1
    same "$stderr" "mixsmith: sheet.png: exists already; choose another name, or replace it with --force"
    cmp sheet.png before.png
    grid "$CIFAR" -o sheet.png -S 1 -f
    done_well
    run -1 cmp -s sheet.png before.png
    echo precious >note.png
    grid "$CIFAR" -o note.png -f
    same "$status" 1
    same "$stderr" "mixsmith: note.png: not an output of mixsmith: --force does not replace it"
    same "$(cat note.png)" precious
    same "$(ls)" $'before.png\nnote.png\nsheet.png'
}

@test "mistakes in sweeps" {
    grid "$CIFAR" -o OUT.png -m zeta --sweep gama=2,3
    refused 2 "--sweep: zeta has no parameter 'gama'; did you mean gamma?"
    grid "$CIFAR" -o OUT.png -m zeta --sweep gamma=2,x
    refused 2 "zeta: gamma=x: expected a number from 0 to 1000"
    grid "$CIFAR" -o OUT.png -m cutmix --sweep box=clip,outside
    refused 2 "cutmix: box=outside: expected one of clip|inside"
    grid "$CIFAR" -o OUT.png -m zeta -m mixup --sweep gamma=2
    refused 2 "--sweep goes with a single -m, here are 2"
    grid "$CIFAR" -o OUT.png -m zeta -m mixup --rows 3
    refused 2 "--rows: with several -m or --sweep each has one row, here 2"
}

@test "mistakes in options" {
    grid "$CIFAR" -o OUT.png --show sauces
    refused 2 "--show sauces: expected some of sources,mask, with commas between them"
    grid "$CIFAR" -o OUT.png --count 3
    like "$stderr" "^mixsmith: unknown option --count"
    same "$status" 2
    grid -o OUT.png
    refused 2 "no input: name a folder or files of samples; --help says of which kinds"
    grid nowhere -o OUT.png
    refused 1 "nowhere: no such file or folder"
    grid "$CIFAR" -o no/OUT.png
    refused 1 "no/OUT.png: the folder no does not exist; make it first"
}

@test "a sheet replaces no picture of the input" {
    two_classes p
    picture=$(find p -name '*.png' | head -n 1)
    cp "$picture" kept.png
    grid p -o "$picture" --force
    refused 1 "-o $picture: belongs to the input p, and would be replaced"
    grid p -o p/new.png
    refused 1 "-o p/new.png: lies inside the input p, which would hold it next time"
    [ ! -e p/new.png ]
    cmp "$picture" kept.png
}

@test "a sheet that would be too large is not begun" {
    grid "$CIFAR" -o OUT.png --rows 200
    refused 1 "the sheet would be 1104 x 38000 pixels, more than 16384: take fewer --rows or --cols, or a smaller --scale"
    grid "$CIFAR" -o OUT.png --cols 200
    same "$status" 1
    nothing_left
}

@test "pictures that cannot be read are left out and named" {
    two_classes p
    echo hello >p/a/broken.png
    grid p -o sheet.png
    done_well
    same "$(head -n 1 <<<"$stderr")" "wrote sheet.png: 24 samples, 1344 x 1323 pixels"
    like "$stderr" "mixsmith: warning: 1 sample left out that could not be read: p/a/broken.png: "
    grid p -o OUT.png --on-error stop
    same "$status" 1
    nothing_left
    grid p -o quiet.png -q
    same "$stderr" ""
}

@test "a terminal that went away" {
    run --separate-stderr bash -c "set -o pipefail; '$MIXSMITH' grid '$PICTURES' --rows 50 --width 400 | head -c 10 >/dev/null"
    same "$status" 141
    same "$stderr" ""
}
