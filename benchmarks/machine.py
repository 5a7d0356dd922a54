"""What the figures were measured on, in a sentence."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("Scrapy", "Twisted", "Pillow", "SQLAlchemy")


def machine() -> str:
    """Return cores, system and versions; nothing that tells whose machine it is."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores ({_processor()}), "
        f"{_memory()}{platform.system()}, Python {platform.python_version()}, {packages}, "
        f"SQLite {sqlite3.sqlite_version}."
    )


def _processor() -> str:
    for line in _lines(Path("/proc/cpuinfo")):
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _memory() -> str:
    for line in _lines(Path("/proc/meminfo")):
        if line.startswith("MemTotal:"):
            return f"{int(line.split()[1]) / 1024**2:.0f} GB of memory, "
    return ""


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []
