"""``scrapy fetch``, ``shell`` and ``parse`` look at one page and leave nothing behind."""

import subprocess
from pathlib import Path

import pytest

from tests.conftest import PROJECT, DemoSite, scrapy_command


def _scrapy(output: Path, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    command = scrapy_command(
        *words, "-s", f"OUTPUT_DIR={output}", "-s", "ALLOWED_PRIVATE_HOSTS=127.0.0.1"
    )
    return subprocess.run(
        command, cwd=PROJECT, input=typed, capture_output=True, text=True, timeout=60, check=False
    )


def test_fetch_prints_a_page(demo_site: DemoSite, output: Path) -> None:
    run = _scrapy(output, "fetch", "--nolog", f"{demo_site.url}/ocean/index.html")
    assert run.returncode == 0, run.stderr
    assert "<html" in run.stdout
    assert "Traceback" not in run.stderr
    assert not output.exists()


def test_shell_fetches_a_page(demo_site: DemoSite, output: Path) -> None:
    url = f"{demo_site.url}/ocean/index.html"
    run = _scrapy(output, "shell", "--nolog", url, typed="print(response.status, len(links))\n")
    assert "200" in run.stdout + run.stderr
    assert not output.exists()


@pytest.mark.parametrize("callback", ["parse_listing", "parse_detail"])
def test_parse_shows_what_a_callback_yields(
    demo_site: DemoSite, output: Path, callback: str
) -> None:
    run = _scrapy(output, "parse", "--spider=wallpapers", "-c", callback, demo_site.url)
    assert "Scraped Items" in run.stdout, run.stderr
