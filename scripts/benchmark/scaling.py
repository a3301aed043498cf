"""The promises of speed that no competitor is needed for, a table each: time and memory in proportion to the
data, a quick start, a million files, both cores at work, a cold cache."""

import sys

from benchmark.cold import print_cold
from benchmark.cores import print_cores
from benchmark.data import print_data, print_memory, print_photographs
from benchmark.jobs import timed
from benchmark.million import print_million

STARTS = 40


def print_start(bench):
    """The least of many: what else the machine does only adds to it."""
    print("| whole process, least of", STARTS, "| ms |\n| --- | ---: |")
    job = [bench.program, "mix", str(bench.samples / "cifar"), "--to", "none", "-n", "1", "-q"]
    for name, command in (("one sample of a small input", job), ("a program that does nothing", ["true"])):
        least = min(timed(command).seconds for _ in range(STARTS))
        print(f"| {name} | {least * 1e3:.1f} |", flush=True)


TABLES = {"data": print_data, "memory": print_memory, "photographs": print_photographs,
          "start": print_start, "files": print_million, "cores": print_cores, "cold": print_cold}


def print_scaling(bench, only):
    chosen = [show for name, show in TABLES.items() if only in name]
    if not chosen:
        sys.exit(f"bench: no table is called {only}, but {', '.join(TABLES)}")
    for table in chosen:
        table(bench)
        print()
