"""Runs a command and writes down what it and the processes that it waited for have cost.

The peak of a process begins with that of the one that started it (Linux takes it
over in execve), so a large program cannot measure small ones; this one is small.

python -I -S launcher.py REPORT COMMAND ...
"""

import json
import os
import sys
import time

_BYTES_PER_UNIT = 1024  # of ru_maxrss, getrusage(2)


def main() -> None:
    """Run the command, report, and end as it has ended."""
    report, *words = sys.argv[1:]
    _go_first_where_memory_ends()
    begun = time.monotonic()
    process = os.posix_spawnp(words[0], words, os.environ)
    _, status, usage = os.wait4(process, 0)
    costs = {
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "wall_seconds": time.monotonic() - begun,
        "peak_bytes": usage.ru_maxrss * _BYTES_PER_UNIT,
    }
    with open(report, "w") as file:  # noqa: PTH123 - pathlib is the larger part of a process
        json.dump(costs, file)
    code = os.waitstatus_to_exitcode(status)
    # As a shell puts it: 137 is what the kernel killed for want of memory.
    sys.exit(code if code >= 0 else 128 - code)


def _go_first_where_memory_ends() -> None:
    """Have the kernel choose the contestant, and nobody else on the machine."""
    if os.path.exists("/proc/self/oom_score_adj"):  # noqa: PTH110
        with open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123
            file.write("1000")


if __name__ == "__main__":
    main()
