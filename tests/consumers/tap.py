"""The Test Anything Protocol, and how these tests start mixsmith.

The program is build/mixsmith of this repository unless the environment names another one in MIXSMITH.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MIXSMITH = os.environ.get("MIXSMITH", str(ROOT / "build" / "mixsmith"))


class Tap:
    """Prints one line a check, counts them, and ends with the plan."""

    def __init__(self):
        self.count = 0
        self.failed = 0
        if not os.access(MIXSMITH, os.X_OK):
            print(f"Bail out! {MIXSMITH} is not an executable file: build it, or set MIXSMITH")
            sys.exit(1)

    def check(self, ok, description, details=()):
        """Prints "ok" or "not ok"; the details (lines of text) follow a failure as comments."""
        self.count += 1
        print(f"{'ok' if ok else 'not ok'} {self.count} - {description}", flush=True)
        if not ok:
            self.failed += 1
            for line in details:
                print(f"#   {line}", flush=True)

    def near(self, value, expected, tolerance, description):
        """Checks a number against its expectation and shows both."""
        text = f"{description}: {value:.6g}, expected {expected:.6g} ± {tolerance:.2g}"
        self.check(abs(value - expected) <= tolerance, text)

    def group(self, name, checks, *arguments):
        """Runs a function of several checks; when it dies, that is one failure, not the end of the test."""
        try:
            checks(self, *arguments)
        except Exception as error:
            self.check(False, f"{name}: could be judged", [f"{type(error).__name__}: {error}"])

    def finish(self):
        """Prints the plan and leaves with the exit status of the whole test."""
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


class ToolFailed(Exception):
    """mixsmith left with a status other than 0."""


def mix(source, out, *, mixers, sink, count, seed=0, batch=128, threads=2, more=()):
    """Runs `mixsmith mix` quietly; raises ToolFailed with what it said when it does not succeed."""
    command = [MIXSMITH, "mix", str(source), "-o", str(out), "--to", sink, "-q"]
    for mixer in mixers:
        command += ["-m", mixer]
    command += ["-S", str(seed), "-n", str(count), "-b", str(batch), "-j", str(threads), *more]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode != 0:
        raise ToolFailed(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.strip()}")
