#!/usr/bin/python3
"""Does `make bench SCALING=1` measure what its tables say, and leave nothing behind when it is ended?

Runs the smallest steps over a few records and photographs; times are not judged. Prints TAP.
"""

import contextlib
import io
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

from tap import MIXSMITH, ROOT, Tap

sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "scripts"))

from benchmark import data, inputs, jobs, scaling

SAMPLES = ROOT / "sample_data"
BENCH = ROOT / "scripts" / "bench"
GROWTH = " | seconds | times the row above | µs a sample more | peak MB |"

# A program that starts another, which writes where the bench keeps its files, for a minute.
STAND_IN = """#!/bin/bash
for n in {1..6000}; do echo >"$2/$n"; sleep 0.01; done 2>/dev/null &
echo $! >"$TMPDIR/new" && mv "$TMPDIR/new" "$TMPDIR/writer"
wait
"""


class Watched(jobs.Bench):
    """Notes how many samples its runs read and made."""

    def mix(self, *arguments, **words):
        run = super().mix(*arguments, **words)
        NOTED.append((run.report["read"], run.report["samples"]))
        return run


NOTED = []


def printed(show, *arguments):
    NOTED.clear()
    with contextlib.redirect_stdout(io.StringIO()) as text:
        show(*arguments)
    return text.getvalue().splitlines()


def rows(lines):
    """Cells of the rows that begin with a number."""
    return [line.strip("| ").split(" | ") for line in lines if re.match(r"\| \d", line)]


def columns(lines, *wanted):
    return [tuple(row[column] for column in wanted) for row in rows(lines)]


# --- tables ---


def check_growth(tap):
    """2, 4 and 31 ms for 1, 1001 and 10001 samples."""
    measured = {1: (0.002, 3), 1001: (0.004, 4.25), 10001: (0.031, 4)}.get
    lines = printed(jobs.print_growth, "records", "sample", [1, 1001, 10001], measured)
    wanted = ["| records" + GROWTH, "| ---: | ---: | ---: | ---: | ---: |", "| 1 | 0.0020 |  |  | 3.0 |",
              "| 1001 | 0.0040 | 2.00 | 2.00 | 4.2 |", "| 10001 | 0.0310 | 7.75 | 3.00 | 4.0 |"]
    tap.check(lines == wanted, "a row tells times and cost of a sample more, beside the row above", lines)


def check_records(tap, bench, folder):
    """Of five batches of ten records."""
    batches = sorted(bench.inputs["cifar"].glob("*.bin"))
    made = inputs.take_records(batches, 73, folder / "73")
    files = sorted(made.iterdir(), key=lambda path: int(path.stem.split("_")[-1]))
    targets = [path.resolve() for path in files if path.is_symlink()]
    tap.check(targets == batches + batches[:2], "whole batches are links", map(str, targets))
    rest = [path.read_bytes() for path in files if not path.is_symlink()]
    tap.check(rest == [batches[0].read_bytes()[:3 * inputs.RECORD]], "the rest is cut from the first batch")


def check_data(tap, bench):
    numbers = [1, 10, 73]
    with mock.patch.object(data, "NUMBERS", numbers):
        lines = printed(data.print_data, bench)
    heads = [line for line in lines if line.endswith(GROWTH)]
    wanted = [f"| CIFAR records → {form}, mixup{GROWTH}" for form in ("none", "npy")]
    tap.check(heads == wanted, "data: a table without output, one with arrays", heads)
    tap.check(columns(lines, 0) == [(str(n),) for n in 2 * numbers], "data: a row for each number", lines)
    tap.check(set(NOTED) == {(n, n) for n in numbers}, "data: inputs of so many records, as many samples",
              [str(NOTED)])
    starts = [f"A run costs a fixed {float(row[1]) * 1e3:.1f} ms" for row in rows(lines) if row[0] == "1"]
    told = [line.partition(",")[0] for line in lines if line.startswith("A run")]
    tap.check(told == starts, "data: the first row is told as what a run costs", told)


def check_room(tap, bench):
    def free(_):
        return 10 * data.ROOM["npy"]

    with mock.patch.object(data, "NUMBERS", [1, 10, 100]), mock.patch.object(data, "bytes_free", free):
        lines = printed(data.print_data, bench)
    numbers = [row[0] for row in rows(lines)]
    tap.check(numbers == ["1", "10", "100", "1", "10"], "data: arrays only as far as there is room", lines)
    left_out = [line for line in lines if line.startswith("Left out, 100 samples: ")]
    tap.check(len(left_out) == 1, "data: what is left out is said", lines)


def check_memory(tap, bench):
    with mock.patch.object(data, "SAMPLES", [60, 600]):
        lines = printed(data.print_memory, bench)
    tap.check(columns(lines, 0) == [("60",), ("600",)], "memory: a row for each number", lines)
    tap.check(set(NOTED) == {(50, 60), (50, 600)}, "memory: all samples are of one input", [str(NOTED)])
    with mock.patch.object(data, "SAMPLES", [60, 600]), mock.patch.object(Watched, "best", peaks(4.0, 4.22)):
        lines = printed(data.print_memory, bench)
    tap.check(lines[2:4] == ["| 60 | 4.0 | 100 % |", "| 600 | 4.2 | 106 % |"], "memory: beside the first row's",
              lines)


def peaks(*megabytes):
    """Instead of Bench.best."""
    left = iter(megabytes)
    return lambda *_: (1, next(left))


def check_photographs(tap, bench):
    with mock.patch.object(data, "PHOTOGRAPHS", [4, 12]):
        lines = printed(data.print_photographs, bench)
    tap.check(columns(lines, 0) == [("4",), ("12",)], "photographs: a row for each number", lines)
    tap.check(set(NOTED) == {(6, 4), (6, 12)}, "photographs: so many pictures", [str(NOTED)])


def new_inputs(folder):
    folder.mkdir()
    return inputs.Inputs(folder, SAMPLES / "cifar", SAMPLES / "pictures")


def check_tables(tap, folder):
    scratch = folder / "scratch"
    scratch.mkdir()
    bench = Watched(MIXSMITH, new_inputs(folder / "inputs"), SAMPLES, 1, scratch)
    with mock.patch.object(inputs, "RECORDS", 50), mock.patch.object(inputs, "PHOTOS", 6):
        check_records(tap, bench, folder)
        check_data(tap, bench)
        check_room(tap, bench._replace(inputs=new_inputs(folder / "room")))
        check_memory(tap, bench)
        check_photographs(tap, bench)
    tap.check(not any(scratch.iterdir()), "outputs are removed")


def check_names(tap):
    names = ["data", "memory", "photographs", "start", "files", "cores", "cold"]
    tap.check(list(scaling.TABLES) == names, "names of the tables", scaling.TABLES)
    start = bench_run("--scaling", "--only", "start", "--runs", "1")
    tap.check(start.returncode == 0 and start.stdout.count("---: |") == 1, "--only chooses one of them",
              [start.stdout, start.stderr])
    unknown = bench_run("--scaling", "--only", "samples")
    tap.check(unknown.returncode == 1 and ", ".join(names) in unknown.stderr, "a name that none has",
              [unknown.stderr])


def bench_run(*options):
    command = [sys.executable, "-B", BENCH, MIXSMITH, *options]
    return subprocess.run(command, capture_output=True, check=False, text=True)


# --- signals ---


def folders_of(pid, place):
    return [path for folder in {place, Path("/dev/shm")} for path in folder.glob(f"mixsmith-bench-{pid}-*")]


def runs(pid):
    """Whether it does, and is not just waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for(path):
    for _ in range(500):
        if path.exists():
            return
        time.sleep(0.02)
    raise TimeoutError(f"no {path}")


def ended_by(folder, signals, ignored="USR1"):
    """A bench that gets these while a program runs: its status, folders before and after, and whether what
    the program started goes on."""
    folder.mkdir()
    program = folder / "program"
    program.write_text(STAND_IN)
    program.chmod(0o755)
    command = ["env", "--default-signal=INT,TERM,HUP", f"--ignore-signal={ignored}", f"TMPDIR={folder}",
               sys.executable, "-B", BENCH, program, "--scaling", "--only", "files"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as bench:
        wait_for(folder / "writer")
        before = folders_of(bench.pid, folder)
        for number in signals:
            bench.send_signal(number)
        status = bench.wait(30)
    return status, len(before), folders_of(bench.pid, folder), runs((folder / "writer").read_text().strip())


def check_ended(tap, folder):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        status, before, after, goes_on = ended_by(folder / number.name, [number])
        tap.check(status == 128 + number, f"{number.name}: the status", [str(status)])
        tap.check(before == 2 and not after, f"{number.name}: both folders go", map(str, after))
        tap.check(not goes_on, f"{number.name}: what the program started ends")
    status, _, after, _ = ended_by(folder / "twice", [signal.SIGHUP, signal.SIGTERM])
    tap.check(status == 128 + signal.SIGHUP and not after, "a second signal changes nothing", [str(status)])
    status, _, after, _ = ended_by(folder / "ignored", [signal.SIGHUP, signal.SIGTERM], ignored="HUP")
    tap.check(status == 128 + signal.SIGTERM and not after, "a signal that is ignored stays so", [str(status)])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        tap.group("growth", check_growth)
        tap.group("tables", check_tables, Path(folder))
        tap.group("names", check_names)
        tap.group("signals", check_ended, Path(folder))
    tap.finish()


if __name__ == "__main__":
    main()
