#!/usr/bin/env bats
# The report of an input and of an output: the page, the numbers, what is refused.
load helpers

# report ARGUMENTS...: as mix of helpers.bash
report() {
    run --separate-stderr timeout -k 1 60 "$MIXSMITH" report "$@"
}

# number JSON PATH...: a value of the JSON line, as Python prints it
number() {
    "$PYTHON" -c 'import json, sys
value = json.loads(sys.argv[1])
for key in sys.argv[2:]:
    value = value[int(key) if isinstance(value, list) else key]
print(value)' "$@"
}

@test "a page, and what is said of it" {
    report "$PICTURES" -o OUT.html -m cutmix
    done_well
    like "$stderr" '^wrote OUT.html: 40 samples of 5 classes, [0-9]+ kB$'
    same "$output" ""
    like "$(head -c 60 OUT.html)" '^<!doctype html>'
    [ "$(grep -c '<figure>' OUT.html)" -eq 18 ]
    grep -q 'mixsmith mix .*sample_data/pictures -o OUT -m cutmix' OUT.html
    grep -q '40 samples are too few' OUT.html
    same "$(find . -name 'OUT*')" ./OUT.html
}

@test "nothing in the page comes from elsewhere, and nothing runs" {
    report "$PICTURES" -o OUT.html -q
    run ! grep -Eqi '<script|https?:|url\(|@import|<link|<iframe| on[a-z]+=' OUT.html
    grep -q "default-src 'none'" OUT.html
    same "$(grep -Eo 'src="[^"]{5}' OUT.html | sort -u)" 'src="data:'
}

@test "hostile names of classes are text" {
    mkdir -p 'in/<script>alert(1)<' 'in/"&日本'
    cp "$PICTURES"/city/*.png 'in/<script>alert(1)<'
    cp "$PICTURES"/fish/*.png 'in/"&日本'
    report in -o OUT.html
    done_well
    run ! grep -q '<script' OUT.html
    grep -q '&lt;script&gt;alert(1)&lt;' OUT.html
    grep -q '&quot;&amp;日本' OUT.html
}

@test "the same bytes on any number of threads" {
    report "$CIFAR" -o one.html -m zeta:t=8+cutmix -m fmix -j 1
    report "$CIFAR" -o three.html -m zeta:t=8+cutmix -m fmix -j 3
    cmp one.html three.html
    report "$CIFAR" -o - -m zeta:t=8+cutmix -m fmix
    done_well
    same "$output" "$(cat one.html)"
}

@test "the digest is that of the samples that mix makes" {
    report "$CIFAR" --json -m zeta -S 4
    digest=$(number "$output" digest)
    mix "$CIFAR" --to digest -m zeta -S 4 -q
    same "$digest" "$output"
}

@test "an output is replaced with --force only, and only if it is a page of ours" {
    report "$PICTURES" -o OUT.html -q
    report "$PICTURES" -o OUT.html
    same "$status" 1
    same "$stderr" "mixsmith: OUT.html: exists already; choose another name, or replace it with --force"
    report "$PICTURES" -o OUT.html --force -q
    done_well
    echo '<!doctype html><p>mine' >OUT.html
    report "$PICTURES" -o OUT.html --force
    same "$status" 1
    same "$stderr" "mixsmith: OUT.html: not an output of mixsmith: --force does not replace it"
    same "$(cat OUT.html)" '<!doctype html><p>mine'
}

@test "more than a hundred classes: the rest are no pair, and no bar" {
    "$PYTHON" -c 'import numpy as np
np.save("images.npy", np.random.default_rng(1).integers(0, 256, (300, 8, 8), dtype=np.uint8))
np.save("labels.npy", np.arange(300) % 150)'
    mkdir many
    mv images.npy labels.npy many
    report many -o OUT.html -q
    like "$(grep '<bdi>50 other classes</bdi>' OUT.html)" '<td class="plot"></td>'
    run ! grep -q '<td><bdi>50 other classes' OUT.html
}

@test "mistakes in options, inputs and outputs" {
    report "$PICTURES"
    refused 2 "no output: give -o PAGE.html, or --json for the numbers alone"
    report "$PICTURES" -o ''
    refused 2 "-o '': expected the name of a page to make, or -"
    report "$PICTURES" -o OUT.pdf
    refused 2 "-o OUT.pdf: a page is called NAME.html; a browser prints it as PDF"
    report "$PICTURES" -o - --json
    refused 2 "--json prints on standard output, where -o - writes the page"
    report "$PICTURES" -o OUT.html --points 0
    refused 2 "--points 0: expected a whole number from 1 to 1048576"
    report - -o OUT.html
    refused 1 "-: a stream can be read only once; name files"
    report missing -o OUT.html
    refused 1 "missing: no such file or folder"
    report "$PICTURES" -o none/OUT.html
    refused 1 "none/OUT.html: the folder none does not exist; make it first"
}

@test "the numbers of an input" {
    report "$CIFAR" --json -m mixup --samples 60
    done_well
    same "$stderr" ""
    same "$(number "$output" samples)" 60
    same "$(number "$output" originals)" 100
    same "$(number "$output" intrinsic_dimension)" "{}"
    "$PYTHON" -c 'import json, sys
report = json.loads(sys.argv[1])
assert len(report["pairs"]) == 10 and sum(report["top_share"]["bins"]) == 60
assert sum(report["entropy_bits"]["bins"]) == 60
assert abs(sum(row["mass_after"] for row in report["classes"]) - 60) < 1e-3
assert all(abs(sum(row) - 1) < 1e-4 or sum(row) == 0 for row in report["pairs"])' "$output"
}

@test "an output of ours is shown as it is: pairs from the manifest, numbers as before it was written" {
    report "$CIFAR" --json -m zeta:t=4 -S 2
    before=$output
    mix "$CIFAR" -o OUT -m zeta:t=4 -S 2 -q
    report OUT --json
    done_well
    same "$(number "$output" pairs)" "$(number "$before" pairs)"
    same "$(number "$output" top_share)" "$(number "$before" top_share)"
    same "$(number "$output" classes)" "$(number "$before" classes)"
    same "$(number "$output" command)" "mixsmith mix INPUT -o OUT -m zeta:gamma=2.8,t=4,tail=0@1 --to npy --seed 2"
    report OUT -o page.html -q
    grep -q 'data_batch_1.bin [0-9]' page.html
    grep -q 'zeta t=4' page.html
}

@test "an output of pictures names their sources" {
    mix "$PICTURES" -o OUT -m cutmix -q
    report OUT -o page.html
    done_well
    grep -q '<bdi>[a-z]*/[a-z]*_[1-8].[pj][pn]g</bdi>' page.html
}

@test "a source that has next to nothing has less than one per cent, of an input and of an output" {
    report "$CIFAR" -o OUT.html -q -m zeta:gamma=8
    "$MIXSMITH" mix "$CIFAR" -o mixed -q -m zeta:gamma=8
    "$MIXSMITH" report mixed -o mixed.html -q
    for page in OUT.html mixed.html; do
        same "$(grep -o '<span>[^<]*</span></li>' $page | sort | uniq -c | tr -s ' ')" \
" 72 <span>&lt;&#8239;1&#8239;%</span></li>
 18 <span>100&#8239;%</span></li>"
    done
}

@test "an output of ours is not mixed: what only mixing heeds is refused" {
    mix "$CIFAR" -o mixed -q
    for option in "--smooth 0.3" "--pair same" "--unit batch"; do
        report mixed --json $option
        refused 2 "$option: an output of mixsmith is shown as it is; leave it out, or give -m to mix it"
    done
    report mixed --json -q -b 7 -S 5 # memory, and places of the dimension
    done_well
    report mixed --json -q -m mixup --smooth 0.3 --pair same --unit batch
    done_well
}

@test "an output with -m is an input like others" {
    mix "$CIFAR" -o OUT -q
    report OUT --json -m cutmix
    done_well
    like "$(number "$output" command)" '^mixsmith mix OUT -o OUT -m cutmix$'
}

@test "a broken manifest is named with its line" {
    mix "$CIFAR" -o OUT -q
    sed -i '3s/.*/{"source_ids":[0,100],"source_shares":[0.5,0.5]}/' OUT/manifest.jsonl
    report OUT --json
    same "$status" 1
    same "$stderr" "mixsmith: OUT/manifest.jsonl: line 3: a source that is none of 100"
    sed -i '3s/.*/nonsense/' OUT/manifest.jsonl
    report OUT --json
    same "$stderr" "mixsmith: OUT/manifest.jsonl: line 3: no JSON object"
}

# helix: 8192 points on four turns of radius 1 and height 4
helix() {
    "$PYTHON" -c 'import numpy as np
t = np.linspace(0, 1, 8192)
np.save("X.npy", np.stack([np.cos(8 * np.pi * t), np.sin(8 * np.pi * t), 4 * t], 1).astype("f4"))
np.save("labels.npy", (t * 3.999).astype("u1"))'
}

@test "the helix of the zeta-mixup paper keeps its dimension under zeta with a large gamma" {
    helix
    for case in mixup=3 zeta:t=32,gamma=2.8=3 zeta:t=32,gamma=4=3 zeta:t=32,gamma=6=1; do
        report X.npy --json -m "${case%=*}" --points 64
        done_well
        same "$(number "$output" intrinsic_dimension originals mean)" 1.0
        same "$(number "$output" intrinsic_dimension mixed mean)" "${case##*=}.0"
    done
}

@test "tensors that are no pictures, and values that are not finite" {
    helix
    report X.npy -o OUT.html --points 8
    done_well
    grep -q 'not pictures' OUT.html
    "$PYTHON" -c 'import numpy as np
x = np.load("X.npy"); x[7, 1] = np.nan; np.save("X.npy", x)'
    report X.npy -o OUT.html -f
    if [ "$status" -eq 0 ]; then grep -q 'not finite' OUT.html; fi
}
