"""What nobody can be faster than: memory, files and codecs, one thread."""

import io
import time

from benchmark.inputs import PHOTOS, RECORD, RECORDS

BATCH = 128


def rate(samples, work):
    """Samples a second of the best of three goes at the work."""
    goes = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        goes.append(time.perf_counter() - start)
    return samples / min(goes)


def copying(_inputs, _scratch):
    """CIFAR's pixels from one place in memory to another, a batch at a time."""
    block = bytes(BATCH * (RECORD - 1))
    target = memoryview(bytearray(RECORDS * (RECORD - 1)))

    def work():
        for at in range(0, len(target) - len(block), len(block)):
            target[at:at + len(block)] = block

    return work


def reading(inputs, _scratch):
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

    return work


def writing(_inputs, scratch):
    """CIFAR's pixels into a new file, in blocks of 4 MiB."""
    block = bytes(4 << 20)
    path = scratch / "limit"

    def work():
        path.unlink(missing_ok=True)
        with open(path, "wb", buffering=0) as out:
            for _ in range(RECORDS * (RECORD - 1) // len(block)):
                out.write(block)

    return work


def decoding(size):
    """All photographs of that size."""

    def prepare(inputs, _scratch):
        from PIL import Image

        def work():
            for path in inputs[size].glob("*/*"):
                with Image.open(path) as picture:
                    picture.load()

        return work

    return prepare


def encoding(inputs, _scratch):
    """Photographs at 224 × 224 as JPEG, decoded and resized beforehand."""
    from PIL import Image

    paths = sorted(inputs["small"].glob("*/*"))[:PHOTOS // 5]
    pictures = [Image.open(path).resize((224, 224)) for path in paths]
    return lambda: [picture.save(io.BytesIO(), "jpeg", quality=95) for picture in pictures]


# name, samples, what prepares the work and returns it
LIMITS = [
    ("copying CIFAR's pixels in memory", RECORDS, copying),
    ("reading CIFAR's records, shuffled, from files mapped into memory", RECORDS, reading),
    ("writing CIFAR's pixels to the RAM file system", RECORDS, writing),
    ("decoding 150² JPEG (Pillow's libjpeg-turbo)", PHOTOS, decoding("small")),
    ("decoding 500×375 JPEG", PHOTOS, decoding("large")),
    ("encoding 224² JPEG, quality 95", PHOTOS // 5, encoding),
]


def print_limits(inputs, scratch, only):
    chosen = [limit for limit in LIMITS if only in limit[0]]
    if chosen:
        print("\n| limit, one thread | samples/s |\n| --- | ---: |")
    for name, samples, prepare in chosen:
        print(f"| {name} | {rate(samples, prepare(inputs, scratch)):.0f} |", flush=True)
