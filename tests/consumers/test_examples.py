#!/usr/bin/python3
"""Do the examples in scripts/examples do what they say? Runs on the sample data, without the network.

train.py must get the same samples by all of its ways, and learn from them; read_npy.py must explain a
sample; the examples for packages that may be missing must say so. Prints TAP.
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

import numpy as np
from torch.utils.data import DataLoader

from tap import MIXSMITH, ROOT, Tap, mix

EXAMPLES = ROOT / "scripts" / "examples"
os.environ["MIXSMITH"] = MIXSMITH  # before train.py reads it
sys.path.insert(0, str(EXAMPLES))

import fetch_fashion_mnist  # noqa: E402
import train  # noqa: E402

CIFAR = ROOT / "sample_data" / "cifar"
WAYS = ["folder", "npy", "pipe", "tar"]
MIXING = [str(CIFAR), "-m", "cutmix", "-S", "7"]
COUNT = 300  # samples, more than two passes


def run(example, *arguments):
    """Runs an example to its end: status, standard output, standard error."""
    done = subprocess.run([EXAMPLES / example, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def digest(way, like):
    """One digest of all samples and labels that come one way."""
    seen = hashlib.sha256()
    with train.samples_by(way, MIXING, COUNT, like) as samples:
        for image, label in islice(samples, COUNT):
            seen.update(image.contiguous().numpy().tobytes() + label.numpy().tobytes())
    return seen.hexdigest()


def check_same_samples(tap, folder):
    """Files, arrays and pipes of one seed hold the same bytes, in the same order."""
    mix(CIFAR, folder / "npy", mixers=["cutmix"], sink="npy", count=COUNT, seed=7)
    like = train.NpySamples(folder / "npy")
    wanted = hashlib.sha256()
    for image, label in zip(like.images, like.labels):
        wanted.update(image.transpose(2, 0, 1).tobytes() + label.tobytes())
    for way in WAYS:
        tap.check(digest(way, like) == wanted.hexdigest(), f"train.py --from {way}: the bytes of a run to npy")


def check_pipe_end(tap, folder):
    """A reader that stops at any moment ends the program: closing returns only after status 141."""
    mix(CIFAR, folder / "like", mixers=["none"], sink="npy", count=1)
    like = train.NpySamples(folder / "like")
    for taken in (0, 1, train.BATCH):
        for way in ("pipe", "tar"):
            with train.samples_by(way, MIXING, COUNT, like) as samples:
                got = len(list(islice(samples, taken)))
            ended = samples.program.returncode == train.READER_LEFT
            tap.check(got == taken and ended, f"train.py --from {way}: ends well after {taken} samples")


def check_batches(tap, folder):
    """A DataLoader makes of them what the network takes."""
    mix(CIFAR, folder / "batch", mixers=["mixup"], sink="npy", count=train.BATCH)
    images, labels = next(iter(DataLoader(train.NpySamples(folder / "batch"), train.BATCH)))
    shapes = (tuple(images.shape), tuple(labels.shape))
    tap.check(shapes == ((train.BATCH, 3, 32, 32), (train.BATCH, 10)), "train.py: the shape of a batch", [str(shapes)])


def check_training(tap):
    """Every way learns: the loss falls, and is the same as the others'."""
    options = ["-s", "16x16", "-m", "mixup", "--steps", "20"]
    outputs = []
    for way in WAYS:
        status, output, errors = run("train.py", CIFAR, *options, "--from", way)
        losses = [float(loss) for loss in re.findall(r"loss ([\d.]+)$", output, re.MULTILINE)]
        well = status == 0 and not errors and re.search(r"^accuracy [\d.]+ %$", output, re.MULTILINE)
        tap.check(well, f"train.py --from {way}: runs, silent on standard error", [output, errors])
        falls = len(losses) == 10 and losses[-1] < 0.8 * losses[0]
        tap.check(falls, f"train.py --from {way}: the loss falls", [str(losses)])
        outputs.append(output)
    tap.check(len(set(outputs)) == 1, "train.py: every way prints the same losses and accuracy", outputs)


def check_errors(tap):
    """mixsmith's own message is what a wrong input gets."""
    status, output, errors = run("train.py", "/nonexistent")
    told = status == 1 and not output and errors.startswith("mixsmith: /nonexistent: ")
    tap.check(told and errors.count("\n") == 1, "train.py: no input: one message, status 1", [errors])


def check_read_npy(tap, folder):
    """The sample's own line, its sources and the sums are told."""
    out = folder / "arrays"
    mix(CIFAR, out, mixers=["zeta:t=8+cutmix"], sink="npy", count=COUNT)
    status, output, errors = run("read_npy.py", out, "123")
    tap.check(status == 0 and not errors, "read_npy.py: runs, silent on standard error", [errors])
    tap.check("images.npy   uint8 (300, 32, 32, 3)" in output, "read_npy.py: shapes", [output])
    tap.check("rows sum to 1.000000..1.000000" in output, "read_npy.py: sums of the labels", [output])
    shares = [float(share) for share in re.findall(r"([\d.]+) of source \d+: \S+, record \d+, \w+", output)]
    tap.check(len(shares) > 8, "read_npy.py: the sources of both stages", [output])
    tap.near(sum(shares), 1, 1e-5, "read_npy.py: their shares add up")
    tap.check("these shares make its row of labels.npy" in output, "read_npy.py: they make the label", [output])


def check_idx(tap, folder):
    """What the Fashion-MNIST example writes is what mixsmith reads."""
    made = np.random.default_rng(1).integers(0, 256, (10, 3, 28, 28), np.uint8)
    fetch_fashion_mnist.write_split(folder, "t10k", list(made))
    mix(folder / "t10k-images-idx3-ubyte", folder / "copies", mixers=["none"], sink="npy", count=30)
    like = train.NpySamples(folder / "copies")
    wanted = sorted((label, picture.tobytes()) for label in range(10) for picture in made[label])
    got = sorted(zip(like.labels.argmax(1).tolist(), (image.tobytes() for image in like.images)))
    tap.check(got == wanted, "fetch_fashion_mnist.py: pictures and labels as they were written")


def check_missing_packages(tap):
    """Where a package is missing, one line says which, and how to get it."""
    for example, package in [("hugging_face.py", "datasets"), ("webdataset_pipe.py", "webdataset")]:
        status, output, errors = run(example)
        lines = errors.splitlines()
        told = status == 1 and not output and len(lines) == 1
        told = told and (f"pip install {package}" in errors or errors.startswith("usage: "))
        tap.check(told, f"{example}: without {package} or arguments: one line that helps", lines)


def main():
    """All checks, then the plan."""
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tap.group("train.py: the samples", check_same_samples, folder)
        tap.group("train.py: stopping", check_pipe_end, folder)
        tap.group("train.py: batches", check_batches, folder)
        tap.group("train.py: training", check_training)
        tap.group("train.py: errors", check_errors)
        tap.group("read_npy.py", check_read_npy, folder)
        tap.group("fetch_fashion_mnist.py", check_idx, folder)
        tap.group("missing packages", check_missing_packages)
    tap.finish()


if __name__ == "__main__":
    main()
