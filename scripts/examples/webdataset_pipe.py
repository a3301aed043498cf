#!/usr/bin/python3
r"""Reads mixed samples with WebDataset: from a running mixsmith, or from the shards that it wrote.

    scripts/examples/webdataset_pipe.py \
        'pipe:build/mixsmith mix sample_data/cifar -m cutmix -n inf -q --to tar -o -'

    build/mixsmith mix sample_data/cifar -n 10x --to tar --shard-size 500 -o demo/shards --force
    scripts/examples/webdataset_pipe.py demo/shards/train-00000{0,1}.tar

Each sample is KEY.png, KEY.cls, KEY.json and KEY.label.npy; KEY, its id, becomes "__key__". Where
the reader stops, mixsmith ends with status 141, which WebDataset takes for a good end.

A DataLoader of several workers gives each its own URLs: name as many pipes, with -S 0, -S 1, ….
"""

import sys

try:
    import torch
    import webdataset
except ImportError as error:
    sys.exit(f"{error}. This example needs two packages: pip install webdataset torch")

BATCH = 32


def main():
    if len(sys.argv) < 2:
        sys.exit("usage: webdataset_pipe.py 'pipe:mixsmith mix … --to tar -o -' | SHARD...")
    samples = webdataset.WebDataset(sys.argv[1:], shardshuffle=False)

    # torchrgb8: pictures uint8 (3, H, W), grey ones as colour. The other members go by the end of
    # their names: cls is a whole number, json the line of the manifest, label.npy float32 (K).
    samples = samples.decode("torchrgb8")
    sample = next(iter(samples))
    print(sample["__key__"], sorted(key for key in sample if not key.startswith("__")))
    print(sample["png"].shape, sample["cls"], sample["label.npy"], sample["json"]["recipe"])

    pairs = samples.to_tuple("png;jpg", "label.npy")
    images, soft_labels = next(iter(torch.utils.data.DataLoader(pairs, batch_size=BATCH)))
    print(images.shape, images.dtype, soft_labels.shape, soft_labels.dtype)


if __name__ == "__main__":
    main()
