"""What a person sets is checked before anything starts."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings, default_settings

from spiders_project import settings as project_settings
from spiders_project.errors import CannotStart, ExitStatus, PersonsError, WrongInput
from spiders_project.setting_checks import (
    check_feeds,
    check_settings,
    check_stores,
    check_writable,
    known_settings,
)


def sentence_of(refusal: pytest.ExceptionInfo[PersonsError]) -> str:
    sentence = str(refusal.value)
    assert "\n" not in sentence
    return sentence


def project(**given: Any) -> Settings:
    settings = Settings()
    settings.setmodule("spiders_project.settings", priority="project")
    settings.setdict(given, priority="cmdline")
    return settings


# --- names ---------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(filter(str.isupper, dir(project_settings))))
def test_settings_of_the_project_are_known(name: str) -> None:
    assert name in known_settings()


@pytest.mark.parametrize(
    "name", ["JOBDIR", "LOG_FILE", "CLOSESPIDER_ITEMCOUNT", "IMAGES_MIN_WIDTH", "HTTPCACHE_DIR"]
)
def test_settings_of_scrapy_are_known(name: str) -> None:
    assert name in known_settings()


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("OUTPUT_DRI=x", "did you mean OUTPUT_DIR?"),
        ("output_dir=x", "did you mean OUTPUT_DIR?"),
        ("IMAGE_STORE=x", "did you mean IMAGES_STORE?"),
        ("PICTURES_INFLIGHT=3", "did you mean PICTURES_IN_FLIGHT?"),
        ("CONCURENT_REQUESTS=3", "did you mean CONCURRENT_REQUESTS?"),
        ("XYZZY=1", "docs/settings.md"),
        ("=1", "docs/settings.md"),
    ],
)
def test_refuses_unknown_setting_with_a_hint(given: str, hint: str) -> None:
    with pytest.raises(WrongInput) as refusal:
        check_settings([given])
    assert f"the setting {given.partition('=')[0]} is not known" in sentence_of(refusal)
    assert hint in sentence_of(refusal)


@pytest.mark.parametrize("given", ["OUTPUT_DIR", ""])
def test_refuses_setting_without_a_value(given: str) -> None:
    with pytest.raises(WrongInput, match="NAME=VALUE"):
        check_settings([given])


def test_every_assignment_is_checked() -> None:
    with pytest.raises(WrongInput, match="XYZZY"):
        check_settings(["OUTPUT_DIR=x", "XYZZY=1"])


# --- kinds of values --------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        "ROBOTSTXT_OBEY=False",
        "ROBOTSTXT_OBEY=true",
        "ROBOTSTXT_OBEY=0",
        "PICTURES_IN_FLIGHT=4",
        "DOWNLOAD_DELAY=2",
        "DOWNLOAD_DELAY=0.5",
        "DOWNLOAD_TIMEOUT=2.5",
        "DNS_TIMEOUT=1.5",
        "CLOSESPIDER_TIMEOUT=1.5",
        "AUTOTHROTTLE_START_DELAY=5",
        "LOGSTATS_INTERVAL=0.5",
        'SITE_ROOTS={"demo": "http://127.0.0.1:1"}',
        'IMAGES_THUMBS={"grid": [100, 100]}',
        "IMAGES_THUMBS={}",
        "FEEDS={}",
        "OUTPUT_DIR=",
        "OUTPUT_DIR=a=b",
        "JOBDIR=x",
        "SPIDER_MODULES=a,b",
        "LOG_LEVEL=DEBUG",
    ],
)
def test_takes_value_that_can_be_meant(given: str) -> None:
    check_settings([given])


@pytest.mark.parametrize(
    "name",
    ["DOWNLOAD_DELAY", "DOWNLOAD_TIMEOUT", "CLOSESPIDER_TIMEOUT", "LOGSTATS_INTERVAL"],
)
def test_value_that_is_taken_means_the_same_to_scrapy(name: str) -> None:
    check_settings([f"{name}=0.25"])
    assert Settings({name: "0.25"}).getfloat(name) == 0.25


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("ROBOTSTXT_OBEY=yes", "ROBOTSTXT_OBEY=yes is neither True nor False"),
        ("ROBOTSTXT_OBEY=TRUE", "ROBOTSTXT_OBEY=TRUE is neither True nor False"),
        ("ROBOTSTXT_OBEY=", "neither True nor False"),
        ("PICTURES_IN_FLIGHT=many", "PICTURES_IN_FLIGHT=many is not a whole number"),
        ("PICTURES_IN_FLIGHT=1.5", "is not a whole number"),
        ("PICTURES_IN_FLIGHT=", "is not a whole number"),
        ("DEMO_PORT=0x10", "is not a whole number"),
        ("DOWNLOAD_DELAY=long", "is not a"),
        ("AUTOTHROTTLE_START_DELAY=long", "is not a number"),
        ("SITE_ROOTS=demo", "is not a JSON object"),
        ('SITE_ROOTS=["demo"]', "is not a JSON object"),
        ("SITE_ROOTS={'demo': 'x'}", "is not a JSON object"),
        ("FEEDS=x.json", "is not a JSON object"),
    ],
)
def test_refuses_value_of_another_kind(given: str, words: str) -> None:
    with pytest.raises(WrongInput) as refusal:
        check_settings([given])
    assert words in sentence_of(refusal)
    assert refusal.value.exit_status is ExitStatus.WRONG_INPUT


BOOLEANS = [
    name
    for name in sorted(known_settings())
    if isinstance(getattr(project_settings, name, getattr(default_settings, name, None)), bool)
]


@pytest.mark.parametrize("value", ["True", "true", "1", "False", "false", "0"])
def test_words_for_true_and_false_are_those_of_scrapy(value: str) -> None:
    assert BOOLEANS
    for name in BOOLEANS:
        check_settings([f"{name}={value}"])
        assert Settings({name: value}).getbool(name) is (value.lower() in ("true", "1"))


# --- feeds ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.json", {"overwrite": True}),
        ("a.json", {}),
        ("a.jsonl", {}),
        ("a.csv", {}),
        ("a.xml", {}),
        ("a.txt", {"format": "json"}),
        ("below/another/a.json", {}),
        ("%(name)s-%(time)s.json", {}),
    ],
)
def test_takes_feed_that_can_be_written(tmp_path: Path, name: str, options: dict[str, Any]) -> None:
    check_feeds(project(FEEDS={str(tmp_path / name): options}))
    check_feeds(project(FEEDS={(tmp_path / name).as_uri().replace("%25", "%"): options}))
    assert not (tmp_path / name).exists()


def test_takes_feed_on_standard_output() -> None:
    check_feeds(project(FEEDS={"stdout:": {"format": "csv"}}))


def test_takes_path_as_the_address_of_a_feed(tmp_path: Path) -> None:
    check_feeds(project(FEEDS={tmp_path / "a.json": {"overwrite": True}}))


@pytest.mark.parametrize(
    ("address", "options", "words"),
    [
        ("gopher://a/b.json", {}, "gopher:// is not one of"),
        ("http://a/b.json", {}, "http:// is not one of"),
        ("a.parquets", {}, "the format 'parquets' is not one of"),
        ("a", {}, "the format '' is not one of"),
        ("a.json", {"format": "yaml"}, "the format 'yaml' is not one of"),
        ("stdout:", {}, "the format '' is not one of"),
    ],
)
def test_refuses_feed_that_could_never_be_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    options: dict[str, Any],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongInput) as refusal:
        check_feeds(project(FEEDS={address: options}))
    assert words in sentence_of(refusal)
    assert address in sentence_of(refusal)
    assert list(tmp_path.iterdir()) == []


def test_refuses_feed_whose_library_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    with pytest.raises(WrongInput) as refusal:
        check_feeds(project(FEEDS={"s3://bucket/a.json": {}}))
    assert "s3:// needs the package boto3" in sentence_of(refusal)


@pytest.mark.parametrize("name", ["a.json", "a.xml", "a.b"])
def test_refuses_to_append_where_it_would_break_the_feed(tmp_path: Path, name: str) -> None:
    options = {"format": "json"} if name == "a.b" else {}
    (tmp_path / name).write_text("[]")
    for address in (str(tmp_path / name), (tmp_path / name).as_uri()):
        with pytest.raises(WrongInput) as refusal:
            check_feeds(project(FEEDS={address: options}))
        assert "use -O" in sentence_of(refusal)
    assert (tmp_path / name).read_text() == "[]"


def test_path_of_a_feed_is_no_quoted_address(tmp_path: Path) -> None:
    (tmp_path / "a%20b.json").write_text("[]")
    with pytest.raises(WrongInput, match="use -O"):
        check_feeds(project(FEEDS={str(tmp_path / "a%20b.json"): {}}))


@pytest.mark.parametrize(
    ("name", "options"), [("a.json", {"overwrite": True}), ("a.jsonl", {}), ("a.csv", {})]
)
def test_takes_feed_that_is_there_already(
    tmp_path: Path, name: str, options: dict[str, Any]
) -> None:
    (tmp_path / name).write_text("earlier")
    check_feeds(project(FEEDS={str(tmp_path / name): options}))
    assert (tmp_path / name).read_text() == "earlier"


def test_feed_below_a_file_cannot_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart) as refusal:
        check_feeds(project(FEEDS={str(tmp_path / "file" / "a.json"): {}}))
    assert str(tmp_path / "file") in sentence_of(refusal)


# --- stores -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["OUTPUT_DIR", "IMAGES_STORE", "THUMBS_STORE"])
def test_store_below_a_file_cannot_start(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(CannotStart) as refusal:
            check_stores(project(**{name: str(place)}))
        assert name in sentence_of(refusal)
        assert str(place) in sentence_of(refusal)
        assert refusal.value.exit_status is ExitStatus.COULD_NOT


def test_store_elsewhere_is_not_made_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    check_stores(project(IMAGES_STORE="ftp://host/images"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "place", "words"),
    [
        ("THUMBS_STORE", "foo://bucket", "is not a folder, s3://, gs:// or ftp://"),
        ("OUTPUT_DIR", "s3://bucket", "is not a folder"),
    ],
)
def test_store_that_cannot_be_reached_is_a_sentence(name: str, place: str, words: str) -> None:
    with pytest.raises(WrongInput, match=words):
        check_stores(project(**{name: place}))


@pytest.mark.parametrize(
    ("place", "module", "words"),
    [
        ("s3://bucket/images", "boto3", "IMAGES_STORE=s3://bucket/images needs the package boto3"),
        (
            "gs://bucket",
            "google.cloud.storage",
            "gs://bucket needs the package google-cloud-storage",
        ),
    ],
)
def test_store_whose_library_is_missing_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, place: str, module: str, words: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(WrongInput) as refusal:
        check_stores(project(IMAGES_STORE=place))
    assert words in sentence_of(refusal)


def test_check_makes_the_folder_and_leaves_nothing_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    check_writable(folder, "OUTPUT_DIR")
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_that_may_only_be_read_cannot_start(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(CannotStart, match="Permission denied"):
        check_writable(tmp_path, "OUTPUT_DIR")


def test_name_that_is_too_long_cannot_start(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="too long"):
        check_writable(tmp_path / ("x" * 300), "OUTPUT_DIR")
