"""What a place has room for. In a RAM file system, files take the memory that programs could have."""

import os
from pathlib import Path


def memory_free():
    """Bytes that programs can have without swapping."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))


def bytes_free(place):
    system = os.statvfs(place)
    return min(system.f_bavail * system.f_frsize, memory_free())
