"""Whether ten times the data takes ten times the time, and no more memory.

A run has a fixed cost, its start and its end; what is left to ask is whether each further sample costs the
same, however many there are. So the tables tell both: plain seconds, and the cost of a sample more.
"""

from benchmark.inputs import RECORDS, take_records
from benchmark.jobs import print_growth
from benchmark.room import bytes_free

NUMBERS = [1, 10**3, 10**4, 10**5, 10**6]  # of records
SAMPLES = [10**3, 10**4, 10**5, 10**6]  # of RECORDS records
PHOTOGRAPHS = [10**2, 10**3, 10**4]

# Bytes that are to be free for each sample, about twice what it takes.
ROOM = {"none": 0, "npy": 8000}
PNG_ROOM = 200000


def with_room(bench, numbers, room):
    """The numbers of samples for which there is room; says which are left out."""
    free = bytes_free(bench.scratch)
    fitting = [number for number in numbers if number * room <= free]
    for number in numbers[len(fitting):]:
        print(f"Left out, {number} samples: {bench.scratch.parent} has {free / 1e9:.1f} GB free, "
              f"{number * room / 1e9:.1f} are asked for\n")
    return fitting


def print_data(bench):
    """Inputs of so many records, as many samples."""
    batches = sorted(bench.inputs["cifar"].glob("*.bin"))
    folders = {number: take_records(batches, number, bench.inputs.folder / f"cifar-{number}")
               for number in NUMBERS}
    for form, room in ROOM.items():
        steps = print_growth(f"CIFAR records → {form}, mixup", "sample", with_room(bench, NUMBERS, room),
                             lambda number: bench.best(folders[number], form))
        print(f"\nA run costs a fixed {steps[0].seconds * 1e3:.1f} ms, the first row; "
              "the rest grows with the data.\n", flush=True)


def print_memory(bench):
    """More and more samples of the same input."""
    print(f"| samples of {RECORDS} CIFAR records → none, mixup | peak MB | of the first row |")
    print("| ---: | ---: | ---: |")
    first = None
    for samples in SAMPLES:
        _, memory = bench.best(bench.inputs["cifar"], "none", "-n", str(samples))
        first = first or memory
        print(f"| {samples} | {memory:.1f} | {100 * memory / first:.0f} % |", flush=True)
    print("\nIt has to stay the same, give or take 5 %.")


def print_photographs(bench):
    """Where the work on a sample is long, a start weighs nothing."""
    print_growth("photographs 150² → 224² PNG, mixup", "sample", with_room(bench, PHOTOGRAPHS, PNG_ROOM),
                 lambda number: bench.best(bench.inputs["small"], "folder", "-s", "224", "-n", str(number)))
