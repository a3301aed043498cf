#!/usr/bin/env bats
# Arrays as input: what NumPy saved comes out mixed as NumPy would mix it, our own outputs are inputs
# again, and what is missing or wrong is said in one line.
load helpers

# arrays CODE: NumPy at work in the test's folder; x is 40 x 3 x 2, y has 4 classes.
arrays() {
    "$PYTHON" - <<END
import json, gzip, struct
import numpy as np
rng = np.random.default_rng(1)
x = rng.normal(size=(40, 3, 2)).astype("f4")
y = np.arange(40) % 4
soft = rng.random((40, 4))
soft /= soft.sum(1, keepdims=True)
$1
END
}

# is_mixed SAMPLES LABELS: OUT is what its manifest says of these two expressions.
is_mixed() {
    arrays "
samples, labels = ($1).astype('f8'), ($2).astype('f8')
images, out = np.load('OUT/images.npy'), np.load('OUT/labels.npy')
rows = [json.loads(line) for line in open('OUT/manifest.jsonl')]
assert len(rows) == len(images) == len(out) > 0
for row, image, label in zip(rows, images, out):
    ids, shares = row['source_ids'], row['source_shares']
    assert np.abs(np.tensordot(shares, samples[ids], 1) - image).max() < 1e-6 + (images.dtype == np.uint8)
    assert np.abs(np.tensordot(shares, labels[ids], 1) - label).max() < 1e-6
"
}

@test "floats with class numbers beside them" {
    arrays "np.save('x_train.npy', x); np.save('y_train.npy', y)"
    mix x_train.npy -o OUT -n 2x
    done_well
    like "$stderr" "read     40 samples of 4 classes, .*\(npy\)"
    same "$(cat OUT/classes.txt)" $'0\n1\n2\n3'
    is_mixed x "np.eye(4)[y]"
}

@test "soft labels and names of classes" {
    arrays "np.save('x.npy', x); np.save('soft.npy', soft)"
    printf 'a\nb\nc\nd\n' >names
    mix x.npy --labels soft.npy --classes names -o OUT -m zeta
    done_well
    same "$(cat OUT/classes.txt)" "$(cat names)"
    is_mixed x soft
}

@test "our own arrays are an input again" {
    arrays "np.save('x.npy', x); np.save('y.npy', y)"
    mix x.npy -o first
    mix first -o OUT -m none
    done_well
    same "$(sort first/classes.txt)" "$(sort OUT/classes.txt)"
    is_mixed "np.load('first/images.npy')" "np.load('first/labels.npy')"
}

@test "our own CIFAR records keep their soft labels" {
    mix "$CIFAR" -o first --to cifar
    mix first -o OUT -m none
    done_well
    is_mixed "np.fromfile('first/data_batch_1.bin', 'u1').reshape(-1, 3073)[:, 1:]
              .reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)" "np.load('first/labels.npy')"
    truncate -s 3073 first/data_batch_1.bin
    rm -r OUT
    mix first -o OUT
    refused 1 "first/labels.npy: labels of 100 samples, where the data has 1"
}

@test "MNIST's files, packed, in two splits" {
    arrays "
grey = rng.integers(0, 256, (40, 5, 6), dtype='u1')
np.save('grey.npy', grey[..., None])
for split, n in ('train', 40), ('t10k', 7):
    with gzip.open(split + '-images-idx3-ubyte.gz', 'wb') as f:
        f.write(struct.pack('>4B3I', 0, 0, 8, 3, n, 5, 6) + grey[:n].tobytes())
    open(split + '-labels-idx1-ubyte', 'wb').write(struct.pack('>4BI', 0, 0, 8, 1, n) + bytes(y[:n].astype('u1')))
"
    mix . --split test -o OUT
    done_well
    same "$(wc -l <OUT/manifest.jsonl)" 7
    rm -r OUT
    mix . -o OUT
    done_well
    like "$stderr" "reading the split train of .; --split test for the other"
    is_mixed "np.load('grey.npy')" "np.eye(4)[y]"
    rm -r OUT
    mix . --split val -o OUT
    refused 1 "--split val: expected train or test"
}

@test "samples and labels that are missing or wrong are named" {
    arrays "
np.save('x.npy', x)
np.save('double.npy', x.astype('f8'))
np.save('objects.npy', np.array([{}, 1], dtype=object))
np.save('swapped.npy', x.astype('>f4'))
np.save('fortran.npy', np.asfortranarray(x))
x[3, 1, 1] = np.inf
np.save('infinite.npy', x)
np.save('labels.npy', y)
np.save('bad.npy', soft * .9)"
    mix double.npy -o OUT
    refused 1 "double.npy: samples of float64 are not read: save them with .astype('float32')"
    mix objects.npy -o OUT
    refused 1 "objects.npy: holds Python objects (a pickle), which are never loaded: save numbers"
    mix swapped.npy -o OUT
    refused 1 "swapped.npy: type '>f4' is big-endian: save it with .astype('<f4')"
    mix fortran.npy -o OUT
    refused 1 "fortran.npy: in Fortran order: save it with numpy.ascontiguousarray"
    mix x.npy --labels bad.npy -o OUT
    refused 1 "bad.npy: row 0 sums to 0.9, where a soft label sums to 1 or, with several classes, has entries of up to 1 that sum to more"
    mix x.npy -s 32 -o OUT
    refused 1 "x.npy: --size and --channels are for pictures, which float32 of shape (40, 3, 2) are not"
    mix infinite.npy -o OUT -q
    refused 1 "infinite.npy: sample 3 has inf at [1, 1], where finite numbers are mixed"
    rm labels.npy
    mix x.npy -o OUT
    refused 1 "x.npy: no labels beside it (labels.npy): give --labels FILE.npy, class numbers (n) or soft labels (n, classes)"
}
