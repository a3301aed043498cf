"""Reads what mixsmith reads and what it wrote, with NumPy and Pillow only.

Pictures are uint8 arrays (h, w, c) whatever file they come from. Nothing here judges; outputs.py does.
"""

import io
import json
from collections import namedtuple
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

CIFAR_SHAPE = (3, 32, 32)
CIFAR100_FILES = ("train.bin", "test.bin")  # two label bytes a record: coarse, fine
PIL_MODES = {1: "L", 3: "RGB"}


def text_lines(path):
    """The lines of a UTF-8 file; only "\\n" ends one, for names may hold other separators."""
    return [line for line in path.read_bytes().decode("utf-8").split("\n") if line]


def read_cifar(path):
    """(labels (n), pictures (n, 32, 32, 3)) of one CIFAR binary file."""
    label_bytes = 2 if path.name in CIFAR100_FILES else 1
    records = np.memmap(path, np.uint8, "r").reshape(-1, label_bytes + 3072)
    pixels = records[:, label_bytes:].reshape(-1, *CIFAR_SHAPE).transpose(0, 2, 3, 1)
    return records[:, label_bytes - 1], pixels


Member = namedtuple("Member", "name header data")


def tar_members(data):
    """The members of an archive of plain ustar headers, and what follows the last: zeros, if it is whole."""
    members, at = [], 0
    while data[at : at + 1] not in (b"", b"\0"):
        header = data[at : at + 512]
        size = int(header[124:135], 8)
        name = header[:100].rstrip(b"\0").decode("ascii")
        members.append(Member(name, header, data[at + 512 : at + 512 + size]))
        at += 512 + (size + 511) // 512 * 512
    return members, data[at:]


def with_channel_axis(picture):
    """A grey picture (h, w) becomes (h, w, 1)."""
    return picture[..., np.newaxis] if picture.ndim == 2 else picture


class Input:
    """The data set that was mixed: a directory of CIFAR files, or a folder of pictures."""

    is_list = False  # samples come in the order of a list
    several_classes = False  # soft labels may sum to more than 1

    def __init__(self, root):
        root = Path(root)
        self.root = root if root.is_dir() else root.parent
        self.cifar = {}
        self.pictures = {}

    def cifar_file(self, name):
        """The labels and pictures of one CIFAR file, read once."""
        if name not in self.cifar:
            self.cifar[name] = read_cifar(self.root / name)
        return self.cifar[name]

    def label(self, source, classes):
        """The label that the input itself gives to a line of sources.jsonl."""
        if "record" in source:
            return int(self.cifar_file(source["path"])[0][source["record"]])
        return classes.index(source["path"].split("/")[0])

    def soft_label(self, source, classes):
        """The soft label (k) that the input gives to a line of sources.jsonl."""
        return np.eye(len(classes))[self.label(source, classes)]

    def picture(self, source, shape):
        """The pixels of a line of sources.jsonl, cropped and resized to shape (h, w, c) when they differ."""
        if "record" in source:
            return self.cifar_file(source["path"])[1][source["record"]]
        key = source["path"], shape
        if key not in self.pictures:
            self.pictures[key] = self.open_picture(source["path"], shape)
        return self.pictures[key]

    def open_picture(self, path, shape):
        """Decodes one file upright, then fits it as Pillow does: centred crop, bilinear."""
        height, width, channels = shape
        with Image.open(self.root / path) as image:
            image = ImageOps.exif_transpose(image).convert(PIL_MODES[channels])
        if image.size != (width, height):
            image = ImageOps.fit(image, (width, height), Image.Resampling.BILINEAR)
        return with_channel_axis(np.asarray(image))


class Output:
    """What one run of mixsmith wrote: a folder, tar shards, an npy pair or CIFAR batches."""

    def __init__(self, root):
        self.root = Path(root)
        self.is_folder = (self.root / "train" / "metadata.jsonl").exists()
        self.shards = sorted(self.root.glob("train-*.tar"))
        self.base = self.root / "train" if self.is_folder else self.root  # file names are relative to it
        self.manifest = self.base / ("metadata.jsonl" if self.is_folder else "manifest.jsonl")
        self.arrays = {}

    @cached_property
    def lines(self):
        """The manifest as text."""
        return text_lines(self.manifest)

    @cached_property
    def rows(self):
        """The manifest as objects."""
        return [json.loads(line) for line in self.lines]

    @cached_property
    def sources(self):
        """The lines of sources.jsonl by id, in the order of the file."""
        sources = [json.loads(line) for line in text_lines(self.root / "sources.jsonl")]
        return {source["id"]: source for source in sources}

    @cached_property
    def classes(self):
        """The class names in index order."""
        return text_lines(self.root / "classes.txt")

    @cached_property
    def soft_labels(self):
        """labels.npy, mapped: float32 (n, k), a row for each line of the manifest."""
        return np.load(self.root / "labels.npy", mmap_mode="r")

    @cached_property
    def archives(self):
        """(members, end) of each shard."""
        return [tar_members(shard.read_bytes()) for shard in self.shards]

    @cached_property
    def member_data(self):
        """The data of all shards' members by name."""
        return {member.name: member.data for members, _ in self.archives for member in members}

    def stored(self, name):
        """(label bytes or None, pictures (n, h, w, c)) of a file of many samples, read once."""
        if name not in self.arrays:
            path = self.base / name
            is_npy = path.suffix == ".npy"
            self.arrays[name] = (None, np.load(path, mmap_mode="r")) if is_npy else read_cifar(path)
        return self.arrays[name]

    def picture(self, row):
        """The pixels (h, w, c) of one row."""
        if "record" in row:
            return self.stored(row["file_name"])[1][row["record"]]
        name = row["file_name"]
        with Image.open(io.BytesIO(self.member_data[name]) if self.shards else self.base / name) as image:
            return with_channel_axis(np.asarray(image))


class Again(Input):
    """The output of a run as the input of another one: samples with soft labels."""

    def __init__(self, out):
        super().__init__(out)
        self.output = Output(out)
        self.is_list = self.output.is_folder
        self.rows = {(row["file_name"].split("/")[-1], row.get("record")): row for row in self.output.rows}

    def row(self, source):
        """The manifest's row that a line of sources.jsonl names."""
        return self.rows[source["path"].split("/")[-1], source.get("record")]

    def label(self, source, classes):
        return self.row(source)["label"]

    def soft_label(self, source, classes):
        return np.array(self.row(source)["soft_label"])

    def picture(self, source, shape):
        return self.output.picture(self.row(source))
