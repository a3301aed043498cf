#!/usr/bin/python3
"""Prints a line for each rule that an output of mixsmith breaks; exit 1 when there is one."""

import argparse
import sys

from outputs import check_output


def main():
    """Judges one output and leaves with 0 or 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smooth", type=float, default=0.0, help="label smoothing of the run")
    parser.add_argument("input")
    parser.add_argument("out")
    arguments = parser.parse_args()
    lines = check_output(arguments.input, arguments.out, arguments.smooth).lines()
    for line in lines:
        print(line)
    sys.exit(1 if lines else 0)


if __name__ == "__main__":
    main()
