"""A folder of a million pictures: what it takes to list them and to read every header, before the first
sample is made.

They are hard links to a few hundred pictures of sample_data, so that the folder takes no room but for
its names and is made in seconds; their first bytes are in the cache. What is measured is the program
and the system's way to a file by its path, not a disk. Memory is the peak of a run that makes one
sample, less that of the same run over a thousand; names are 19 bytes long, behind 9 of a class.
"""

import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmark.jobs import growth

CLASSES = 100
FILES = [10**3, 10**4, 10**5, 10**6]
ORIGINALS = 200  # each may have no more than 65 000 links in ext4
LINK_BYTES = 512  # of a link: its name, in a folder on a disk, or the kernel's memory, in RAM


def memory_free():
    """Bytes that programs can have without swapping."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))


def room(place):
    """How many links may go there, a tenth of it left free. A RAM file system counts each as an inode."""
    system = os.statvfs(place)
    inodes = system.f_favail if system.f_files else sys.maxsize  # some systems have no number of them
    names = min(system.f_bavail * system.f_frsize, memory_free()) // LINK_BYTES
    return min(inodes, names) * 9 // 10


def copy_originals(pictures, folder):
    paths = sorted(pictures.glob("*/*"))
    folder.mkdir()
    return [shutil.copy(paths[n % len(paths)], folder / f"{n}{paths[n % len(paths)].suffix}")
            for n in range(ORIGINALS)]


class Folder:
    """CLASSES class folders of links, which grow."""

    def __init__(self, path, originals):
        self.path, self.originals, self.files = path, originals, 0
        for n in range(CLASSES):
            (path / f"class_{n:03d}").mkdir(parents=True)

    def grow(self, files):
        for n in range(self.files, files):
            original = self.originals[n // CLASSES % len(self.originals)]
            os.link(original, f"{self.path}/class_{n % CLASSES:03d}/picture_{n:07d}{original.suffix}")
        self.files = files


def index(bench, folder, files):
    """Seconds and MB of a run that makes one sample, of so many files. Short jobs run more often."""
    folder.grow(files)
    repeats = bench.runs if files >= 10**5 else 4 * bench.runs
    return bench.best(repeats, folder.path, "none", "-n", "1")


def choose_place(bench):
    """In RAM or, where that has no room, on the disk; and the steps that there is room for."""
    places = [bench.scratch, bench.inputs.folder]
    place = next((place for place in places if room(place) >= FILES[-1]), max(places, key=room))
    return place, [files for files in FILES if files <= room(place)]


def print_million(bench):
    place, numbers = choose_place(bench)
    print("| links in | files | seconds | µs a file | time of a tenth | peak MB | bytes a file |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(dir=place) as made:
        originals = copy_originals(bench.samples / "pictures", Path(made) / "originals")
        folder = Folder(Path(made) / "pictures", originals)
        for step in growth(numbers, partial(index, bench, folder)):
            print(f"| {place.parent} | {step.number} | {step.seconds:.4f} | {step.each} | {step.times} "
                  f"| {step.memory:.1f} | {step.bytes} |", flush=True)
    if numbers != FILES:
        print("\nLeft out:", *FILES[len(numbers):], f"files: {place.parent} has room for {room(place)}")
