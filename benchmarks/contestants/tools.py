"""Other programs: a plain script, gallery-dl, img2dataset, and curl as the practical limit."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contestants.contestant import AT_ONCE, Command, Contestant, Job
from benchmarks.errors import CannotMeasure
from benchmarks.peers.environment import peer_program

_WAVES = Path(__file__).parent.parent / "peers" / "waves.py"
_IMG2DATASET_RAW = ("--resize_mode=no", "--skip_reencode=True", f"--thread_count={AT_ONCE}")
_IMG2DATASET_BLIND = ("--disable_all_reencoding=True", f"--thread_count={AT_ONCE}")


def tools(cache: Path) -> list[Contestant]:
    """Return the contestants; those of an environment of their own live in a folder."""
    return [
        Contestant("waves", "three-wave aiohttp script", _waves),
        Contestant("gallery-dl", "gallery-dl", lambda job: _gallery_dl(cache, job), is_list=True),
        Contestant(
            "img2dataset",
            "img2dataset, defaults",
            lambda job: _img2dataset(cache, job),
            is_list=True,
            may_lose_bytes=True,
        ),
        Contestant(
            "img2dataset-raw",
            "img2dataset, decoded and kept",
            lambda job: _img2dataset(cache, job, _IMG2DATASET_RAW),
            is_list=True,
        ),
        Contestant(
            "img2dataset-blind",
            "img2dataset, not decoded",
            lambda job: _img2dataset(cache, job, _IMG2DATASET_BLIND),
            is_list=True,
        ),
        Contestant("curl", "curl --parallel", _curl, is_list=True),
    ]


def _waves(job: Job) -> Command:
    words = [job.listing, str(job.listings), str(job.folder / "files"), str(AT_ONCE)]
    return Command([sys.executable, str(_WAVES), *words])


def _gallery_dl(cache: Path, job: Job) -> Command:
    program = peer_program(cache, "gallery-dl")
    words = ["--config-ignore", "--directory", str(job.folder / "files")]
    return Command([str(program), *words, "--input-file", str(job.list_file())])


def _img2dataset(cache: Path, job: Job, options: Sequence[str] = ()) -> Command:
    program = peer_program(cache, "img2dataset")
    places = [f"--url_list={job.list_file()}", f"--output_folder={job.folder / 'files'}"]
    # A library of its asks the network for a newer version of itself on every start.
    return Command([str(program), *places, *options], {"NO_ALBUMENTATIONS_UPDATE": "1"})


def _curl(job: Job) -> Command:
    program = shutil.which("curl")
    if program is None:
        raise CannotMeasure("is not installed")
    config = job.folder / "curl.txt"
    config.write_text("".join(f"url = {each}\nremote-name\n" for each in job.addresses))
    flags = ["--fail", "--no-progress-meter", "--parallel", "--parallel-max", str(AT_ONCE)]
    files = ["--create-dirs", "--output-dir", str(job.folder / "files"), "--config", str(config)]
    return Command([program, *flags, *files])
