"""Whether both cores are busy: photographs read, resized, mixed and written as pictures by one thread and
by two, in turns."""

from benchmark.jobs import THREADS

# name, input, form
JOBS = [
    ("photographs 150² → 224² PNG", "small", "png"),
    ("photographs 500×375 → 224² PNG", "large", "png"),
    ("photographs 150² → 224² JPEG", "small", "jpg"),
    ("photographs 500×375 → 224² JPEG", "large", "jpg"),
]


def seconds_of(run):
    return run.seconds


def busy(run):
    """Time of processors over what the threads could have had, in per cent, start and end of the process
    included. Waiting threads give their turns away for a moment before they sleep, which counts as work;
    so the gain over one thread is printed beside it."""
    return 100 * run.cpu / (run.seconds * THREADS)


def print_cores(bench):
    """The fastest of several runs, as what else the machine does only takes processors away; how busy it
    was, and the others."""
    print("| two threads | seconds | one thread | × as fast | cores busy | least–most |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, photos, image in JOBS:
        job = (bench.inputs[photos], "folder", "-s", "224", "--image", image)
        turns = [(bench.mix(*job, threads=1), bench.mix(*job)) for _ in range(bench.runs)]
        alone, both = (min(runs, key=seconds_of) for runs in zip(*turns))
        shares = [busy(run) for _, run in turns]
        print(f"| {name} | {both.seconds:.3f} | {alone.seconds:.3f} | {alone.seconds / both.seconds:.2f} "
              f"| {busy(both):.0f} % | {min(shares):.0f}–{max(shares):.0f} % |", flush=True)
