"""Sizes as people write them."""

import pytest

from spiders_project.errors import WrongInput
from spiders_project.values.sizes import parse_size

SIZES = {
    "0": 0,
    "1": 1,
    "200 MB": 200_000_000,
    "200MB": 200_000_000,
    " 200 mb ": 200_000_000,
    "1.5 GB": 1_500_000_000,
    "2 TB": 2_000_000_000_000,
    "1 KiB": 1024,
    "1 mib": 1024**2,
    "0.5 GiB": 512 * 1024**2,
    "512 B": 512,
    "0.4": 0,
}


@pytest.mark.parametrize(("text", "size_bytes"), SIZES.items(), ids=SIZES)
def test_reads_sizes(text: str, size_bytes: int) -> None:
    assert parse_size(text) == size_bytes


def test_takes_numbers_as_settings_hold_them() -> None:
    assert parse_size(0) == 0
    assert parse_size(1.5) == 2


NO_SIZES = ["", " ", "MB", "-1 MB", "+1 MB", "1,5 GB", ".5 GB", "1. GB", "5 G", "1 IB", "1 PB"]
NO_SIZES += ["1e3", "nan", "inf", "True", "1 MB 2", "1 M B", "0x10", "9" * 400 + " TB"]


@pytest.mark.parametrize("text", NO_SIZES)
def test_anything_else_is_a_sentence(text: str) -> None:
    with pytest.raises(WrongInput, match=r"^DISK_RESERVE=.* is no size such as 500 MB or 10 GB"):
        parse_size(text, "DISK_RESERVE")
