"""What nobody can be faster than: memory, files and codecs, one thread."""

import io
import os
import random
import time
from functools import partial

from benchmark.inputs import PHOTOS, RECORD, RECORDS

BATCH = 128  # samples that the program copies and writes at a time
PIXELS = RECORD - 1


def least(work):
    """Seconds of the best of three goes at the work: what else the machine does only adds."""
    goes = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        goes.append(time.perf_counter() - start)
    return min(goes)


def copying(_inputs, _scratch):
    """CIFAR's pixels, a batch at a time, from memory that stays in the cache to one place of their own."""
    block = bytes(BATCH * PIXELS)
    target = memoryview(bytearray(-(-RECORDS // BATCH) * len(block)))

    def work():
        for at in range(0, len(target), len(block)):
            target[at:at + len(block)] = block

    return least(work)


def reading_mapped(inputs, _scratch):
    """CIFAR's records in random order out of the page cache, mapped anew, into one batch's memory."""
    import numpy as np

    paths = sorted(inputs["cifar"].glob("*.bin"))
    order = np.random.default_rng(7).permutation(RECORDS // len(paths))
    batch = np.empty((BATCH, RECORD), np.uint8)

    def work():
        for path in paths:
            records = np.memmap(path, np.uint8, "r").reshape(-1, RECORD)
            for at in range(0, len(order), BATCH):
                part = order[at:at + BATCH]
                np.take(records, part, axis=0, out=batch[:len(part)], mode="clip")  # without a copy

    return least(work)


def reading_each(inputs, _scratch):
    """The same by a pread each, as the program does it, into one record's memory. Part of the time is the
    interpreter's: what as many calls take that read nothing is taken off, and with it the way into the
    system and back. What is left is close to what a loop in C takes with all of its calls."""
    paths = sorted(inputs["cifar"].glob("*.bin"))
    offsets = [record * RECORD for record in range(RECORDS // len(paths))]
    random.Random(7).shuffle(offsets)

    def work(size):
        memory = [bytearray(size)]
        for path in paths:
            with open(path, "rb", buffering=0) as file:
                number = file.fileno()
                for offset in offsets:
                    os.preadv(number, memory, offset)

    return least(partial(work, RECORD)) - least(partial(work, 0))


def writing(_inputs, scratch):
    """CIFAR's pixels into a new file, a batch at a time, as the program writes them."""
    block = bytes(BATCH * PIXELS)
    path = scratch / "limit"

    def work():
        path.unlink(missing_ok=True)
        with open(path, "wb", buffering=0) as out:
            for _ in range(-(-RECORDS // BATCH)):
                out.write(block)

    return least(work)


def decoding(size):
    """All photographs of that size."""

    def measure(inputs, _scratch):
        from PIL import Image

        def work():
            for path in inputs[size].glob("*/*"):
                with Image.open(path) as picture:
                    picture.load()

        return least(work)

    return measure


def encoding(inputs, _scratch):
    """Photographs at 224 × 224 as JPEG, decoded and resized beforehand."""
    from PIL import Image

    paths = sorted(inputs["small"].glob("*/*"))[:PHOTOS // 5]
    pictures = [Image.open(path).resize((224, 224)) for path in paths]
    return least(lambda: [picture.save(io.BytesIO(), "jpeg", quality=95) for picture in pictures])


# name, samples, what returns the seconds that they take
LIMITS = [
    ("copying CIFAR's pixels in memory", RECORDS, copying),
    ("reading CIFAR's records, shuffled, from files mapped into memory", RECORDS, reading_mapped),
    ("reading CIFAR's records, shuffled, by a pread each, less empty ones", RECORDS, reading_each),
    ("writing CIFAR's pixels to the RAM file system", RECORDS, writing),
    ("decoding 150² JPEG (Pillow's libjpeg-turbo)", PHOTOS, decoding("small")),
    ("decoding 500×375 JPEG", PHOTOS, decoding("large")),
    ("encoding 224² JPEG, quality 95", PHOTOS // 5, encoding),
]


def print_limits(inputs, scratch, only):
    chosen = [limit for limit in LIMITS if only in limit[0]]
    if chosen:
        print("\n| limit, one thread | samples/s |\n| --- | ---: |")
    for name, samples, measure in chosen:
        print(f"| {name} | {samples / measure(inputs, scratch):.0f} |", flush=True)
