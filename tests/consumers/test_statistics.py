#!/usr/bin/python3
"""Do the mixers draw from the distributions of their papers? Read off real outputs of mixsmith, as TAP.

The data sets are made here. In most of them class 0 is black and class 1 is white, and partners come
from the other class: then every picture shows its mask, and a pixel equal to the sample's own colour
was kept. The numbers are those of the papers and of the authors' programs; the tolerances are three
standard errors or more at the counts used.
"""

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from masks import boundary_ratio, mean_components, most_runs
from pixels import BOX
from reading import Output
from tap import Tap, mix

CIFAR_CLASSES = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"]
SIDE = 32
PIXELS = SIDE * SIDE


def write_cifar(folder, labels, greys):
    """A CIFAR-10 data set of plain pictures: record i has labels[i], and greys[i] in every pixel."""
    folder.mkdir()
    records = np.empty((len(labels), 3073), np.uint8)
    records[:, 0] = labels
    records[:, 1:] = np.asarray(greys)[:, np.newaxis]
    records.tofile(folder / "data_batch_1.bin")
    (folder / "batches.meta.txt").write_text("\n".join(CIFAR_CLASSES) + "\n")
    return folder


def write_black_and_white(folder, width, height):
    """A picture folder of 64 black and 64 white pictures of one size."""
    for name, grey in (("black", 0), ("white", 255)):
        (folder / name).mkdir(parents=True)
        for number in range(64):
            Image.new("RGB", (width, height), (grey,) * 3).save(folder / name / f"{number}.png")
    return folder


class Mixed:
    """A run of mixsmith to npy: pictures, and per sample the sources, shares and recipes as arrays."""

    def __init__(self, data, out, mixer, count, **options):
        mix(data, out, mixers=[mixer], sink="npy", count=count, **options)
        output = Output(out)
        self.images = np.load(out / "images.npy", mmap_mode="r")
        self.sources = [row["source_ids"] for row in output.rows]
        self.recipes = [row["recipe"] for row in output.rows]
        self.shares = np.array([row["source_shares"][0] for row in output.rows])
        self.first_shares = output.rows[0]["source_shares"]
        self.class_of = np.array([source["label"] for source in output.sources.values()])
        self.own = np.array([ids[0] for ids in self.sources])
        self.partner = np.array([ids[-1] for ids in self.sources])  # the sample itself where it is alone

    def fact(self, name):
        """A number of every recipe, such as lambda."""
        return np.array([float(recipe.partition(name + "=")[2].partition(",")[0]) for recipe in self.recipes])

    def kept(self, y=slice(None), x=slice(None)):
        """Where a sample of black-and-white data shows its own colour: (n, h, w), or (n) at one position."""
        colour = np.where(self.class_of[self.own] == 1, 255, 0).astype(np.uint8)
        pixels = self.images[:, y, x, 0]
        return pixels == colour.reshape(-1, *(1,) * (pixels.ndim - 1))


def fmix_masks(tap, data, folder, name, options, count):
    """FMix masks near λ = 0.5, after checking that they have the ones and the shares they should."""
    mixed = Mixed(data, folder / name, f"fmix:alpha=1000{options}", count, more=["--pair", "other"])
    masks = mixed.kept()
    ones, size = masks.sum((1, 2)), masks[0].size
    drawn = mixed.fact("lambda") * size
    off = np.abs(ones - drawn).max()
    tap.check(off < 1 + 1e-2, f"fmix {name}: ones are the floor or the ceil of lambda · N (off by {off:.3f})")
    ceils = (ones > drawn).mean()
    tap.near(ceils, 0.5, 1.5 / np.sqrt(count), f"fmix {name}: how often it is the ceil")
    error = np.abs(mixed.shares - ones / size).max()
    tap.check(error < 1e-6, f"fmix {name}: the share is the mask's mean")
    return masks


def check_fmix(tap, data, folder):
    """Both spectra at decay 3, where components agree and boundaries do not, and at decay 2."""
    paper = fmix_masks(tap, data, folder, "paper", "", 2500)
    tap.near(boundary_ratio(paper), 1.00, 0.05, "fmix paper: boundaries along y over along x")
    tap.near(mean_components(paper), 2.09, 0.15, "fmix paper: components")
    tap.near(mean_components(paper, periodic=True), 1.02, 0.02, "fmix paper: components on the torus")
    official = fmix_masks(tap, data, folder, "official", ",spectrum=official", 2500)
    tap.near(boundary_ratio(official), 0.68, 0.05, "fmix official: boundaries along y over along x")
    tap.near(mean_components(official), 2.08, 0.15, "fmix official: components")
    tap.check(most_runs(official) == 1, "fmix official: one cyclic run of ones a row at most")
    tap.check(most_runs(paper) > 1, "fmix paper: some rows have more")
    rough = fmix_masks(tap, data, folder, "paper-decay-2", ",decay=2", 1000)
    tap.near(mean_components(rough), 4.10, 0.3, "fmix paper, decay 2: components")
    rough = fmix_masks(tap, data, folder, "official-decay-2", ",spectrum=official,decay=2", 1000)
    tap.near(mean_components(rough), 2.29, 0.3, "fmix official, decay 2: components")


def check_oblong(tap, folder):
    """FMix on pictures that are not square: the longer side has the lowest frequency."""
    tall = write_black_and_white(folder / "tall", 32, 64)
    masks = fmix_masks(tap, tall, folder, "tall-paper", "", 1500)
    tap.near(boundary_ratio(masks), 2.41, 0.25, "fmix paper, 64 rows of 32: boundaries along y over along x")
    wide = write_black_and_white(folder / "wide", 64, 32)
    masks = fmix_masks(tap, wide, folder, "wide-paper", "", 1500)
    tap.near(boundary_ratio(masks), 0.41, 0.05, "fmix paper, 32 rows of 64: boundaries along y over along x")


def replaced_chance(y, x):
    """The chance that a box covers a pixel, summed over half sides and centres.

    Boxes are half-open, so the last rows and columns have one centre fewer than the first: 11 % against 14 %.
    """
    chance = 0
    for half in range(SIDE // 2):
        centres = [sum(centre - half <= place < centre + half for centre in range(SIDE)) for place in (y, x)]
        chance += (2 * half + 1) / (SIDE // 2) ** 2 * centres[0] * centres[1] / PIXELS
    return chance


def sides_as_drawn(low, high, lambdas):
    """Whether boxes that touch no border have the side ⌊SIDE √(1-λ)⌋, less one when that is odd."""
    inner = (low > 0) & (high < SIDE)
    exact = SIDE * np.sqrt(1 - lambdas[inner])
    side = (high - low)[inner]
    return ((side % 2 == 0) & (side <= exact + 1e-3) & (exact < side + 2 + 1e-3)).all()


def check_cutmix(tap, data, folder):
    """The realised share, where boxes fall, and their sides, which λ and the centre decide."""
    count = 100000
    mixed = Mixed(data, folder / "cutmix", "cutmix", count, more=["--pair", "other"])
    paired = mixed.own != mixed.partner
    differ = mixed.class_of[mixed.own] != mixed.class_of[mixed.partner]
    tap.check((differ == paired).all(), "--pair other: all partners are of the other class")
    tap.check(paired.mean() > 0.95, "--pair other: hardly a sample is without a partner")
    tap.near(mixed.shares.mean(), 0.700, 0.003, "cutmix: mean share after clipping")
    lambdas = mixed.fact("lambda")
    tap.near(lambdas.mean(), 0.5, 0.003, "cutmix: mean lambda as drawn")
    tap.near(lambdas.var(), 1 / 12, 0.02 / 12, "cutmix: variance of lambda as drawn")
    centre = 1 - mixed.kept(SIDE // 2, SIDE // 2).mean()
    tap.near(centre, 0.46, 0.02, "cutmix: the centre pixel is replaced")
    tap.near(1 - mixed.kept(0, 0).mean(), 0.14, 0.02, "cutmix: the first corner is replaced")
    for y in (0, SIDE // 2, SIDE - 1):
        for x in (0, SIDE // 2, SIDE - 1):
            replaced = 1 - mixed.kept(y, x).mean()
            tap.near(replaced, replaced_chance(y, x), 0.005, f"cutmix: pixel ({y}, {x}) is replaced")
    y0, x0, y1, x1 = np.array([BOX.search(recipe).groups() for recipe in mixed.recipes], int).T
    tap.check(sides_as_drawn(y0, y1, lambdas), "cutmix: heights of unclipped boxes follow from lambda")
    tap.check(sides_as_drawn(x0, x1, lambdas), "cutmix: widths of unclipped boxes follow from lambda")


def check_zeta(tap, folder):
    """The weights of the series for T = 64, each sample first once a pass, the others in uniform order."""
    batch, passes = 64, 100
    data = write_cifar(folder / "ranks", np.arange(batch) % 10, np.arange(batch))
    mixed = Mixed(data, folder / "zeta", "zeta", batch * passes, batch=batch)
    whole = all(sorted(ids) == list(range(batch)) for ids in mixed.sources)
    tap.check(whole, "zeta, T = 64: every sample of the batch takes part once")
    tap.near(mixed.shares.mean(), 0.802102, 1e-5, "zeta, T = 64: share of the sample itself")
    tap.check(np.ptp(mixed.shares) == 0, "zeta, T = 64: every sample has the same weights")
    if not whole:
        return
    series = np.arange(1, batch + 1) ** -2.8
    error = np.abs(np.array(mixed.first_shares) - series / series.sum()).max()
    tap.check(error < 1e-5, f"zeta, T = 64: shares follow the series (off by {error:.2g})")
    own = mixed.own.reshape(passes, batch)
    tap.check((np.sort(own, 1) == np.arange(batch)).all(), "zeta: rank 1 is every sample once a pass")
    place = np.argsort(own, 1)  # (pass, id) where each sample stands in its batch
    passed = np.repeat(np.arange(passes), batch)
    for rank in (1, 2, batch - 1):
        other = np.array([ids[rank] for ids in mixed.sources])
        distance = (place[passed, other] - place[passed, mixed.own]) % batch
        counts = np.bincount(distance, minlength=batch)[1:]
        check_uniform(tap, counts, f"zeta: place of rank {rank + 1} in the batch")


def check_uniform(tap, counts, description):
    """Pearson's chi-square of counts against a uniform law, within four of its standard deviations."""
    expected = counts.sum() / len(counts)
    chi_square = ((counts - expected) ** 2 / expected).sum()
    freedom = len(counts) - 1
    tap.near(chi_square, freedom, 4 * np.sqrt(2 * freedom), f"{description}: chi-square")


def check_mixup(tap, data, folder):
    """λ ~ Beta(α, α): mean 1/2 and variance 1 / (4 (2α + 1))."""
    for seed, alpha in enumerate((1, 0.2, 8)):
        out = folder / f"mixup-{alpha}"
        mixed = Mixed(data, out, f"mixup:alpha={alpha}", 50000, seed=seed, more=["--pair", "other"])
        variance = 1 / (4 * (2 * alpha + 1))
        tap.near(mixed.shares.mean(), 0.5, 0.0075, f"mixup, alpha {alpha}: mean of lambda")
        tap.near(mixed.shares.var(), variance, 0.02 * variance, f"mixup, alpha {alpha}: variance of lambda")


def check_pairs(tap, folder):
    """Partners in data that lie class by class: --pair any is a fair draw from the shuffled whole."""
    n_data, count = 1000, 20000
    labels = np.repeat(np.arange(10), n_data // 10)
    data = write_cifar(folder / "sorted", labels, labels)
    mixed = Mixed(data, folder / "any", "mixup", count, batch=128)
    tap.check((mixed.own != mixed.partner).all(), "--pair any: no sample is its own partner")
    own = np.bincount(mixed.own, minlength=n_data)
    tap.check((own == count // n_data).all(), "--pair any: every sample is once the first source in each pass")
    same = (labels[mixed.own] == labels[mixed.partner]).mean()
    expected = (n_data // 10 - 1) / (n_data - 1)
    tap.near(same, expected, 0.008, "--pair any: pairs of one class")
    counts = np.bincount(mixed.partner, minlength=n_data).reshape(10, -1).sum(1)
    spread = np.abs(counts / counts.mean() - 1).max()
    tap.check(spread < 0.08, f"--pair any: partners are even over the classes (within {spread:.3f})")
    mixed = Mixed(data, folder / "same", "mixup", n_data, more=["--pair", "same"])
    same = (labels[mixed.own] == labels[mixed.partner]).all()
    tap.check(same, "--pair same: all partners are of the same class")


def main():
    """Every mixer in turn, then the pairing."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="mixsmith-") as name:
        folder = Path(name)
        labels = np.arange(1024) % 2
        black_and_white = write_cifar(folder / "black-and-white", labels, labels * 255)
        tap.group("fmix", check_fmix, black_and_white, folder)
        tap.group("fmix, oblong", check_oblong, folder)
        tap.group("cutmix", check_cutmix, black_and_white, folder)
        tap.group("zeta", check_zeta, folder)
        tap.group("mixup", check_mixup, black_and_white, folder)
        tap.group("pairs", check_pairs, folder)
    tap.finish()


if __name__ == "__main__":
    main()
