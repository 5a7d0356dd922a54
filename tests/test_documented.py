"""What is not documented fails: settings, statistics, outcomes, arguments, commands, sites."""

from pathlib import Path

import pytest

from spiders_project import counters, settings
from spiders_project.outcomes import Outcome, Reason
from spiders_project.pages.registry import known_sites
from spiders_project.spiders.arguments import CrawlArguments

PROJECT = Path(__file__).parent.parent
COMMANDS = sorted(path.stem for path in (PROJECT / "spiders_project" / "commands").glob("[!_]*.py"))


def words_of(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(filter(str.isupper, dir(settings))))
def test_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in words_of("docs/settings.md")


@pytest.mark.parametrize("name", [v for k, v in vars(counters).items() if k.isupper()])
def test_statistic_is_documented(name: str) -> None:
    assert f"`{name}`" in words_of("docs/statistics.md")


@pytest.mark.parametrize("word", [*Outcome, *Reason])
def test_outcome_is_documented(word: str) -> None:
    assert f"`{word}`" in words_of("docs/statistics.md")


@pytest.mark.parametrize("name", CrawlArguments.model_fields)
def test_argument_is_documented(name: str) -> None:
    assert f"`{name}`" in words_of("README.md")


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name: str) -> None:
    assert f"scrapy {name}" in words_of("README.md")


@pytest.mark.parametrize("name", known_sites())
def test_site_is_documented(name: str) -> None:
    site = known_sites()[name]
    assert f"`{name}`" in words_of("docs/sites.md")
    assert site.root in words_of("docs/sites.md")
