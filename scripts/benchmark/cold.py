"""A cold cache: CIFAR's records from the disk, after the system was told to forget the files, beside the
next run, which finds them in its memory. Names and the program itself stay there. A virtual machine's
host may have a cache of its own that nothing here empties."""

import os
import time

from benchmark.inputs import RECORDS

ROWS = ["files in the cache", "files only on the disk", "reading these and nothing else, one thread"]
STEP = 1 << 20


def forget(paths):
    """Drops the files' pages, which must be on the disk by now (Inputs sees to that)."""
    for path in paths:
        with open(path, "rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def is_cached(path):
    """Asked of the middle; asking makes newer kernels read it, so forget() has to follow."""
    with open(path, "rb") as file:
        try:
            os.preadv(file.fileno(), [bytearray(1)], path.stat().st_size // 2, os.RWF_NOWAIT)
        except BlockingIOError:
            return False
        except OSError:  # a file system that cannot tell
            pass
    return True


def read_through(paths):
    """Seconds of reading the files in order, by one thread: what the disk gives."""
    memory, start = bytearray(STEP), time.perf_counter()
    for path in paths:
        with open(path, "rb", buffering=0) as file:
            while file.readinto(memory):
                pass
    return time.perf_counter() - start


def turn(bench, folder, paths):
    """Seconds by row, in the order of the rows."""
    forget(paths)
    alone = read_through(paths)
    forget(paths)
    cold = bench.mix(folder, "npy").seconds
    return bench.mix(folder, "npy").seconds, cold, alone


def print_cold(bench):
    folder = bench.inputs["cifar"]
    paths = sorted(folder.glob("*.bin"))
    forget(paths)
    if any(is_cached(path) for path in paths):
        print(f"Left out, a cold cache: {folder} is in RAM; TMPDIR=FOLDER names a place on a disk")
        return
    turns = [turn(bench, folder, paths) for _ in range(bench.runs)]
    print(f"| CIFAR, {RECORDS} records → npy, mixup | seconds, least | most |\n| --- | ---: | ---: |")
    for name, seconds in zip(ROWS, zip(*turns)):
        print(f"| {name} | {min(seconds):.3f} | {max(seconds):.3f} |", flush=True)
