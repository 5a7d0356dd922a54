"""What the sites see of us."""

from tests.conftest import RunCrawl
from tests.gallery import LISTING, Answer, Gallery, picture_bytes


def test_robots_txt_is_obeyed_on_pages_and_on_the_hosts_of_pictures(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures(
        {title: picture_bytes(n) for n, title in enumerate(["one", "two", "three"])}
    )
    gallery.put("/robots.txt", b"User-agent: *\nDisallow: /pictures/1\nDisallow: /0.html")

    run = crawl_gallery()

    assert run.outcomes() == {
        "": "refused robots",
        "two": "refused robots",
        "three": "downloaded",
    }
    assert gallery.requests["/robots.txt"] == 2  # one for each host
    assert gallery.requests["/0.html"] == gallery.requests["/pictures/1.jpg"] == 0


def test_a_site_that_forbids_everything_is_left_alone(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})
    gallery.put("/robots.txt", b"User-agent: *\nDisallow: /")

    run = crawl_gallery()

    assert run.status == 1
    assert "robots.txt forbids" in run.sentence
    assert set(gallery.requests) == {"/robots.txt"}


def test_requests_say_who_we_are_and_where_we_come_from(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})

    crawl_gallery()

    headers = gallery.headers["/pictures/0.jpg"]
    assert headers["User-Agent"].startswith("spiders_project/")
    # Another host learns the origin only, as from a browser.
    assert headers["Referer"] == gallery.url + "/"
    assert headers["Accept-Encoding"] == "identity"
    assert headers["Accept"].startswith("image/*")


def test_a_page_is_asked_for_once(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    picture = gallery.put("/shared.jpg", picture_bytes(1), "image/jpeg")
    details = [gallery.put_detail(f"/{name}.html", name, picture) for name in ("a", "b")]
    gallery.put_listing([*details, *details])
    second = LISTING.replace("index", "index_2")
    gallery.put_listing(details, second)

    run = crawl_gallery()

    assert run.status == 0, run.stderr
    assert sorted(run.outcomes().values()) == ["downloaded", "duplicate"]
    asked = {path: count for path, count in gallery.requests.items() if path != "/robots.txt"}
    assert asked == {LISTING: 1, second: 1, "/a.html": 1, "/b.html": 1, "/shared.jpg": 1}


def test_links_to_other_sites_are_not_followed(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})
    elsewhere = gallery.put_detail("/elsewhere.html", "elsewhere", "http://127.0.0.1:1/x.jpg")
    gallery.put_listing(["/0.html", gallery.picture_url + elsewhere])

    run = crawl_gallery()

    assert run.outcomes() == {"one": "downloaded"}
    assert gallery.requests["/elsewhere.html"] == 0


def test_a_server_that_fails_is_asked_again_a_few_times(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    overloaded = Answer(b"", 503, {"Retry-After": "1"})
    gallery.put_pictures({"one": picture_bytes(1), "never": overloaded})

    run = crawl_gallery(RETRY_TIMES=2)

    assert run.outcomes() == {"one": "downloaded", "never": "failed http-503"}
    assert gallery.requests["/pictures/1.jpg"] == 3
