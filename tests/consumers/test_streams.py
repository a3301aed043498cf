#!/usr/bin/python3
"""Do archives, streams and soft labels come through whole, and unchanged by threads and windows?

Reads what mixsmith wrote as its input again, mixes from and to pipes, cuts pipes off, and compares
sources of every kind that hold the same samples. Judges with outputs.py, NumPy, Pillow, tarfile and GNU
tar. Prints TAP.
"""

import csv
import io
import json
import signal
import subprocess
import tarfile
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from outputs import check_output
from reading import Again, Input, Output, tar_members
from tap import MIXSMITH, ROOT, Tap, mix

SAMPLES = ROOT / "sample_data"
COUNT = 150
CHAINS = {"mixup": ["mixup"], "cutmix": ["cutmix"], "zeta+cutmix": ["zeta:t=5+cutmix"], "fmix": ["fmix"]}


def run(*arguments, given=None):
    """The bytes on standard output of a quiet run; raises CalledProcessError where it fails."""
    words = [str(word) for word in arguments]
    with subprocess.Popen(["cat", *given] if given else ["true"], stdout=subprocess.PIPE) as cat:
        done = subprocess.run([MIXSMITH, "mix", "-q", *words], stdin=cat.stdout, stdout=subprocess.PIPE, check=True)
    return done.stdout


def check_shards(tap, folder):
    """Shards of so many samples, of so many bytes, one archive and a pipe hold the same samples."""
    sizes = {"7": lambda archive, n: n <= 7, "60KB": lambda archive, n: archive.stat().st_size <= 60000}
    wanted = tar_members(run(SAMPLES / "cifar", "-o", "-", "--to", "tar", "-n", COUNT))[0]
    for size, fits in sizes.items():
        out = folder / f"shards-{size}"
        mix(SAMPLES / "cifar", out, mixers=["mixup"], sink="tar", count=COUNT, more=["--shard-size", size])
        bad = check_output(SAMPLES / "cifar", out).lines()
        tap.check(not bad, f"--shard-size {size}: every rule holds", bad)
        output = Output(out)
        members = [member for archive, _ in output.archives for member in archive]
        tap.check(members == wanted, f"--shard-size {size}: the samples of a pipe")
        full = [len(archive) // 4 for archive, _ in output.archives]
        small = all(fits(shard, n) for shard, n in zip(output.shards, full))
        tap.check(small and len(full) > 2, f"--shard-size {size}: no shard is larger", [str(full)])
        listed = subprocess.run(["tar", "-tf", output.shards[0]], capture_output=True, check=False, text=True)
        names = [member.name for member in output.archives[0][0]]
        clean = listed.stdout.split("\n")[:-1] == names and not listed.stderr
        tap.check(clean, f"--shard-size {size}: GNU tar lists it without a word", [listed.stderr])
        with tarfile.open(output.shards[0]) as archive:
            told = [(info.name, info.isreg(), info.mode, info.mtime) for info in archive]
        tap.check(told == [(name, True, 0o644, 0) for name in names], f"--shard-size {size}: tarfile lists it")
    run(SAMPLES / "cifar", "-o", folder / "one.tar", "-n", COUNT)
    members, end = tar_members((folder / "one.tar").read_bytes())
    tap.check(members == wanted and end == bytes(1024), "-o one.tar: the samples of a pipe")


def check_again(tap, folder, seed, sink, chain):
    """Soft labels in, by every form of output: they compose linearly, and the rules hold."""
    first = folder / f"first-{sink}"
    if not first.exists():
        more = ["--smooth", "0.05"] + (["--shard-size", "40"] if sink == "tar" else [])
        mix(SAMPLES / "cifar", first, mixers=["zeta:t=4", "cutmix"], sink=sink, count=COUNT, more=more)
    out = folder / f"again-{sink}-{chain}"
    to = ["tar", "npy", "folder", "cifar"][seed % 4]
    mix(first, out, mixers=CHAINS[chain], sink=to, count=COUNT, seed=seed, batch=16, threads=1 + seed % 3)
    bad = check_output(Again(first), out).lines()
    tap.check(not bad, f"{sink} of mixed samples, {chain}, to {to}: every rule holds", bad)


def several_labels():
    """(n, 6) rows of 0 and 1, one to four of them set."""
    rng = np.random.default_rng(5)
    rows = (rng.random((60, 6)) < 0.3).astype(np.float32)
    rows[np.arange(60), rng.integers(0, 6, 60)] = 1
    return rows


def png(pixels):
    """A picture as a PNG file."""
    held = io.BytesIO()
    Image.fromarray(pixels).save(held, "png")
    return held.getvalue()


def npy(array):
    """An array as a .npy file."""
    held = io.BytesIO()
    np.save(held, array)
    return held.getvalue()


def make_sources(folder, labels):
    """The same pictures with the same soft labels as arrays, as lists, as an archive."""
    pictures = np.random.default_rng(6).integers(0, 256, (len(labels), 12, 10, 3), dtype=np.uint8)
    for name in ("npy", "csv", "jsonl"):
        (folder / name).mkdir()
    np.save(folder / "npy" / "images.npy", pictures)
    np.save(folder / "npy" / "labels.npy", labels)
    files = {f"{number:04}.png": png(picture) for number, picture in enumerate(pictures)}
    for name, data in files.items():
        (folder / "csv" / name).write_bytes(data)
        (folder / "jsonl" / name).write_bytes(data)
    with open(folder / "csv" / "metadata.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["file_name", *range(labels.shape[1])])
        table.writerows([name, *row] for name, row in zip(files, labels.tolist()))
    with open(folder / "jsonl" / "metadata.jsonl", "w", encoding="utf-8") as file:
        for name, row in zip(files, labels.tolist()):
            file.write(json.dumps({"file_name": name, "soft_label": row}) + "\n")
    with tarfile.open(folder / "x.tar", "w") as archive:
        for (name, data), row in zip(files.items(), labels):
            for member, held in ((name, data), (name.replace("png", "label.npy"), npy(row))):
                info = tarfile.TarInfo(member)
                info.size = len(held)
                archive.addfile(info, io.BytesIO(held))
    return ["npy", "csv", "jsonl", "x.tar"]


class SoftArrays(Input):
    """Arrays with soft labels as an input, of which each sample may have several classes."""

    several_classes = True

    def __init__(self, root):
        super().__init__(root)
        self.images, self.rows = np.load(self.root / "images.npy"), np.load(self.root / "labels.npy")

    def label(self, source, classes):
        return int(self.rows[source["record"]].argmax())

    def soft_label(self, source, classes):
        return self.rows[source["record"]]

    def picture(self, source, shape):
        return self.images[source["record"]]


def check_kinds(tap, folder):
    """One set of samples as every kind of source gives the same bytes; several classes a sample compose too."""
    for name, labels in (("several", several_labels()), ("one", np.eye(6, dtype=np.float32)[np.arange(60) % 6])):
        here = folder / name
        here.mkdir()
        kinds = make_sources(here, labels)
        for mixer in ("cutmix", "mixup+fmix"):
            digests = {kind: run(here / kind, "--to", "digest", "-n", "2x", "-m", mixer) for kind in kinds}
            digests["stdin"] = run("-", "--to", "digest", "-n", "2x", "-m", mixer, given=[here / "x.tar"])
            same = len(set(digests.values())) == 1
            tap.check(same, f"{name} class(es) a sample, {mixer}: the same from every kind", [str(digests)])
    for seed, (chain, mixers) in enumerate(CHAINS.items()):
        out = folder / f"several-{chain}"
        mix(folder / "several" / "npy", out, mixers=mixers, sink="npy", count=COUNT, seed=seed)
        bad = check_output(SoftArrays(folder / "several" / "npy"), out).lines()
        tap.check(not bad, f"several classes a sample, {chain}: every rule holds", bad)


def check_windows(tap, folder):
    """A stream mixes within its windows, each sample its own once a pass; threads change no byte."""
    first = folder / "stream"
    mix(SAMPLES / "cifar", first, mixers=["mixup"], sink="tar", count=COUNT)
    shards = Output(first).shards
    for window in (1, 13, 64, 1000):
        out = folder / f"window-{window}"
        mixer = "zeta:t=5" if window > 1 else "none"  # one sample has no partners
        options = ["--window", window, "-b", 16, "-n", "2x", "-m", mixer, "--to", "tar"]
        run("-", "-o", out, *options, given=shards)
        bad = check_output(Again(first), out).lines()
        tap.check(not bad, f"--window {window}: every rule holds", bad)
        rows = Output(out).rows
        apart = [row["id"] for row in rows if len({source // window for source in row["source_ids"]}) > 1]
        tap.check(not apart, f"--window {window}: partners are of one window", [str(apart)])
        own = [row["source_ids"][0] for row in rows]
        begins = range(0, COUNT, window)
        passes = [i for start in begins for _ in (0, 1) for i in range(start, min(start + window, COUNT))]
        tap.check(sorted(own) == sorted(passes), f"--window {window}: every sample is its own twice")
        streams = {run("-", "-o", "-", *options, "-j", j, given=shards) for j in (1, 2, 3, 16)}
        tap.check(len(streams) == 1, f"--window {window}: the same bytes with 1, 2, 3 and 16 threads")


def check_raw(tap, folder):
    """Raw frames and their labels are the values of a run to npy."""
    mix(SAMPLES / "cifar", folder / "arrays", mixers=["cutmix"], sink="npy", count=COUNT)
    options = ["-m", "cutmix", "-n", COUNT, "--to", "raw", "--labels-to", folder / "labels"]
    frames = run(SAMPLES / "cifar", "-o", "-", *options)
    output = Output(folder / "arrays")
    tap.check(frames == np.load(folder / "arrays" / "images.npy").tobytes(), "--to raw: frames are the pixels of npy")
    labels = (folder / "labels").read_bytes()
    tap.check(labels == output.soft_labels.tobytes(), "--to raw: --labels-to has the rows of labels.npy")


def begin(to, folder, threads):
    """An endless run into a pipe."""
    command = [MIXSMITH, "mix", str(SAMPLES / "cifar"), "-o", "-", "--to", to, "-n", "inf", "-m", "fmix"]
    command += ["-j", str(threads), *(["--labels-to", str(folder / "endless"), "-f"] if to == "raw" else [])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def check_endless(tap, folder, to):
    """-n inf begins as a finite run; the reader that leaves ends it, and a signal after a whole sample."""
    options = ["-o", "-", "--to", to, "-n", "1000", "-m", "fmix"]
    options += ["--labels-to", folder / "finite"] if to == "raw" else []
    finite = run(SAMPLES / "cifar", *options)
    for threads in (1, 3):
        with begin(to, folder, threads) as job:
            some = job.stdout.read(len(finite) - 1024)
            job.stdout.close()
            said, status = job.stderr.read(), job.wait(20)
        tap.check(finite.startswith(some), f"--to {to} -n inf -j {threads}: begins as -n 1000")
        tap.check((status, said) == (141, b""), f"--to {to} -n inf -j {threads}: 141, without a word", [f"{status}"])
        with begin(to, folder, threads) as job:
            some = job.stdout.read(300000)
            job.send_signal(signal.SIGTERM)
            some += job.stdout.read()
            status = job.wait(20)
        ended = len(some) % 3072 == 0 if to == "raw" else is_whole(some)
        tap.check(status == 130 and ended, f"--to {to} -n inf -j {threads}: ends after a whole sample", [f"{status}"])


def is_whole(data):
    """Whether an archive without an end holds whole samples and nothing else."""
    members, end = tar_members(data)
    lengths = all(len(member.data) == int(member.header[124:135], 8) for member in members)
    return end == b"" and lengths and len(members) % 4 == 0


def check_round(tap, folder):
    """Folder, archive, stream, arrays, CIFAR, folder again: -m none keeps every pixel and every label."""
    last = folder / "round-0"
    mix(SAMPLES / "pictures", last, mixers=["zeta"], sink="folder", count=COUNT, more=["-s", "32x32"])
    wanted = sorted((Output(last).picture(row).tobytes(), row["soft_label"]) for row in Output(last).rows)
    for number, sink in enumerate(("tar", "npy", "folder", "cifar", "tar", "folder"), 1):
        out = folder / f"round-{number}"
        mix(last, out, mixers=["none"], sink=sink, count="1x", batch=number, seed=number)
        found = sorted((Output(out).picture(row).tobytes(), row["soft_label"]) for row in Output(out).rows)
        tap.check(found == wanted, f"round trip, step {number}, to {sink}: every pixel and every label")
        last = out


def main():
    """Every form in, every form out, then pipes."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="mixsmith-") as name:
        folder, seed = Path(name), 0
        tap.group("shards", check_shards, folder)
        for sink in ("folder", "npy", "cifar", "tar"):
            for chain in CHAINS:
                seed += 1
                tap.group(f"{sink} again", check_again, folder, seed + seed // 5, sink, chain)
        tap.group("kinds of source", check_kinds, folder)
        tap.group("windows", check_windows, folder)
        tap.group("raw", check_raw, folder)
        for to in ("tar", "raw"):
            tap.group(f"endless {to}", check_endless, folder, to)
        tap.group("round trip", check_round, folder)
    tap.finish()


if __name__ == "__main__":
    main()
