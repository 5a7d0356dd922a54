"""Requests as JSON text and back again."""

import json
from collections import namedtuple
from collections.abc import Iterator
from datetime import date
from typing import Any
from xmlrpc.client import dumps

import pytest
from scrapy import FormRequest, Request, Spider
from scrapy.http import JsonRequest, Response, XmlRpcRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.item import Item

from spiders_project.frontier.requests import NotStorable, from_json, to_json

_ADDRESS = "https://gallery.example/birds/?page=2"
_ATTRIBUTES = Request.attributes

Card = namedtuple("Card", "title place")


class Birds(Spider):
    """A spider with callbacks."""

    name = "birds"

    def parse_detail(self, response: Response) -> Iterator[Any]:
        yield {}

    def note_failure(self, failure: Any) -> None:
        pass


@pytest.fixture
def spider() -> Birds:
    return Birds()


def again(request: Request, spider: Spider) -> Request:
    """Send a request through its text and check that no attribute has changed."""
    copy = from_json(to_json(request, spider), spider)
    assert type(copy) is type(request)
    for name in type(request).attributes:
        assert getattr(copy, name) == getattr(request, name), name
    return copy


def test_a_plain_request_is_its_address(spider: Birds) -> None:
    assert json.loads(to_json(Request(_ADDRESS), spider)) == {"url": _ADDRESS}


def test_every_attribute_comes_back(spider: Birds) -> None:
    request = Request(
        _ADDRESS,
        callback=spider.parse_detail,
        errback=spider.note_failure,
        method="PUT",
        headers={"Referer": "https://gallery.example/", "X-Two": ["a", b"\xff\x00"]},
        body=b"\x00\xffbytes",
        cookies={"session": "ä", "age": 3},
        meta={"depth": 2, "proxy": None, "download_timeout": 1.5, "_hidden": True},
        cb_kwargs={"category": "birds", "places": [1, 2]},
        encoding="gb18030",
        priority=-7,
        dont_filter=True,
        flags=["seen"],
    )
    copy = again(request, spider)
    assert copy.headers.getlist("X-Two") == [b"a", b"\xff\x00"]
    assert set(_ATTRIBUTES) == {
        *("url", "callback", "errback", "method", "headers", "body", "cookies", "meta"),
        *("cb_kwargs", "encoding", "priority", "dont_filter", "flags"),
    }


def test_the_callback_is_a_method_of_the_present_spider(spider: Birds) -> None:
    text = to_json(Request(_ADDRESS, spider.parse_detail), spider)
    tomorrow = Birds()
    assert from_json(text, tomorrow).callback == tomorrow.parse_detail


def test_no_callback_stays_none_at_all(spider: Birds) -> None:
    assert again(Request(_ADDRESS, callback=NO_CALLBACK), spider).callback is NO_CALLBACK


def test_header_names_beyond_ascii_come_back(spider: Birds) -> None:
    copy = again(Request(_ADDRESS, headers={b"X-\xc9": b"\xe9"}), spider)
    assert copy.headers[b"X-\xc9"] == b"\xe9"


def test_cookies_with_domains_come_back(spider: Birds) -> None:
    cookies: list[Any] = [{"name": b"a", "value": "b", "domain": "x"}]
    assert again(Request(_ADDRESS, cookies=cookies), spider).cookies == cookies


@pytest.mark.parametrize(
    "value",
    [
        b"\x00\xff",
        (1, ("two", b"three")),
        {"a": {"b": [(), {}, None, True, 0.5]}},
        {"__bytes__": "no bytes"},
        {"__tuple__": [1]},
        {"__dict__": {"__dict__": {}}},
        {"__bytes__": b"x", "other": 1},
        "漢字 \u2028 \x00 \N{GRINNING FACE}",
        "half a pair: \ud83d",
        10**30,
    ],
)
def test_values_keep_their_types(spider: Birds, value: Any) -> None:
    copy = again(Request(_ADDRESS, meta={"value": value}, cb_kwargs={"value": value}), spider)
    assert repr(copy.meta["value"]) == repr(value)
    to_json(copy, spider).encode()


def test_meta_itself_may_look_like_a_tag(spider: Birds) -> None:
    assert again(Request(_ADDRESS, meta={"__tuple__": [1]}), spider).meta == {"__tuple__": [1]}


def test_text_stays_readable(spider: Birds) -> None:
    assert "山水" in to_json(Request(_ADDRESS, meta={"title": "山水"}), spider)


@pytest.mark.parametrize(
    "request_",
    [
        FormRequest(_ADDRESS, formdata={"q": "ä b", "page": "2"}),
        FormRequest(_ADDRESS, formdata={"q": "x"}, method="GET"),
        JsonRequest(_ADDRESS, data={"q": ["ä"]}, dumps_kwargs={"indent": 1}),
        JsonRequest(_ADDRESS),
        XmlRpcRequest(_ADDRESS, body=dumps((1,), "add")),
        XmlRpcRequest(_ADDRESS, method="GET", dont_filter=False),
    ],
    ids=repr,
)
def test_other_classes_come_back_with_body_and_headers(spider: Birds, request_: Request) -> None:
    copy = again(request_, spider)
    assert (copy.body, copy.headers) == (request_.body, request_.headers)


def test_an_address_is_kept_as_it_is_written(spider: Birds) -> None:
    url = "https://gallery.example/a b|c?x=[1]"
    assert again(Request(url, meta={"verbatim_url": True}), spider).url == url


@pytest.mark.parametrize(
    ("meta", "place"),
    [
        ({"session": object()}, r"meta\['session'\] holds object"),
        ({"day": date(2026, 11, 24)}, r"meta\['day'\] holds date"),
        ({"a": [{"b": {1, 2}}]}, r"meta\['a'\]\[0\]\['b'\] holds set"),
        ({"item": Item()}, r"meta\['item'\] holds Item"),
        ({"card": Card("Heron", 3)}, r"meta\['card'\] holds Card"),
        ({"ratio": float("nan")}, r"meta\['ratio'\] holds float nan"),
        ({"pages": {1: "a"}}, r"meta\['pages'\] has the key 1, a int"),
    ],
)
def test_what_json_does_not_know_is_named(spider: Birds, meta: dict[str, Any], place: str) -> None:
    with pytest.raises(NotStorable, match=rf"^https://gallery\.example/birds/\?page=2: {place}"):
        to_json(Request(_ADDRESS, meta=meta), spider)


def test_endless_nesting_is_named(spider: Birds) -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(NotStorable, match="cb_kwargs is nested too deeply"):
        to_json(Request(_ADDRESS, cb_kwargs={"endless": endless}), spider)


def test_a_callback_that_is_no_method_of_the_spider_is_named(spider: Birds) -> None:
    for callback in (lambda _: None, Birds().parse_detail, print):
        with pytest.raises(NotStorable, match=r"gallery\.example.*its callback .*spider birds"):
            to_json(Request(_ADDRESS, callback=callback), spider)
    with pytest.raises(NotStorable, match="its errback"):
        to_json(Request(_ADDRESS, errback=lambda _: None), spider)


def test_a_class_that_cannot_be_found_again_is_named(spider: Birds) -> None:
    class Hidden(Request):
        pass

    with pytest.raises(NotStorable, match=r"gallery\.example.*Hidden cannot be imported"):
        to_json(Hidden(_ADDRESS), spider)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "3",
        "null",
        '"url"',
        "{}",
        '{"url": 3}',
        '{"url": "no scheme"}',
        '{"url": "https://a.example", "colour": "red"}',
        '{"url": "https://a.example", "headers": ["x"]}',
        '{"url": "https://a.example", "body": "ä"}',
        '{"url": "https://a.example", "callback": 3}',
        '{"url": "https://a.example", "callback": "name"}',
        '{"url": "https://a.example", "class": "no.such.Class"}',
        '{"url": "https://a.example", "class": "builtins.dict"}',
        '{"url": "https://a.example", "meta": ' + "[" * 5000 + "]" * 5000 + "}",
    ],
)
def test_text_that_is_no_request_is_refused(spider: Birds, text: str) -> None:
    with pytest.raises(NotStorable, match="no request of the spider birds: "):
        from_json(text, spider)


def test_a_method_that_the_spider_has_no_more_is_named(spider: Birds) -> None:
    text = to_json(Request(_ADDRESS, spider.parse_detail), spider)
    with pytest.raises(NotStorable, match="it has no method parse_detail"):
        from_json(text, Spider("birds"))
