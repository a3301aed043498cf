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

from benchmark.jobs import print_growth
from benchmark.room import bytes_free

CLASSES = 100
FILES = [10**3, 10**4, 10**5, 10**6]
ORIGINALS = 200  # each may have no more than 65 000 links in ext4
MB = 1 << 20
LINK_BYTES = 512  # of a link: its name, in a folder on a disk, or the kernel's memory, in RAM


def room(place):
    """How many links may go there, a tenth of it left free. A RAM file system counts each as an inode."""
    system = os.statvfs(place)
    inodes = system.f_favail if system.f_files else sys.maxsize  # some systems have no number of them
    return min(inodes, bytes_free(place) // LINK_BYTES) * 9 // 10


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
    """Seconds and MB of a run that makes one sample, of so many files."""
    folder.grow(files)
    return bench.best(folder.path, "none", "-n", "1")


def choose_place(bench):
    """In RAM or, where that has no room, on the disk; and the steps that there is room for."""
    places = [bench.scratch, bench.inputs.folder]
    place = next((place for place in places if room(place) >= FILES[-1]), max(places, key=room))
    return place, [files for files in FILES if files <= room(place)]


def print_million(bench):
    place, numbers = choose_place(bench)
    with tempfile.TemporaryDirectory(dir=place) as made:
        originals = copy_originals(bench.samples / "pictures", Path(made) / "originals")
        folder = Folder(Path(made) / "pictures", originals)
        steps = print_growth(f"files, links in {place.parent}", "file", numbers, partial(index, bench, folder))
    more = (steps[-1].memory - steps[0].memory) * MB / (steps[-1].number - steps[0].number)
    print(f"\nMemory grows by {more:.0f} bytes a file.")
    if numbers != FILES:
        print("\nLeft out:", *FILES[len(numbers):], f"files: {place.parent} has room for {room(place)}")
