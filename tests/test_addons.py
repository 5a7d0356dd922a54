"""All places of a crawl hang on OUTPUT_DIR."""

from pathlib import Path
from typing import Any

import pytest
from scrapy.extensions.feedexport import apply_uri_params
from scrapy.settings import Settings

from spiders_project.addons.lean import LeanCrawl
from spiders_project.addons.output import OutputFolder, output_folder
from spiders_project.catalogue.database import open_database, parse_url


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory outside of any project."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def derived(**given: Any) -> Settings:
    settings = Settings()
    settings.setmodule("spiders_project.settings", priority="project")
    settings.setdict(given, priority="cmdline")
    OutputFolder.update_pre_crawler_settings(settings)
    return settings


def feed_of(settings: Settings) -> Path:
    """Return the file that Scrapy makes of the address of the one feed."""
    (address,) = settings.getdict("FEEDS")
    return Path(apply_uri_params(address, {"name": "wallpapers"}))


def test_relative_folder_starts_here(here: Path) -> None:
    assert output_folder(Settings({"OUTPUT_DIR": "pictures"})) == here / "pictures"


def test_absolute_folder_stays(here: Path) -> None:
    assert output_folder(Settings({"OUTPUT_DIR": "/srv/pictures"})) == Path("/srv/pictures")


def test_tilde_is_the_home_folder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(here / "home"))
    assert output_folder(Settings({"OUTPUT_DIR": "~/pictures"})) == here / "home" / "pictures"


def test_no_folder_means_output_beside_scrapy_cfg(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "scrapy.cfg").write_text("[settings]\n")
    (here / "deep" / "below").mkdir(parents=True)
    monkeypatch.chdir(here / "deep" / "below")
    assert output_folder(Settings({"OUTPUT_DIR": ""})) == here / "output"


def test_no_folder_and_no_scrapy_cfg_means_output_here(here: Path) -> None:
    assert output_folder(Settings({"OUTPUT_DIR": ""})) == here / "output"


def test_places_lie_below_the_folder(here: Path) -> None:
    settings = derived(OUTPUT_DIR="pictures")
    assert settings["IMAGES_STORE"] == str(here / "pictures" / "images")
    assert settings["THUMBS_STORE"] == str(here / "pictures" / "thumbs")
    assert feed_of(settings) == here / "pictures" / "wallpapers.json"


def test_derived_feed_is_replaced_by_each_run(here: Path) -> None:
    (options,) = derived().getdict("FEEDS").values()
    assert options["overwrite"] is True


@pytest.mark.parametrize("name", ["100%", "50%off", "a b #1", "图片"])
def test_folder_may_have_any_name(here: Path, name: str) -> None:
    settings = derived(OUTPUT_DIR=str(here / name))
    assert feed_of(settings) == here / name / "wallpapers.json"
    assert settings["IMAGES_STORE"] == str(here / name / "images")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IMAGES_STORE", "s3://bucket/images"),
        ("THUMBS_STORE", "/srv/thumbs"),
        ("FEEDS", {"/srv/feed.jsonl": {"format": "jsonlines"}}),
    ],
)
def test_place_that_is_set_itself_wins(here: Path, name: str, value: Any) -> None:
    settings = derived(OUTPUT_DIR="pictures", **{name: value})
    chosen = settings.getdict(name) if name == "FEEDS" else settings[name]
    assert chosen == value


@pytest.mark.parametrize("name", ["IMAGES_STORE", "THUMBS_STORE"])
def test_address_of_a_folder_is_that_folder(here: Path, name: str) -> None:
    settings = derived(**{name: (here / "图片 1").as_uri()})
    assert settings[name] == str(here / "图片 1")


def test_place_that_is_set_leaves_the_others_below_the_folder(here: Path) -> None:
    settings = derived(OUTPUT_DIR="pictures", IMAGES_STORE="/srv/images")
    assert settings["THUMBS_STORE"] == str(here / "pictures" / "thumbs")
    assert feed_of(settings) == here / "pictures" / "wallpapers.json"


def test_feeds_may_be_switched_off(here: Path) -> None:
    assert derived(FEEDS="{}").getdict("FEEDS") == {}


def test_deriving_twice_changes_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = derived(OUTPUT_DIR="pictures")
    names = ("OUTPUT_DIR", "IMAGES_STORE", "THUMBS_STORE", "FEEDS")
    first = {name: str(settings[name]) for name in names}
    OutputFolder.update_pre_crawler_settings(settings)
    assert {name: str(settings[name]) for name in names} == first


@pytest.mark.parametrize("name", ["plain", "wer?was", "50%25 off", "a#b", "中文 目录"])
def test_the_catalogue_lies_in_the_output_folder_whatever_that_is_called(
    name: str, tmp_path: Path
) -> None:
    settings = derived(OUTPUT_DIR=str(tmp_path / name))
    open_database(parse_url(settings["CATALOGUE_URL"])).dispose()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "catalogue.db").is_file()


@pytest.mark.parametrize("is_wanted", [True, False])
def test_remote_control_is_loaded_only_where_it_is_wanted(*, is_wanted: bool) -> None:
    settings = Settings({"REMOTE_CONTROL_ENABLED": is_wanted})
    LeanCrawl.update_settings(settings)
    extensions = settings.get_component_priority_dict_with_base("EXTENSIONS")
    assert ("scrapy.extensions.remote_control.RemoteControl" in extensions) == is_wanted
