"""What is mixed: CIFAR records, photographs of two sizes, a few grey pictures."""

import os
from pathlib import Path

RECORDS, BATCHES, RECORD = 50000, 5, 3073  # of CIFAR; a record is a label and 3 · 32 · 32 pixels
PHOTOS = 1000
GREY = 16
SIDE = 224


def make_cifar(source, folder):
    """RECORDS records in BATCHES files: those of source, again and again."""
    data = b"".join(path.read_bytes() for path in sorted(source.glob("data_batch_*.bin")))
    data = (data * (RECORDS * RECORD // len(data) + 1))[:RECORDS * RECORD]
    size = len(data) // BATCHES
    folder.mkdir()
    for n in range(BATCHES):
        (folder / f"data_batch_{n + 1}.bin").write_bytes(data[n * size:(n + 1) * size])


def take_records(batches, number, folder):
    """So many records: the batches again and again, as links, so that neither the disk nor the system's
    cache holds more than these; what is missing then is cut from the first one."""
    folder.mkdir()
    whole, rest = divmod(number, RECORDS // BATCHES)
    paths = [folder / f"data_batch_{n + 1}.bin" for n in range(whole + 1)]
    for n, path in enumerate(paths[:whole]):
        path.symlink_to(batches[n % BATCHES])
    if rest:
        paths[whole].write_bytes(batches[0].read_bytes()[:rest * RECORD])
    return folder


def make_photos(source, size, folder):
    """PHOTOS pictures of that size, quality 90, of those in source."""
    from PIL import Image, ImageOps

    paths = sorted(path for path in source.glob("*/*") if path.is_file())
    for n in range(PHOTOS):
        path = paths[n % len(paths)]
        target = folder / path.parent.name / f"{n:05d}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(path) as picture:
            ImageOps.fit(picture.convert("RGB"), size, Image.LANCZOS).save(target, quality=90)


def make_grey(folder):
    """GREY pictures of SIDE × SIDE as NumPy arrays: next to nothing to read."""
    import numpy as np

    folder.mkdir()
    np.save(folder / "images.npy", np.arange(GREY * SIDE * SIDE, dtype=np.uint8).reshape(GREY, SIDE, SIDE))
    np.save(folder / "labels.npy", np.arange(GREY))


class Inputs(dict):
    """Folders by name, made when they are first asked for."""

    def __init__(self, folder, cifar, photos):
        super().__init__()
        self.make = {
            "cifar": lambda to: make_cifar(cifar, to),
            "small": lambda to: make_photos(photos, (150, 150), to),
            "large": lambda to: make_photos(photos, (500, 375), to),
            "grey": make_grey,
        }
        self.folder = Path(folder)

    def __missing__(self, name):
        self.make[name](self.folder / name)
        os.sync()  # a disk that is still writing them would disturb the first runs
        self[name] = self.folder / name
        return self[name]
