"""Whether time and memory stay in proportion: ten times the samples in ten times the time, in the same
memory; and what a process costs that makes a single sample."""

import json
import shutil
import statistics
import subprocess
import time
from functools import partial

SAMPLES = {"none": [10**3, 10**4, 10**5, 10**6], "npy": [10**3, 10**4, 10**5]}  # by form of the output
STARTS = 40


def seconds_of(command):
    """Of the whole process, and what it printed."""
    start = time.perf_counter()
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return time.perf_counter() - start, output


def run(program, folder, out, form, samples):
    """Seconds and MB of a job."""
    target = [] if form == "none" else ["-o", str(out)]
    seconds, output = seconds_of([program, "mix", str(folder), "--to", form, "-n", str(samples),
                                  "-j", "2", "-q", "--json", *target])
    shutil.rmtree(out, ignore_errors=True)
    return seconds, json.loads(output)["rss_mb"]


def best_run(runs, program, folder, out, form, samples):
    """The least time of several runs: what else the machine does only adds. Short jobs run more often."""
    repeats = runs if samples >= 10**5 else 4 * runs
    seconds, memory = zip(*(run(program, folder, out, form, samples) for _ in range(repeats)))
    return min(seconds), statistics.median(memory)


def print_form(form, measured):
    """Rows of one form; the time of a single sample is not counted in the rows below it."""
    start, memory = measured(form, 1)
    print(f"| {form} | 1 | {start:.4f} | | | {memory:.1f} |")
    before = None
    for samples in SAMPLES[form]:
        seconds, memory = measured(form, samples)
        net = seconds - start
        times = f"{net / before:.2f} ×" if before else ""
        before = net
        print(f"| {form} | {samples} | {seconds:.4f} | {net / samples * 1e6:.2f} | {times} "
              f"| {memory:.1f} |", flush=True)


def print_start(program, folder):
    """The least of many: what else the machine does only adds to it."""
    print("\n| whole process, least of", STARTS, "| ms |\n| --- | ---: |")
    job = [program, "mix", str(folder), "--to", "none", "-n", "1", "-q"]
    for name, command in (("one sample of a small input", job), ("a program that does nothing", ["true"])):
        least = min(seconds_of(command)[0] for _ in range(STARTS))
        print(f"| {name} | {least * 1e3:.1f} |")


def print_scaling(program, large, small, runs, scratch):
    print("| mixup, CIFAR → | samples | seconds | µs a sample | time of a tenth | peak MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for form in SAMPLES:
        print_form(form, partial(best_run, runs, program, large, scratch / "out"))
    print_start(program, small)
