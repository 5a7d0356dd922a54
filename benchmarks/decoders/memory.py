"""Peak memory of processes that prove one very large picture each."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from benchmarks.decoders.contestants import OURS, PILLOW, VIPS, Contestant
from benchmarks.errors import CannotMeasure
from benchmarks.gallery.large_files import MOTION_PHOTO, NOISE
from benchmarks.gallery.picture_sets import SETS
from benchmarks.progress import Progress
from benchmarks.table import table

_PROVE = """
import sys
from pathlib import Path
from benchmarks.decoders import contestants
def peak_mb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
name, small, large = sys.argv[1:]
contestant = next(each for each in contestants.CONTESTANTS if each.name == name)
contestant.prove(Path(small))
before = peak_mb()
contestant.prove(Path(large))
print(peak_mb() - before)
"""

Save = Callable[[Image.Image, Path], None]


def memory(cache: Path) -> str:
    """Return a table: MB that each decoder needs at most for pictures kept in a folder."""
    if not Path("/proc/self/status").exists():
        raise CannotMeasure("the memory of a process is read from /proc, which only Linux has")
    progress = Progress("memory of decoders")
    small = SETS["50KB"].make(cache / "50KB", 1)[0]
    files = {
        NOISE.label: NOISE.make(cache / NOISE.name, 1)[0],
        MOTION_PHOTO.label: MOTION_PHOTO.make(cache / MOTION_PHOTO.name, 1)[0],
        **_enlarged(cache / "enlarged"),
    }
    rows = []
    for number, (label, file) in enumerate(files.items()):
        progress.show(number, len(files))
        figures = [_peak_mb(each, small, file) for each in (PILLOW, VIPS, OURS)]
        rows.append([f"{label}, {file.stat().st_size / 1e6:.0f} MB", *figures])
    progress.end("done")
    return table(["MB at most", *(each.name for each in (PILLOW, VIPS, OURS))], rows)


def _enlarged(folder: Path) -> dict[str, Path]:
    """Return a picture of 11520x6480 in several formats; those that are missing are made."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds: dict[str, tuple[str, Save]] = {
        "JPEG": ("picture.jpg", lambda image, file: image.save(file, quality=92)),
        "JPEG, progressive": (
            "progressive.jpg",
            lambda image, file: image.save(file, quality=88, progressive=True),
        ),
        "WebP": ("picture.webp", lambda image, file: image.save(file, quality=85, method=0)),
        "AVIF": ("picture.avif", lambda image, file: image.save(file, quality=70, speed=10)),
        "TIFF, LZW": ("picture.tif", lambda image, file: image.save(file, compression="tiff_lzw")),
    }
    original = Image.open(SETS["3MB"].make(folder.parent / "3MB", 1)[0])
    large = original.resize((3 * original.width, 3 * original.height))
    found = {}
    for label, (name, save) in kinds.items():
        file = folder / name
        if not file.exists():
            save(large, file)
        found[f"{label} of {large.width:,} x {large.height:,}"] = file
    return found


def _peak_mb(contestant: Contestant, small: Path, large: Path) -> str:
    words = [sys.executable, "-W", "ignore", "-c", _PROVE, contestant.name, str(small), str(large)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return f"{float(ended.stdout):.0f}" if ended.returncode == 0 else "refused"
