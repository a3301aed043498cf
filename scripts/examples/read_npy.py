#!/usr/bin/python3
"""Looks at two arrays of mixsmith's (--to npy) with NumPy alone, and at how one sample came about.

    build/mixsmith mix sample_data/cifar -o demo/arrays -m cutmix --force
    scripts/examples/read_npy.py demo/arrays 7
"""

import argparse
import json
from itertools import islice
from pathlib import Path

import numpy as np


def json_line(path, number):
    """One line of a file of JSON lines, from 0."""
    with open(path, encoding="utf-8") as lines:
        return json.loads(next(islice(lines, number, None)))


def show_arrays(images, labels, classes):
    """Shapes, and sums over the samples, which are read a part at a time."""
    print(f"images.npy   {images.dtype} {images.shape}, mean {images.mean():.2f}")
    sums = labels.sum(axis=1)
    print(f"labels.npy   {labels.dtype} {labels.shape}, "
          f"rows sum to {sums.min():.6f}..{sums.max():.6f}")
    for name, share in zip(classes, labels.sum(axis=0)):
        print(f"  {name:12} {share:8.2f} samples' worth of labels")


def show_sample(out, images, labels, classes, number):
    """Row `number` of both arrays, with its line of the manifest and the sources that it names."""
    row = json_line(out / "manifest.jsonl", number)
    image = images[row["record"]]
    print(f"sample {number}    {image.shape}, {row['mixer']}, {row['recipe'] or 'a copy'}")
    soft = np.zeros(len(classes), np.float32)
    for source_id, share in zip(row["source_ids"], row["source_shares"]):
        source = json_line(out / "sources.jsonl", source_id)
        soft[source["label"]] += np.float32(share)
        record = f", record {source['record']}" if "record" in source else ""
        place = f"{source['path']}{record}, {classes[source['label']]}"
        print(f"  {share:10.7f} of source {source_id}: {place}")
    if np.allclose(soft, labels[number], rtol=0, atol=1e-6):
        print("  these shares make its row of labels.npy")
    else:
        print("  labels.npy says otherwise: --smooth, or sources that had soft labels themselves")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("sample", type=int, nargs="?", default=0, help="row of the arrays (0)")
    arguments = parser.parse_args()
    images = np.load(arguments.out / "images.npy", mmap_mode="r")
    labels = np.load(arguments.out / "labels.npy", mmap_mode="r")
    classes = (arguments.out / "classes.txt").read_text(encoding="utf-8").splitlines()
    show_arrays(images, labels, classes)
    show_sample(arguments.out, images, labels, classes, arguments.sample)


if __name__ == "__main__":
    main()
