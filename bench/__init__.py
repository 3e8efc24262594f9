"""What is measured: ratios within one run, with the bare limit beside each figure."""

from pathlib import Path


def peak_mb() -> float:
    """This process's own peak of resident memory. What `getrusage` tells after a fork may be its parent's."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) / 1024
