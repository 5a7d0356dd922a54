"""Questions about web addresses."""

import pytest

from spiders_project.urls import (
    host_of,
    origin_of,
    referer_for,
    split_web_address,
    without_password,
)


@pytest.mark.parametrize(
    ("url", "host", "origin"),
    [
        ("https://example.org", "example.org", "https://example.org"),
        ("https://example.org/a?b#c", "example.org", "https://example.org"),
        ("HTTPS://Example.ORG/A", "example.org", "https://example.org"),
        ("https://example.org:443/", "example.org", "https://example.org"),
        ("http://example.org:80/", "example.org", "http://example.org"),
        ("http://example.org:443/", "example.org", "http://example.org:443"),
        ("https://example.org:8443/", "example.org", "https://example.org:8443"),
        ("https://example.org:/", "example.org", "https://example.org"),
        ("https://someone:secret@example.org/", "example.org", "https://example.org"),
        ("https://example.org@evil.example/", "evil.example", "https://evil.example"),
        ("http://[2001:DB8::1]:8080/", "2001:db8::1", "http://[2001:db8::1]:8080"),
        ("http://[::1]/", "::1", "http://[::1]"),
        ("http://127.0.0.1:8642/", "127.0.0.1", "http://127.0.0.1:8642"),
    ],
)
def test_web_address_has_a_host_and_an_origin(url: str, host: str, origin: str) -> None:
    assert split_web_address(url) is not None
    assert host_of(url) == host
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/",
        "/a.html",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "mailto:a@example.org",
        "http://",
        "http:///a",
        "http:a",
        "https://:443/",
        "http://someone@/",
        "http://[::1",
        "http://[no address]/",
        "http://example.org:port/",
        "http://example.org:99999/",
        "http://example.org:-1/",
    ],
)
def test_other_text_is_no_web_address(url: str) -> None:
    assert split_web_address(url) is None
    assert host_of(url) == ""
    assert origin_of(url) == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("ftp://me:secret@host:21/folder", "ftp://***@host:21/folder"),
        ("socks5://me@host", "socks5://***@host"),
        ("https://host/a@b", "https://host/a@b"),
        ("s3://bucket", "s3://bucket"),
        ("/srv/a@b", "/srv/a@b"),
    ],
)
def test_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert without_password(address) == shown


@pytest.mark.parametrize(
    ("page", "target", "referer"),
    [
        ("https://a.org/x?y#z", "https://a.org/1.jpg", "https://a.org/x?y"),
        ("https://a.org/x", "https://a.org:443/1.jpg", "https://a.org/x"),
        ("http://a.org/x", "http://a.org/1.jpg", "http://a.org/x"),
        ("https://a.org/x", "https://b.org/1.jpg", "https://a.org/"),
        ("https://a.org/x", "https://cdn.a.org/1.jpg", "https://a.org/"),
        ("https://a.org:8443/x", "https://a.org/1.jpg", "https://a.org:8443/"),
        ("http://a.org/x", "https://a.org/1.jpg", "http://a.org/"),
        ("http://a.org/x", "http://b.org/1.jpg", "http://a.org/"),
        ("https://a.org/x", "http://a.org/1.jpg", None),
        ("https://a.org/x", "http://b.org/1.jpg", None),
        ("https://u:p@a.org/x", "https://a.org/1.jpg", "https://a.org/x"),
        ("https://u:p@a.org/x", "https://b.org/1.jpg", "https://a.org/"),
        ("", "https://a.org/1.jpg", None),
        ("about:blank", "https://a.org/1.jpg", None),
        ("https://a.org/x", "data:image/png;base64,AAAA", None),
        ("https://a.org/x", "", None),
    ],
)
def test_referer_is_what_browsers_send(page: str, target: str, referer: str | None) -> None:
    assert referer_for(page, target) == referer
