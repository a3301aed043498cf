#!/usr/bin/python3
"""Loads a folder output with Hugging Face's datasets, soft labels and all.

    build/mixsmith mix sample_data/pictures -o demo/mixed -m cutmix -s 64x64 --force
    scripts/examples/hugging_face.py demo/mixed
"""

import os
import sys

try:
    import torch
    from datasets import load_dataset
except ImportError as error:
    sys.exit(f"{error}. This example needs two packages: pip install datasets torch")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: hugging_face.py OUT (of mixsmith mix … --to folder)")
    # With data_dir, it would take every folder called like a split for one, a class "test" as well.
    files = {"train": os.path.join(sys.argv[1], "train/**")}
    train = load_dataset("imagefolder", data_files=files, split="train")

    # The keys of metadata.jsonl are the columns; file_name has become the picture.
    sample = train[0]
    print(train.features)
    print(f"{sample['image'].size} {sample['image'].mode}, {sample['mixer']}: {sample['recipe']}")
    print(f"class {sample['label']}, soft label {sample['soft_label']}")

    # A DataLoader gets tensors: pictures uint8 (B, C, H, W), soft labels float32 (B, K).
    columns = train.select_columns(["image", "soft_label"]).with_format("torch")
    batch = next(iter(torch.utils.data.DataLoader(columns, batch_size=8)))
    print(batch["image"].shape, batch["image"].dtype, batch["soft_label"].shape)


if __name__ == "__main__":
    main()
