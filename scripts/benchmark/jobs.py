"""Jobs of mixsmith mix as whole processes: what one takes, and how that grows."""

import json
import resource
import shutil
import statistics
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from benchmark.inputs import Inputs

THREADS = 2
MB = 1 << 20


class Run(NamedTuple):
    seconds: float  # of the whole process
    cpu: float  # seconds of processors, user and system, of all its threads
    report: dict  # what --json says


class Bench(NamedTuple):
    program: str
    inputs: Inputs
    samples: Path  # the folder sample_data
    runs: int
    scratch: Path  # outputs go there: in RAM, where that can be

    def mix(self, folder, form, *options, threads=THREADS):
        """One run; its output is removed."""
        out = self.scratch / "out"
        target = [] if form == "none" else ["-o", str(out)]
        run = timed([self.program, "mix", str(folder), "--to", form, "-j", str(threads), "-q", "--json",
                     *options, *target])
        shutil.rmtree(out, ignore_errors=True)
        return run

    def best(self, repeats, folder, form, *options):
        """The least seconds of several runs, as what else the machine does only adds; their median MB."""
        runs = [self.mix(folder, form, *options) for _ in range(repeats)]
        return min(run.seconds for run in runs), statistics.median(run.report["rss_mb"] for run in runs)


def timed(command):
    before, start = children_cpu(), time.perf_counter()
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Run(time.perf_counter() - start, children_cpu() - before, json.loads(output or "{}"))


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Step(NamedTuple):
    """What so many took. As text, less what the first step took, a start: µs of one, times the step
    before, bytes of one."""
    number: int
    seconds: float
    memory: float  # peak MB
    each: str = ""
    times: str = ""
    bytes: str = ""


def growth(numbers, measured):
    """A step for each number; measured(number) says its seconds and MB."""
    start, net = Step(numbers[0], *measured(numbers[0])), None
    yield start
    for number in numbers[1:]:
        seconds, memory = measured(number)
        before, net = net, seconds - start.seconds
        more, times = number - start.number, f"{net / before:.2f} ×" if before else ""
        bytes_each = (memory - start.memory) * MB / more
        yield Step(number, seconds, memory, f"{net / more * 1e6:.2f}", times, f"{bytes_each:.0f}")
