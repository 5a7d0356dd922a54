"""Arguments as a person or scrapyd gives them, and one sentence for each mistake."""

from typing import Any

import pytest
from pydantic import ValidationError

from spiders_project.errors import ExitStatus, WrongInput
from spiders_project.spiders.arguments import CrawlArguments


def sentence_for(**arguments: str) -> str:
    with pytest.raises(WrongInput) as refusal:
        CrawlArguments.parse(arguments)
    assert refusal.value.exit_status is ExitStatus.WRONG_INPUT
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_without_arguments_the_demo_is_crawled_as_a_whole() -> None:
    arguments = CrawlArguments.parse({})
    assert arguments.site == "demo"
    assert arguments.category == ()
    for value in (arguments.pages, arguments.limit, arguments.min_width, arguments.min_height):
        assert value is None


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("site", "moyublog", "moyublog"),
        ("site", "https://example.org/?a=b", "https://example.org/?a=b"),
        ("pages", "1", 1),
        ("pages", " 12 ", 12),
        ("limit", "1", 1),
        ("limit", "1000000", 1_000_000),
        ("min_width", "0", 0),
        ("min_width", "1920", 1920),
        ("min_height", "0", 0),
        ("min_height", "1080", 1080),
        ("category", "sea", ("sea",)),
        ("category", "sea,space", ("sea", "space")),
        ("category", " sea , space ,", ("sea", "space")),
        ("category", "山水", ("山水",)),
        ("category", "", ()),
        ("category", ",", ()),
    ],
)
def test_reads_argument(name: str, given: str, value: Any) -> None:
    assert getattr(CrawlArguments.parse({name: given}), name) == value


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("pages", "many", "pages=many is not a whole number"),
        ("pages", "", "pages= is not a whole number"),
        ("pages", "1.5", "pages=1.5 is not a whole number"),
        ("pages", "0", "pages=0 is too small; give at least 1"),
        ("pages", "-3", "pages=-3 is too small; give at least 1"),
        ("limit", "0", "limit=0 is too small; give at least 1"),
        ("limit", "1e3", "limit=1e3 is not a whole number"),
        ("min_width", "-1", "min_width=-1 is too small; give at least 0"),
        ("min_height", "full", "min_height=full is not a whole number"),
        ("pages", "9" * 5000, "pages=999"),
    ],
)
def test_refuses_value_that_cannot_be_meant(name: str, given: str, words: str) -> None:
    assert sentence_for(**{name: given}).startswith(words)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("limt", "did you mean limit?"),
        ("page", "did you mean pages?"),
        ("categories", "did you mean category?"),
        ("min-width", "did you mean min_width?"),
    ],
)
def test_unknown_argument_hints_at_the_right_one(name: str, hint: str) -> None:
    sentence = sentence_for(**{name: "5"})
    assert f"the argument {name} is not known" in sentence
    assert hint in sentence


@pytest.mark.parametrize("name", ["start_urls", "name", "custom_settings", "__class__", "self", ""])
def test_unknown_argument_is_refused_with_the_known_ones(name: str) -> None:
    sentence = sentence_for(**{name: "x"})
    assert all(known in sentence for known in CrawlArguments.model_fields)


def test_every_mistake_is_named() -> None:
    sentence = sentence_for(pages="many", limt="5")
    assert "pages=many" in sentence
    assert "limt" in sentence


def test_categories_may_be_given_one_by_one() -> None:
    assert CrawlArguments.parse({"category": ["sea", "space"]}).category == ("sea", "space")


@pytest.mark.parametrize("name", ["_job", "_version"])
def test_what_scrapyd_adds_is_allowed(name: str) -> None:
    assert CrawlArguments.parse({name: "5f3c", "limit": "2"}).limit == 2


def test_arguments_stay_as_they_were_given() -> None:
    arguments = CrawlArguments.parse({"limit": "2"})
    with pytest.raises(ValidationError):
        arguments.limit = 3


@pytest.mark.parametrize("name", CrawlArguments.model_fields)
def test_every_argument_is_described(name: str) -> None:
    assert CrawlArguments.model_fields[name].description
