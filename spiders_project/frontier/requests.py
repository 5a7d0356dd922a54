"""Scrapy's requests as JSON text: readable by other programs, and reading it runs no code of it."""

import base64
import json
import math
from collections.abc import Callable
from functools import cache
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
_NESTED = ("cookies", "meta", "cb_kwargs", "flags")

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class NotStorable(ValueError):
    """A request that cannot be written as JSON, or text that is no request of this spider."""


def to_json(request: Request, spider: Spider) -> str:
    """Return a request as JSON text; raises NotStorable naming what it cannot keep."""
    kind = type(request)
    values: dict[str, Any] = {"url": request.url}
    nested: tuple[str, ...] = _NESTED
    if kind is not Request:
        values["class"] = _path_of(kind, request)
        nested += tuple(name for name in kind.attributes if name not in Request.attributes)
    for name in ("callback", "errback"):
        if (method := getattr(request, name)) is not None:
            values[name] = _name_of(method, name, request, spider)
    for name, default in _PLAIN.items():
        # Another class may have other defaults.
        if (value := getattr(request, name)) != default or kind is not Request:
            values[name] = value
    if request.headers:
        values["headers"] = [
            [name.decode("latin-1"), [value.decode("latin-1") for value in many]]
            for name, many in request.headers.items()
        ]
    if request.body:
        values["body"] = base64.b64encode(request.body).decode()
    for name in nested:
        if value := getattr(request, name):
            values[name] = _nested(value, name, request)
    text = _encoder.encode(values)
    # Half of a surrogate pair, found on broken pages, is no UTF-8; JSON can escape it.
    return text if _is_utf8(text) else json.dumps(values)


def from_json(text: str, spider: Spider) -> Request:
    """Return the request again; raises NotStorable for text that is none of this spider."""
    try:
        return _rebuilt(json.loads(text), spider)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NotStorable(
            f"what is stored is no request of the spider {spider.name}: {error}"
        ) from error


def _rebuilt(stored: dict[str, Any], spider: Spider) -> Request:
    values = {name: _restored(value) for name, value in stored.items()}
    kind = _class_at(values.pop("class")) if "class" in values else Request
    for name in ("callback", "errback"):
        if name in values:
            values[name] = _method(values[name], spider)
    if "headers" in values:
        values["headers"] = {
            name.encode("latin-1"): [value.encode("latin-1") for value in many]
            for name, many in values["headers"]
        }
    if "body" in values:
        values["body"] = base64.b64decode(values["body"])
    return kind(**values)


@cache
def _loaded(path: str) -> Any:
    try:
        return load_object(path)
    except (ImportError, NameError, ValueError):
        return None


def _path_of(kind: type[Request], request: Request) -> str:
    path = f"{kind.__module__}.{kind.__qualname__}"
    if _loaded(path) is not kind:
        raise NotStorable(f"{request.url}: its class {path} cannot be imported by its name")
    return path


def _class_at(path: str) -> type[Request]:
    kind = _loaded(path)
    if not (isinstance(kind, type) and issubclass(kind, Request)):
        raise TypeError(f"{path} is no class of requests")
    return kind


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
    method: Callable[..., Any] | None = getattr(spider, name, None)
    if not callable(method):
        raise TypeError(f"it has no method {name}")
    return method


def _nested(value: Any, name: str, request: Request) -> Any:
    try:
        return _plain(value, name, request)
    except RecursionError:
        raise NotStorable(f"{request.url}: {name} is nested too deeply") from None


def _plain(value: Any, where: str, request: Request) -> Any:
    """Return a value in JSON's types; bytes and tuples are tagged."""
    kind = type(value)
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if kind is bytes:
        return {_BYTES: base64.b64encode(value).decode()}
    if kind is list or kind is tuple:
        plain = [_plain(each, f"{where}[{n}]", request) for n, each in enumerate(value)]
        return plain if kind is list else {_TUPLE: plain}
    if kind is dict:
        for key in value:
            if not isinstance(key, str):
                raise NotStorable(
                    f"{request.url}: {where} has the key {key!r}, a {type(key).__name__}; "
                    "JSON knows only text"
                )
        plain_dict = {
            key: _plain(each, f"{where}[{key!r}]", request) for key, each in value.items()
        }
        # A dict that looks like a tag is tagged itself.
        return {_DICT: plain_dict} if len(value) == 1 and next(iter(value)) in _TAGS else plain_dict
    what = f"{kind.__name__} {value}" if kind is float else kind.__name__
    raise NotStorable(f"{request.url}: {where} holds {what}, which is not JSON")


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


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
