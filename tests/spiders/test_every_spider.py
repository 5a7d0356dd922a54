"""What every spider owes, found by Scrapy's own spider loader."""

import re

import pytest
from scrapy import Spider
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from spiders_project.errors import WrongInput


def loaded_spiders() -> dict[str, type[Spider]]:
    settings = Settings()
    settings.setmodule("spiders_project.settings", priority="project")
    loader = get_spider_loader(settings)
    return {name: loader.load(name) for name in sorted(loader.list())}


SPIDERS = loaded_spiders()
every_spider = pytest.mark.parametrize("spider", SPIDERS.values(), ids=SPIDERS)


def test_the_main_spider_is_among_them() -> None:
    assert "wallpapers" in SPIDERS


@every_spider
def test_name_is_snake_case_and_that_of_the_file(spider: type[Spider]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", spider.name)
    assert spider.__module__ == f"spiders_project.spiders.{spider.name}"


@every_spider
def test_is_described_for_people(spider: type[Spider]) -> None:
    assert spider.__doc__
    assert spider.__doc__ != Spider.__doc__


@every_spider
def test_may_follow_pictures_to_any_host(spider: type[Spider]) -> None:
    assert not getattr(spider, "allowed_domains", None)


@every_spider
def test_changes_no_setting_in_silence(spider: type[Spider]) -> None:
    assert not spider.custom_settings


@every_spider
def test_refuses_unknown_argument(spider: type[Spider]) -> None:
    with pytest.raises(WrongInput, match="no_such_argument"):
        spider(no_such_argument="1")


@every_spider
def test_takes_the_job_number_of_scrapyd(spider: type[Spider]) -> None:
    with pytest.raises(WrongInput) as refusal:
        spider(_job="5f3c", no_such_argument="1")
    assert "_job" not in str(refusal.value)


@every_spider
def test_checks_arguments_before_a_crawl_is_made(spider: type[Spider]) -> None:
    check = getattr(spider, "check_arguments", None)
    assert check is not None
    with pytest.raises(WrongInput, match="no_such_argument"):
        check({"no_such_argument": "1"})
