#!/usr/bin/python3
"""Does what mixsmith writes load where it is meant to be used, and is it right?

Mixes the sample data with every mixer into every sink, judges each output by outputs.py, then hands
it to the readers of training jobs: torchvision's ImageFolder, a torch DataLoader over memory-mapped
NumPy files with soft-label cross entropy, and the rules by which Hugging Face's imagefolder infers its
columns. Prints TAP.
"""

import re
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset
from torchvision.datasets import ImageFolder

from outputs import check_output
from reading import Output
from tap import ROOT, Tap, mix

SAMPLES = ROOT / "sample_data"
MIXERS = {
    "mixup": ["mixup"],
    "zeta": ["zeta:t=8"],
    "cutmix": ["cutmix"],
    "fmix": ["fmix"],
    "none": ["none"],
    "zeta+cutmix": ["zeta+cutmix"],
    "mixup or cutmix": ["mixup@0.5", "cutmix@0.5"],
}
SINKS = ["folder", "npy", "cifar", "tar"]
SPLIT_WORDS = "train|training|validation|valid|val|dev|test|testing|eval|evaluation"
SPLIT_WORD = re.compile(rf"(?:^|[-._ 0-9/])(?:{SPLIT_WORDS})(?:[-._ 0-9/]|$)")
COUNT = 192


def size_options(data, sink):
    """Pictures of many sizes need one size; the CIFAR layout allows 32x32 only."""
    if data == "cifar":
        return []
    return ["-s", "32x32" if sink == "cifar" else "64x48"]


def check_rules(tap, folder, data, mixer, sink, seed):
    """One run of a mixer into a sink keeps every rule of outputs.py."""
    out = folder / f"{data}-{mixer}-{sink}".replace(" ", "-")
    options = {"seed": seed, "batch": 32, "threads": 1 + seed % 3, "more": size_options(data, sink)}
    mix(SAMPLES / data, out, mixers=MIXERS[mixer], sink=sink, count=COUNT, **options)
    bad = check_output(SAMPLES / data, out).lines()
    tap.check(not bad, f"{data}, {mixer}, to {sink}: every rule holds", bad)


def check_options(tap, folder):
    """Smoothing and JPEG keep the rules too."""
    out = folder / "smooth"
    mix(SAMPLES / "cifar", out, mixers=["mixup"], sink="npy", count=COUNT, more=["--smooth", "0.1"])
    bad = check_output(SAMPLES / "cifar", out, smoothing=0.1).lines()
    tap.check(not bad, "cifar, mixup, --smooth 0.1: every rule holds", bad)
    out = folder / "jpg"
    more = ["-s", "64x48", "--image", "jpg"]
    mix(SAMPLES / "pictures", out, mixers=["cutmix"], sink="folder", count=COUNT, more=more)
    bad = check_output(SAMPLES / "pictures", out).lines()
    tap.check(not bad, "pictures, cutmix, --image jpg: readable, and every other rule holds", bad)
    extensions = Counter(Path(row["file_name"]).suffix for row in Output(out).rows)
    tap.check(set(extensions) == {".jpg"}, "pictures, cutmix, --image jpg: all files are .jpg", [str(extensions)])


def check_switch(tap, out):
    """Two mixers of equal weight share the samples about evenly."""
    used = Counter(row["mixer"].partition(":")[0] for row in Output(out).rows)
    even = set(used) == {"mixup", "cutmix"} and min(used.values()) > 0.35 * COUNT
    tap.check(even, f"mixup@0.5, cutmix@0.5 in {out.name}: half of the samples each", [str(used)])


def check_image_folder(tap, out):
    """torchvision finds the classes of classes.txt in that order, and the manifest's labels."""
    output = Output(out)
    found = ImageFolder(out / "train")
    classes = f"{found.classes} against {output.classes}"
    tap.check(found.classes == output.classes, f"ImageFolder, {out.name}: classes are classes.txt", [classes])
    targets = {str(Path(path).relative_to(output.base)): target for path, target in found.samples}
    labels = {row["file_name"]: row["label"] for row in output.rows}
    tap.check(targets == labels, f"ImageFolder, {out.name}: targets are the manifest's labels")


def integer_keys(row):
    """The keys of a row whose value is an integer or a list with one."""
    return {key for key, value in row.items() if int in map(type, value if isinstance(value, list) else [value])}


def check_hugging_face(tap, out):
    """The manifest and the card as Hugging Face's imagefolder takes them, which is not installed here."""
    output = Output(out)
    integers = set().union(*map(integer_keys, output.rows))
    whole = integers == {"label", "id", "source_ids"}
    tap.check(whole, f"imagefolder, {out.name}: no integer where a float can come", [str(integers)])
    splits = [row["file_name"] for row in output.rows if SPLIT_WORD.search(row["file_name"])]
    tap.check(not splits, f"imagefolder, {out.name}: no split word below train/", splits[:3])
    card = (out / "README.md").read_text("utf-8")
    declares = card.startswith("---\n") and re.search(r"split: *[\"']?train\b", card)
    tap.check(declares, f"imagefolder, {out.name}: the card declares the split train", card.splitlines()[:12])
    loads = re.search(r"load_dataset\(.*data_files=\{\"train\": \"train/\*\*\"\}", card)
    tap.check(loads, f"imagefolder, {out.name}: the card loads the files that it declares", card.splitlines())


def check_class_names(tap, folder):
    """Classes called as splits are, or as what readers pass over, lose and double no picture."""
    names = ["test", "train", "train station", "my-val", "__background__", "cat"]
    for number, name in enumerate(names):
        (folder / "odd" / name).mkdir(parents=True)
        for source in sorted((SAMPLES / "pictures" / "fish").iterdir())[number : number + 2]:
            (folder / "odd" / name / source.name).symlink_to(source)
    out = folder / "odd-out"
    mix(folder / "odd", out, mixers=["none"], sink="folder", count="1x", more=["-s", "32x32"])
    output = Output(out)
    paths = [path.relative_to(out) for path in out.glob("train/**/*.png")]  # what the card declares
    passed_over = [path for path in paths if any(part.startswith((".", "__")) for part in path.parts)]
    tap.check(not passed_over, "imagefolder, odd class names: no folder is passed over", map(str, passed_over))
    tap.check(len(paths) == len(output.rows) == 12, "imagefolder, odd class names: every picture", [str(len(paths))])
    tap.group("ImageFolder, odd class names", check_image_folder, out)


def check_training(tap, out):
    """A DataLoader over the mapped npy pair feeds cross entropy with soft labels, and the loss goes down."""
    images = torch.from_numpy(np.load(out / "images.npy", mmap_mode="c"))
    labels = torch.from_numpy(np.load(out / "labels.npy", mmap_mode="c"))
    n_classes = labels.shape[1]
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(images[0].numel(), n_classes))
    torch.nn.init.zeros_(model[1].weight)
    torch.nn.init.zeros_(model[1].bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.001)
    loss_of = torch.nn.CrossEntropyLoss()
    losses = []
    for _ in range(10):
        for pictures, soft in DataLoader(TensorDataset(images, labels), batch_size=32):
            loss = loss_of(model(pictures.float() / 255), soft)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    untrained = abs(losses[0] - np.log(n_classes)) < 1e-4
    tap.check(untrained, f"DataLoader, {out.name}: an untrained model loses ln K", [str(losses[0])])
    epoch = len(losses) // 10
    learns = np.mean(losses[-epoch:]) < np.mean(losses[:epoch])
    tap.check(learns, f"DataLoader, {out.name}: training lowers the loss", [f"{losses[0]} .. {losses[-1]}"])


def main():
    """Every data set, mixer and sink, then every reader."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="mixsmith-") as name:
        folder, seed = Path(name), 0
        for data in ("cifar", "pictures"):
            for mixer in MIXERS:
                for sink in SINKS:
                    seed += 1
                    tap.group(f"{data}, {mixer}, to {sink}", check_rules, folder, data, mixer, sink, seed)
            tap.group(f"{data}, switch", check_switch, folder / f"{data}-mixup-or-cutmix-npy")
            for mixer in ("mixup", "cutmix", "zeta+cutmix"):
                out = folder / f"{data}-{mixer}-folder"
                tap.group(f"ImageFolder, {out.name}", check_image_folder, out)
                tap.group(f"imagefolder, {out.name}", check_hugging_face, out)
            tap.group(f"DataLoader, {data}", check_training, folder / f"{data}-mixup-npy")
        tap.group("class names", check_class_names, folder)
        tap.group("smoothing and JPEG", check_options, folder)
    tap.finish()


if __name__ == "__main__":
    main()
