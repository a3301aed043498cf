#!/usr/bin/env bats
# The tables that mixsmith list prints: what they say is so.
load helpers

# list ARGUMENTS...: sets status, output, stderr.
list() {
    run --separate-stderr "$MIXSMITH" list "$@"
}

# json EXPRESSION: of what `mixsmith list --json` says, as `tables`.
json() {
    "$MIXSMITH" list --json | "$PYTHON" -c 'import json, sys
tables = json.load(sys.stdin)
def bounds(p):
    return (p["low"], p["low"] - 1, p["high"] + 1, p["above_low"]) if "low" in p else ()
result = eval(sys.argv[1])
for row in result if isinstance(result, list) else [result]:
    print(*row) if isinstance(row, tuple) else print(row)' "$1"
}

# takes SPEC: whether it is a mixer.
takes() {
    "$MIXSMITH" mix "$CIFAR" -o OUT --dry-run -q -m "$1" >/dev/null 2>said
}

# refuses SPEC WORD: it is none, and the message holds the word.
refuses() {
    if takes "$1"; then
        echo "takes $1"
        return 1
    fi
    grep -q "$2" said
}

@test "all four tables, or the one that is asked for" {
    list
    done_well
    same "$(grep -E '^[^ ]' <<<"$output" | cut -d: -f1 | cut -d, -f1)" $'Mixers\nSources\nSinks\nCodecs'
    all=$output
    one=$(for table in mixers sources sinks codecs; do "$MIXSMITH" list $table; echo; done)
    same "$all" "$one"
}

@test "lines are no longer than the help's" {
    list
    same "$(grep -cE '.{97}' <<<"$output")" 0
}

@test "a mixer with its parameters, as the help has them" {
    list mixers
    grep -qx '  zeta  *a whole batch, weighted by the terms of the zeta series; Abhishek et' <<<"$output"
    grep -qx '      t  *samples that take part in each (1 to 1048576; batch)' <<<"$output"
    same "$(sed 1d <<<"$output")" "$("$MIXSMITH" help mix | sed -n '/^Mixers/,/^$/p' | sed '1d;$d')"
}

@test "--json is one object with the tables that were asked for" {
    list --json
    done_well
    same "$(wc -l <<<"$output")" 1
    same "$(json '[*tables]')" $'mixsmith\nmixers\nsources\nsinks\ncodecs'
    list sinks --json
    same "$("$PYTHON" -c 'import json, sys; print(*json.loads(sys.argv[1]))' "$output")" "mixsmith sinks"
}

@test "rows of a table have the same keys, and numbers are numbers" {
    json '[(table, *row) for table in tables if table != "mixsmith" for row in tables[table]]' |
        sort -u >keys
    same "$(wc -l <keys)" 4
    same "$(json '[p["standard"] for m in tables["mixers"] if m["name"] == "zeta" for p in m["parameters"]][:2]')" \
        $'2.8\nbatch'
    same "$(json '[type(p[k]).__name__ for m in tables["mixers"] for p in m["parameters"]
                   for k in ("low", "high") if k in p and not isinstance(p[k], (int, float))]')" ""
}

@test "every mixer takes its parameters at their standard values and at their bounds, not beyond" {
    json '[(m["name"], p["name"], p["standard"], *bounds(p))
           for m in tables["mixers"] for p in m["parameters"]]' >rows
    [ "$(wc -l <rows)" -gt 10 ]
    while read -r mixer name standard low below beyond above; do
        takes "$mixer:$name=$standard" || { cat said; return 1; }
        [ -n "$low" ] || continue
        refuses "$mixer:$name=$below" expected
        refuses "$mixer:$name=$beyond" expected
        if [ "$above" = True ]; then
            refuses "$mixer:$name=$low" above
        else
            takes "$mixer:$name=$low"
        fi
    done <rows
}

@test "sources and sinks are the words of --from and --to" {
    same "$("$MIXSMITH" help mix | grep -oE -e '^ +--from \S+' | xargs)" \
        "--from auto|$(json '"|".join(row["name"] for row in tables["sources"])')"
    same "$("$MIXSMITH" help mix | grep -oE -e '^ +--to \S+' | xargs)" \
        "--to auto|$(json '"|".join(row["name"] for row in tables["sinks"])')"
}

@test "a sink that streams writes to standard output, another does not" {
    json '[(row["name"], row["streams"], row["manifest"]) for row in tables["sinks"]]' >rows
    while read -r name streams manifest; do
        [ -n "$manifest" ] || [ "$streams" = True ] || continue
        run "$MIXSMITH" mix "$PICTURES" -o - --to "$name" --dry-run -q \
            $([ "$name" != raw ] || echo --labels-to labels)
        same "$name $status" "$name $([ "$streams" = True ] && echo 0 || echo 2)"
    done <rows
}

# --- codecs ---

@test "a codec is read if, and only if, its row names a reader" {
    two_classes p
    "$PYTHON" - <<'EOF'
import bz2, gzip, struct, numpy, PIL.Image
picture = PIL.Image.open("p/a/city_1.png")
for name in ("png", "jpeg", "bmp", "gif", "ppm"):
    picture.save(f"x.{name}")
numpy.save("labels.npy", numpy.arange(4))
numpy.save("x.npy", numpy.zeros((4, 8, 8), numpy.uint8))
idx = struct.pack(">4B3I", 0, 0, 8, 3, 4, 8, 8) + bytes(256)
open("x.idx", "wb").write(idx)
open("x.gzip", "wb").write(gzip.compress(idx))
open("x.bz2", "wb").write(bz2.compress(idx))
EOF
    json '[row["name"] for row in tables["codecs"] if row["reader"]]' >readers
    for codec in png jpeg bmp gif ppm; do
        cp x.$codec p/a/
        run "$MIXSMITH" mix p --to none --strict -q
        same "$codec $status" "$codec $(grep -qx $codec readers && echo 0 || echo 3)"
        rm p/a/x.$codec
    done
    for codec in npy idx gzip bz2; do
        run "$MIXSMITH" mix x.$codec --labels labels.npy --to none -q
        same "$codec $status" "$codec $(grep -qx $codec readers && echo 0 || echo 1)"
    done
    same "$(sort readers)" "$(printf '%s\n' bmp gzip idx jpeg npy png)"
}

@test "a codec is written if, and only if, its row names a writer" {
    json '[row["name"] for row in tables["codecs"] if row["writer"]]' >writers
    "$MIXSMITH" mix "$PICTURES" -o png -q
    "$MIXSMITH" mix "$PICTURES" -o jpeg -q --image jpg
    "$MIXSMITH" mix "$PICTURES" -o npy -q --to npy
    [ "$(find png/train -name '*.png' | wc -l)" -eq 40 ]
    [ "$(find jpeg/train -name '*.jpg' | wc -l)" -eq 40 ]
    [ -f npy/images.npy ]
    same "$(cat writers)" $'png\njpeg\nnpy'
    mix "$PICTURES" -o OUT --image bmp
    refused 2 "--image bmp: expected one of png|jpg"
}

@test "a codec's option is one of mix, with its range and standard value" {
    json '[(o["name"], o["low"], o["high"], o["standard"]) for row in tables["codecs"]
           for o in row["options"]]' >options
    same "$(cat options)" $'png-level 0 12 1\nquality 1 100 95'
    while read -r name low high standard; do
        mix "$PICTURES" -o OUT "--$name" $((high + 1))
        refused 2 "--$name $((high + 1)): expected a whole number from $low to $high"
    done <options
}

# --- usage ---

@test "a table that there is not" {
    list mixer
    refused 2 "list mixer: expected one of mixers|sources|sinks|codecs; did you mean mixers?"
    list everything
    refused 2 "list everything: expected one of mixers|sources|sinks|codecs"
    list mixers sinks
    refused 2 "list takes one of mixers|sources|sinks|codecs, not 2 words"
    list --jsno
    refused 2 "unknown option --jsno; did you mean --json?"
}

@test "list and completions explain themselves" {
    for command in list completions; do
        same "$("$MIXSMITH" $command --help)" "$("$MIXSMITH" help $command)"
        like "$("$MIXSMITH" $command -h)" "^usage: mixsmith $command "
        same "$("$MIXSMITH" $command --version)" "$("$MIXSMITH" --version)"
    done
}
