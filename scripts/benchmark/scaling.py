"""Whether time and memory stay in proportion: ten times the samples in ten times the time, in the same
memory; what a process costs that makes a single sample. Then the other promises of speed: a million
files, both cores at work, a cold cache."""

from functools import partial

from benchmark.cold import print_cold
from benchmark.cores import print_cores
from benchmark.jobs import growth, timed
from benchmark.million import print_million

# by form of the output
SAMPLES = {"none": [1, 10**3, 10**4, 10**5, 10**6], "npy": [1, 10**3, 10**4, 10**5]}
STARTS = 40


def samples_of(bench, form, samples):
    """Seconds and MB. Short jobs run more often."""
    repeats = bench.runs if samples >= 10**5 else 4 * bench.runs
    return bench.best(repeats, bench.inputs["cifar"], form, "-n", str(samples))


def print_samples(bench):
    """The time of a single sample is not counted in the rows below it."""
    print("| mixup, CIFAR → | samples | seconds | µs a sample | time of a tenth | peak MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for form, numbers in SAMPLES.items():
        for step in growth(numbers, partial(samples_of, bench, form)):
            print(f"| {form} | {step.number} | {step.seconds:.4f} | {step.each} | {step.times} "
                  f"| {step.memory:.1f} |", flush=True)


def print_start(bench):
    """The least of many: what else the machine does only adds to it."""
    print("| whole process, least of", STARTS, "| ms |\n| --- | ---: |")
    job = [bench.program, "mix", str(bench.samples / "cifar"), "--to", "none", "-n", "1", "-q"]
    for name, command in (("one sample of a small input", job), ("a program that does nothing", ["true"])):
        least = min(timed(command).seconds for _ in range(STARTS))
        print(f"| {name} | {least * 1e3:.1f} |", flush=True)


TABLES = {"samples": print_samples, "start": print_start, "files": print_million, "cores": print_cores,
          "cold cache": print_cold}


def print_scaling(bench, only):
    for table in (show for name, show in TABLES.items() if only in name):
        table(bench)
        print()
