"""The main job over real HTTP: every picture of the demo site, byte for byte."""

from collections import Counter
from pathlib import Path

from tests.conftest import DemoSite, RunCrawl


def test_stores_every_demo_picture_as_it_was_served(crawl: RunCrawl, demo_site: DemoSite) -> None:
    run = crawl(SITE_ROOTS=demo_site.roots)

    assert run.status == 0, run.stderr
    promised = demo_site.read_json("/manifest.json")
    assert Counter(run.pictures.values()) == Counter(entry["sha256"] for entry in promised)
    by_url = {image["url"]: image for item in run.feed for image in item["images"]}
    for entry in promised:
        image = by_url[entry["url"]]
        assert run.pictures[image["path"]] == entry["sha256"]
        for name in ("sha256", "size_bytes", "format", "width", "height"):
            assert image[name] == entry[name], entry["url"]


def test_names_are_titles_and_stay_from_run_to_run(crawl: RunCrawl, demo_site: DemoSite) -> None:
    first = crawl("-a", "category=山水,night", SITE_ROOTS=demo_site.roots)
    second = crawl("-a", "category=山水,night", SITE_ROOTS=demo_site.roots)

    assert second.pictures == first.pictures
    titles = {item["title"] for item in first.feed}
    assert {Path(path).stem for path in first.pictures} == titles
    assert {Path(path).parts[:2] for path in first.pictures} == {
        ("demo", "山水"),
        ("demo", "night"),
    }


def test_reads_a_gbk_category(crawl: RunCrawl, demo_site: DemoSite) -> None:
    run = crawl("-a", "category=night", SITE_ROOTS=demo_site.roots)

    promised = demo_site.read_json("/manifest.json")
    titles = {entry["title"] for entry in promised if entry["category"] == "night"}
    assert {item["title"] for item in run.feed} == titles


def test_fills_every_field_of_the_page(crawl: RunCrawl, demo_site: DemoSite) -> None:
    run = crawl("-a", "limit=3", SITE_ROOTS=demo_site.roots)

    for item in run.feed:
        assert item["site"] == "demo"
        assert all(item[name] for name in ("title", "author", "description", "tags"))
        assert item["license"].startswith("https://creativecommons.org/")
        assert item["published"][:4].isdecimal()
        assert item["crawled_at"].endswith("+00:00")
        assert item["failures"] == []


def test_thumbnails_lie_beside_the_pictures(crawl: RunCrawl, demo_site: DemoSite) -> None:
    run = crawl("-a", "limit=2", SITE_ROOTS=demo_site.roots)

    thumbnails = [image["thumbnail"] for item in run.feed for image in item["images"]]
    assert len(thumbnails) == 2
    assert all((run.output / "thumbs" / path).is_file() for path in thumbnails)


def test_pages_bounds_the_listings_of_each_category(crawl: RunCrawl, demo_site: DemoSite) -> None:
    run = crawl("-a", "category=ocean,space", "-a", "pages=1", SITE_ROOTS=demo_site.roots)

    assert Counter(item["category"] for item in run.feed) == {"ocean": 12, "space": 12}


def test_limit_bounds_the_pictures(crawl: RunCrawl, demo_site: DemoSite) -> None:
    run = crawl("-a", "limit=5", SITE_ROOTS=demo_site.roots)

    assert run.status == 0
    assert len(run.feed) == len(run.pictures) == 5


def test_min_width_refuses_smaller_pictures(crawl: RunCrawl, demo_site: DemoSite) -> None:
    run = crawl("-a", "category=mountains", "-a", "min_width=1900", SITE_ROOTS=demo_site.roots)

    widths = [image["width"] for item in run.feed for image in item["images"]]
    refused = [failure["reason"] for item in run.feed for failure in item["failures"]]
    assert widths
    assert min(widths) >= 1900
    assert set(refused) == {"too-small"}


def test_serves_the_demo_site_itself_by_default(crawl: RunCrawl) -> None:
    run = crawl("-a", "limit=3", DEMO_PORT=0)

    assert run.status == 0, run.stderr
    assert len(run.pictures) == 3


def test_uses_a_demo_site_that_already_has_the_port(crawl: RunCrawl, demo_site: DemoSite) -> None:
    port = demo_site.url.rpartition(":")[2]
    run = crawl("-a", "limit=2", DEMO_PORT=port)

    # The address of the site is the fixed one, so only a crawl of that port can find pictures.
    assert run.status == 0, run.stderr
    assert all(item["page_url"].startswith(demo_site.url) for item in run.feed)


def test_reads_moyublog_on_the_demo_site(crawl: RunCrawl, demo_site: DemoSite) -> None:
    run = crawl(
        "-a",
        "site=moyublog",
        "-a",
        "category=meinv",
        "-a",
        "pages=2",
        SITE_ROOTS=demo_site.roots,
        DOWNLOAD_DELAY=0,
    )

    assert run.status == 0, run.stderr
    assert len(run.feed) == 20
    assert {Path(path).parent.as_posix() for path in run.pictures} == {"moyublog/meinv"}


def test_moyublog_ends_at_the_first_listing_that_is_not_there(
    crawl: RunCrawl, demo_site: DemoSite
) -> None:
    run = crawl("-a", "site=moyublog", SITE_ROOTS=demo_site.roots, DOWNLOAD_DELAY=0)

    assert run.status == 0, run.stderr
    assert len(run.feed) > 20
