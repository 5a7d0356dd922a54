"""What the command line of the benchmarks means."""

import pytest

from benchmarks.options import NAMES, parse_options


def test_means_everything_when_nothing_is_said() -> None:
    given = parse_options([])
    assert given.names == list(NAMES)
    assert [(load.pictures.name, load.count) for load in given.sizes] == [
        ("50KB", 2000),
        ("500KB", 1000),
        ("3MB", 200),
    ]
    assert [each.key for each in given.contestants][:4] == ["ours", "fetch", "images", "files"]


def test_takes_sizes_with_and_without_a_count() -> None:
    given = parse_options(["throughput", "--sizes", "50KB=7", "3MB", "--only", "files", "ours"])
    assert [(load.pictures.name, load.count) for load in given.sizes] == [("50KB", 7), ("3MB", 200)]
    assert [each.key for each in given.contestants] == ["ours", "files"]


def test_profiles_this_project_and_measures_nothing_else() -> None:
    given = parse_options(["--profile"])
    assert (given.names, given.profile) == (["throughput"], "cprofile")
    assert [each.key for each in given.contestants] == ["ours"]


@pytest.mark.parametrize(
    "words",
    [
        ["speed"],
        ["--sizes", "7KB"],
        ["--sizes", "3MB=0"],
        ["--only", "wget"],
        ["--rounds", "none"],
        ["--profile", "--write"],
    ],
)
def test_refuses_what_makes_no_sense(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_options(words)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err
