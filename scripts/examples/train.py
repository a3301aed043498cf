#!/usr/bin/python3
"""Trains a small network on mixed samples and their soft labels, which reach it in four ways:

    folder   picture files, found by torchvision's ImageFolder; soft labels from metadata.jsonl
    npy      two NumPy arrays, mapped into memory
    pipe     raw frames from a mixsmith that runs beside the training: no disk, no end
    tar      the same as a WebDataset archive, unpacked as it arrives

    scripts/examples/train.py sample_data/pictures -s 32x32 -m cutmix --from pipe

The way changes nothing: the same samples arrive in the same order, and the losses are the same.
mixsmith has shuffled them, so nothing shuffles here. Options that are not known here (-s 32x32) go
to mixsmith. The program is $MIXSMITH, or build/mixsmith of this clone.
"""

import argparse
import contextlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, IterableDataset
from torchvision.datasets import ImageFolder
from torchvision.io import decode_png, read_image

MIXSMITH = os.environ.get("MIXSMITH", Path(__file__).resolve().parents[2] / "build" / "mixsmith")
BATCH = 128
READER_LEFT = 141  # mixsmith's exit status when nobody reads on


# --- four ways to the same samples: pixels uint8 (C, H, W), soft label float32 (K) ---


class FolderSamples(ImageFolder):
    """Picture files. ImageFolder loads them; the manifest has their order and soft labels."""

    def __init__(self, out):
        super().__init__(f"{out}/train", loader=read_image)
        with open(f"{out}/train/metadata.jsonl", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        self.samples = [(f"{self.root}/{row['file_name']}", torch.tensor(row["soft_label"]))
                        for row in rows]


class NpySamples(Dataset):
    """Arrays uint8 (N, H, W, C) and float32 (N, K). Only what is asked for is read from the disk."""

    def __init__(self, out):
        self.images = np.load(f"{out}/images.npy", mmap_mode="r")
        self.labels = np.load(f"{out}/labels.npy", mmap_mode="r")

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image, label = np.array(self.images[index]), np.array(self.labels[index])
        return torch.from_numpy(image).permute(2, 0, 1), torch.from_numpy(label)


class PipeSamples(IterableDataset):
    """Frames on standard output, soft labels on a second pipe; they are written in turns, and so they
    are read. Neither has a header: the reader knows the shape and the number of classes. There is
    one reader only: each worker of a DataLoader would need a program, with a seed, of its own."""

    def __init__(self, arguments, shape, n_classes):
        self.shape, self.n_classes = shape, n_classes
        labels, labels_in = os.pipe()
        self.labels = open(labels, "rb")
        self.program = start(arguments, "raw", "--labels-to", f"/dev/fd/{labels_in}",
                             pass_fds=[labels_in])
        os.close(labels_in)  # it is the program's now

    def __iter__(self):
        height, width, channels = self.shape
        while frame := self.program.stdout.read(height * width * channels):
            label = self.labels.read(self.n_classes * 4)
            image = torch.frombuffer(bytearray(frame), dtype=torch.uint8).view(self.shape)
            yield image.permute(2, 0, 1), torch.frombuffer(bytearray(label), dtype=torch.float32)

    def close(self):
        stop(self.program)
        self.labels.close()


class TarSamples(IterableDataset):
    """A tar stream describes itself: KEY.png, KEY.cls, KEY.json and KEY.label.npy of each sample."""

    def __init__(self, arguments):
        self.program = start(arguments, "tar")

    def __iter__(self):
        with tarfile.open(fileobj=self.program.stdout, mode="r|") as archive:
            for member in archive:
                extension = member.name.partition(".")[2]
                content = archive.extractfile(member).read()
                if extension == "png":
                    image = decode_png(torch.frombuffer(bytearray(content), dtype=torch.uint8))
                if extension == "label.npy":  # the last of each sample
                    yield image, torch.from_numpy(np.load(io.BytesIO(content)))

    def close(self):
        stop(self.program)


# --- mixsmith ---


def mix(arguments, form, out):
    """Runs mixsmith to its end; it says itself what is wrong."""
    command = [MIXSMITH, "mix", *arguments, "-q", "--to", form, "-o", out]
    if subprocess.run(command, check=False).returncode != 0:
        raise SystemExit(1)


def start(arguments, form, *more, pass_fds=()):
    """Runs an endless mixsmith beside this program."""
    command = [MIXSMITH, "mix", *arguments, "-q", "-n", "inf", "--to", form, *more, "-o", "-"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, pass_fds=pass_fds)


def stop(program):
    """Stops reading; the program notices, and ends without a word."""
    program.stdout.close()
    status = program.wait()
    if status != READER_LEFT:
        raise SystemExit(f"mixsmith ended with status {status}")


@contextlib.contextmanager
def samples_by(way, arguments, count, like):
    """The samples in one of the four ways; what is needed for it goes away with them. `like` is a
    data set with the same shape and classes."""
    if way in ("folder", "npy"):
        with tempfile.TemporaryDirectory() as folder:
            out = f"{folder}/mixed"
            mix([*arguments, "-n", str(count)], way, out)
            yield FolderSamples(out) if way == "folder" else NpySamples(out)
        return
    shape, n_classes = like.images.shape[1:], like.labels.shape[1]
    samples = PipeSamples(arguments, shape, n_classes) if way == "pipe" else TarSamples(arguments)
    with contextlib.closing(samples):
        yield samples


# --- training ---


def small_network(channels, n_classes):
    """Three convolutions, each halving the sides, then the mean of what they saw."""
    layers = []
    for before, after in [(channels, 16), (16, 32), (32, 64)]:
        layers += [nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after),
                   nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, n_classes))


def as_input(images):
    """Bytes as the network likes them: around 0."""
    return images.float() / 127.5 - 1


def train(network, samples, steps):
    """Yields the loss of each step. Cross entropy takes soft labels as they are."""
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.01, total_steps=steps)
    cross_entropy = nn.CrossEntropyLoss()
    network.train()
    for _, (images, soft_labels) in zip(range(steps), DataLoader(samples, BATCH)):
        loss = cross_entropy(network(as_input(images)), soft_labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        yield loss.item()


@torch.no_grad()
def accuracy(network, samples):
    """The part of the samples whose class the network tells."""
    network.eval()
    right = [network(as_input(images)).argmax(1) == labels.argmax(1)
             for images, labels in DataLoader(samples, 1000)]
    return torch.cat(right).float().mean().item()


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False)
    parser.add_argument("input", help="anything that mixsmith reads")
    parser.add_argument("--test", help="what accuracy is measured on (the input, unmixed)")
    parser.add_argument("--from", dest="way", choices=["folder", "npy", "pipe", "tar"],
                        default="pipe", help="how the samples come (pipe)")
    parser.add_argument("-m", "--mixer", action="append", default=[], help="as for mixsmith mix")
    parser.add_argument("--steps", type=int, default=100, help=f"batches of {BATCH} samples (100)")
    parser.add_argument("-S", "--seed", default="0", help="of the samples and of the network (0)")
    return parser.parse_known_args()


def main():
    arguments, more = parse()
    torch.manual_seed(int(arguments.seed))
    torch.set_num_threads(1)  # the same losses on any number of processors
    mixing = [arguments.input, *more, "-S", arguments.seed]
    for mixer in arguments.mixer:
        mixing += ["-m", mixer]
    with tempfile.TemporaryDirectory() as folder:
        mix([arguments.test or arguments.input, *more, "-m", "none"], "npy", f"{folder}/test")
        test = NpySamples(f"{folder}/test")
        network = small_network(channels=test.images.shape[3], n_classes=test.labels.shape[1])
        with samples_by(arguments.way, mixing, arguments.steps * BATCH, like=test) as samples:
            for step, loss in enumerate(train(network, samples, arguments.steps), 1):
                if step % max(1, arguments.steps // 10) == 0:
                    print(f"step {step:5}  loss {loss:.4f}", flush=True)
        print(f"accuracy {100 * accuracy(network, test):.2f} %")


if __name__ == "__main__":
    main()
