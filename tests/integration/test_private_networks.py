"""A crawl never leads to where its person did not send it."""

import json

from tests.conftest import RunCrawl
from tests.downloader.proxies import HttpProxy
from tests.gallery import LISTING, Answer, Gallery, picture_bytes

PUBLIC_SITE = "93.184.216.34"
INSIDE = {
    "private": "http://10.1.2.3/a.jpg",
    "another private one": "http://192.168.0.1/a.jpg",
    "metadata": "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
    "no address": "http://0.0.0.0/a.jpg",
    "mapped": "http://[::ffff:10.1.2.3]/a.jpg",
    "link-local": "http://[fe80::1]/a.jpg",
    "decimal": "http://2852039166/a.jpg",
    "hexadecimal": "http://0xa.1/a.jpg",
    "octal": "http://0251.0376.0251.0376/a.jpg",
}


def _put_pictures(gallery: Gallery, addresses: dict[str, str], host_url: str) -> None:
    """Make a picture of each address, by link, by redirect, and by redirect of its page."""
    links = []
    for number, (name, address) in enumerate(addresses.items()):
        to_it = Answer(status=302, headers={"Location": address})
        gallery.answers[f"/to-{number}.jpg"] = gallery.answers[f"/to-{number}.html"] = to_it
        links += [
            gallery.put_detail(f"/link-{number}.html", f"{name}, link", address),
            gallery.put_detail(
                f"/hop-{number}.html", f"{name}, redirect", f"{host_url}/to-{number}.jpg"
            ),
            f"/to-{number}.html",
        ]
    gallery.put("/fine.jpg", picture_bytes(1), "image/jpeg")
    links.append(gallery.put_detail("/fine.html", "fine", f"{host_url}/fine.jpg"))
    gallery.put_listing(links)


def test_links_and_redirects_to_other_networks_are_refused(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    _put_pictures(gallery, INSIDE, gallery.url)

    run = crawl_gallery()

    assert run.status == 0, run.stderr
    outcomes = run.outcomes()
    assert outcomes.pop("fine") == "downloaded"
    assert outcomes.pop("") == "refused private-address"
    assert len(outcomes) == 2 * len(INSIDE)
    assert {title for title, end in outcomes.items() if end != "refused private-address"} == set()
    pages = [item for item in run.feed if not item["title"]]
    reasons = [failure["reason"] for item in pages for failure in item["failures"]]
    assert reasons == ["private-address"] * len(INSIDE)


def test_a_start_page_that_leads_elsewhere_is_refused(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    metadata = {"Location": "http://169.254.169.254/latest/meta-data/"}
    gallery.answers[LISTING] = Answer(status=302, headers=metadata)

    run = crawl_gallery()

    assert run.status == 1
    assert "(private-address)" in run.sentence


def test_a_robots_txt_that_leads_elsewhere_is_refused(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    gallery.put_pictures({"one": picture_bytes(1)})
    gallery.answers["/robots.txt"] = Answer(status=301, headers={"Location": "http://10.1.2.3/"})

    run = crawl_gallery()

    assert run.status == 1
    assert "(private-address)" in run.sentence


def test_a_public_site_behind_a_proxy_does_not_lead_to_this_machine(
    crawl_gallery: RunCrawl, gallery: Gallery
) -> None:
    inside = INSIDE | {
        "this machine": f"http://127.0.0.1:{gallery.port}/fine.jpg",
        "this machine by name": f"http://localhost:{gallery.port}/fine.jpg",
        "this machine, IPv6": f"http://[::1]:{gallery.port}/fine.jpg",
        "this machine, decimal": f"http://2130706433:{gallery.port}/fine.jpg",
        "this machine, hexadecimal": f"http://0x7f.1:{gallery.port}/fine.jpg",
        "this machine, short": f"http://127.1:{gallery.port}/fine.jpg",
    }
    _put_pictures(gallery, inside, f"http://{PUBLIC_SITE}")

    with HttpProxy({PUBLIC_SITE: ("127.0.0.1", gallery.port)}) as proxy:
        roots = json.dumps({"moyublog": f"http://{PUBLIC_SITE}"})
        run = crawl_gallery(PROXY=proxy.url, SITE_ROOTS=roots)

    assert run.status == 0, run.stderr
    outcomes = run.outcomes()
    assert outcomes.pop("fine") == "downloaded"
    assert {title for title, end in outcomes.items() if end != "refused private-address"} == set()
    assert set(proxy.asked_for) == {PUBLIC_SITE}
    # Nobody said who crawls a live site.
    assert run.stderr.count("CONTACT is empty") == 1


def test_a_host_may_be_permitted(crawl_gallery: RunCrawl, gallery: Gallery) -> None:
    here = {
        "by name": f"http://localhost:{gallery.port}/fine.jpg?1",
        "by address": f"http://127.0.0.1:{gallery.port}/fine.jpg?2",
    }
    _put_pictures(gallery, here, f"http://{PUBLIC_SITE}")
    gallery.put("/fine.jpg?1", picture_bytes(2), "image/jpeg")

    with HttpProxy({PUBLIC_SITE: ("127.0.0.1", gallery.port)}) as proxy:
        run = crawl_gallery(
            PROXY=proxy.url,
            SITE_ROOTS=json.dumps({"moyublog": f"http://{PUBLIC_SITE}"}),
            ALLOWED_PRIVATE_HOSTS="localhost",
            CONTACT="you@example.org",
        )

    outcomes = run.outcomes()
    assert {outcomes["by name, link"], outcomes["by name, redirect"]} == {"downloaded", "duplicate"}
    assert outcomes["by address, link"] == "refused private-address"
    assert outcomes["by address, redirect"] == "refused private-address"
    assert "CONTACT" not in run.stderr
