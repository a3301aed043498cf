"""Jobs of mixsmith mix as whole processes: what one takes, and how that grows."""

import json
import os
import resource
import shutil
import signal
import statistics
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from benchmark.inputs import Inputs

THREADS = 2
SHORT = 0.1  # seconds
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # signals that end this process


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

    def best(self, folder, form, *options):
        """The least seconds of several runs, as what else the machine does only adds, of more where they
        are short; their median MB."""
        runs = [self.mix(folder, form, *options) for _ in range(self.runs)]
        if runs[-1].seconds < SHORT:
            runs += [self.mix(folder, form, *options) for _ in range(3 * self.runs)]
        return min(run.seconds for run in runs), statistics.median(run.report["rss_mb"] for run in runs)


def output_of(command):
    """What a process prints. When this one is ended meanwhile, so are that and all that it started."""
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # they come when there is a process to be ended
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            output = process.communicate()[0]
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()  # returns when none of them is left to write
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return output


def timed(command):
    before, start = children_cpu(), time.perf_counter()
    output = output_of(command)
    return Run(time.perf_counter() - start, children_cpu() - before, json.loads(output or "{}"))


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class Step(NamedTuple):
    number: int
    seconds: float
    memory: float  # peak MB


def print_growth(title, one, numbers, measured):
    """A row for each number, compared with the one above; measured(number) says its seconds and MB.
    Returns the steps."""
    print(f"| {title} | seconds | times the row above | µs a {one} more | peak MB |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    steps = []
    for number in numbers:
        step = Step(number, *measured(number))
        beside = compare(step, steps[-1]) if steps else " | "
        print(f"| {number} | {step.seconds:.4f} | {beside} | {step.memory:.1f} |", flush=True)
        steps.append(step)
    return steps


def compare(step, above):
    more = (step.seconds - above.seconds) / (step.number - above.number)
    return f"{step.seconds / above.seconds:.2f} | {more * 1e6:.2f}"
