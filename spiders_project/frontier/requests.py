"""Scrapy's requests as JSON text: readable by other programs, and no code runs to read it."""

import base64
import json
from collections.abc import Callable
from typing import Any

from scrapy import Request, Spider
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.misc import load_object

_BYTES, _TUPLE, _DICT = "__bytes__", "__tuple__", "__dict__"
_TAGS = (_BYTES, _TUPLE, _DICT)
_NO_CALLBACK = "NO_CALLBACK"
_PLAIN = {
    "method": "GET",
    "encoding": "utf-8",
    "priority": 0,
    "dont_filter": False,
}


class NotStorable(ValueError):
    """A request that cannot be written as JSON, or text that is no request of this spider."""


def to_json(request: Request, spider: Spider) -> str:
    """Return a request as JSON text; raises NotStorable naming what it cannot keep."""
    values: dict[str, Any] = {"url": request.url}
    if type(request) is not Request:
        values["class"] = f"{type(request).__module__}.{type(request).__qualname__}"
    for name in ("callback", "errback"):
        if (method := getattr(request, name)) is not None:
            values[name] = _name_of(method, name, request, spider)
    for name, default in _PLAIN.items():
        if (value := getattr(request, name)) != default:
            values[name] = value
    if request.headers:
        values["headers"] = [
            [name.decode("latin-1"), [value.decode("latin-1") for value in many]]
            for name, many in request.headers.items()
        ]
    if request.body:
        values["body"] = base64.b64encode(request.body).decode()
    for name in ("cookies", "meta", "cb_kwargs", "flags"):
        if value := getattr(request, name):
            values[name] = _plain(value, name, request)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str, spider: Spider) -> Request:
    """Return the request again; raises NotStorable for text that is none of this spider."""
    try:
        values = json.loads(text)
        kind = load_object(values.pop("class")) if "class" in values else Request
        for name in ("callback", "errback"):
            if name in values:
                values[name] = _method(values[name], spider)
        for name in ("cookies", "meta", "cb_kwargs", "flags"):
            if name in values:
                values[name] = _restored(values[name])
        if "headers" in values:
            values["headers"] = {
                name: [value.encode("latin-1") for value in many]
                for name, many in values["headers"]
            }
        if "body" in values:
            values["body"] = base64.b64decode(values["body"])
        request = kind(**values)
    except (ValueError, TypeError, KeyError, AttributeError, ImportError, NameError) as error:
        raise NotStorable(
            f"what is stored is no request of the spider {spider.name}: {error}"
        ) from error
    assert isinstance(request, Request)
    return request


def _name_of(method: Any, role: str, request: Request, spider: Spider) -> str:
    if method is NO_CALLBACK:
        return _NO_CALLBACK
    name = getattr(method, "__name__", "")
    if getattr(spider, name, None) != method:
        raise NotStorable(
            f"{request.url}: its {role} {name or method!r} is no method of the spider {spider.name}"
        )
    return str(name)


def _method(name: str, spider: Spider) -> Callable[..., Any]:
    if name == _NO_CALLBACK:
        return NO_CALLBACK
    method: Callable[..., Any] = getattr(spider, name)
    return method


def _plain(value: Any, where: str, request: Request) -> Any:
    """Return a value in JSON's types; bytes and tuples are tagged."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes):
        return {_BYTES: base64.b64encode(value).decode()}
    if isinstance(value, list | tuple):
        plain = [_plain(each, f"{where}[{n}]", request) for n, each in enumerate(value)]
        return plain if isinstance(value, list) else {_TUPLE: plain}
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        plain_dict = {
            key: _plain(each, f"{where}[{key!r}]", request) for key, each in value.items()
        }
        # A dict that looks like a tag is tagged itself.
        return {_DICT: plain_dict} if len(value) == 1 and next(iter(value)) in _TAGS else plain_dict
    raise NotStorable(f"{request.url}: {where} holds {type(value).__name__}, which is not JSON")


def _restored(value: Any) -> Any:
    if isinstance(value, list):
        return [_restored(each) for each in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        tag, inner = next(iter(value.items()))
        if tag == _BYTES:
            return base64.b64decode(inner)
        if tag == _TUPLE:
            return tuple(_restored(inner))
        if tag == _DICT:
            return {key: _restored(each) for key, each in inner.items()}
    return {key: _restored(each) for key, each in value.items()}
