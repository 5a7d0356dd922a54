"""Reads the lists and objects that stand in a script as data, without running it.

One pass over the tokens, whatever they are: what is code becomes a block whose
inner lists and objects are given out one by one. Names that a script sets to a
text are known behind that place, so ``base + "a.jpg"`` is read too.
"""

import json
import re
from contextlib import suppress
from dataclasses import dataclass, field

from spiders_project.pages.generic.loose import Json

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<name>(?:[^\W\d]|\$)[\w$]*(?:\.[\w$]+)*)
    |(?P<mark>=>|[=!<>]=+|[^\s\w\[\](){}"'`$/])
    |(?P<open>[\[({])
    |(?P<close>[\])}])
    |(?P<text>"(?:[^"\\\n]|\\.)*+(?:"|(?=\n)|\\?\Z)|'(?:[^'\\\n]|\\.)*+(?:'|(?=\n)|\\?\Z)
        |`(?:[^`\\]|\\.)*+(?:`|\\?\Z))
    |(?P<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w$]))
    |(?P<space>//[^\n]*|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|\Z)
    |(?P<other>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*+\]?)++/?[a-z]*")
_BEFORE_REGEX = frozenset("(,=:[!&|?{};+") | {"=>", "==", "===", "!=", "!==", "return", ""}
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_PLACEHOLDER = re.compile(r"\$\{\s*([\w$.]{1,80})\s*\}")
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}
_BEGINNING = re.compile(r"^(?:\ufeff|\s|\)\]\}'[^\n]*|while\(1\);|for\(;;\);)*")


class Unknown:
    """What cannot be told without running the script."""


UNKNOWN = Unknown()


def values_in(text: str) -> list[Json]:
    """Return the data in a text: one JSON value, JSON lines, or the lists and objects of a script.

    Each value is a list or an object with something in it; never raises.
    """
    text = text[match.end() :] if (match := _BEGINNING.match(text)) else text
    if text[:1] in "{[":
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            return [value] if value else []
    return _Scanner(text).values()


@dataclass
class _Frame:
    """A bracket that is still open."""

    kind: str
    items: list[Json] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    expression: list[Json] = field(default_factory=list)
    key: str | None = None
    is_code: bool = False


class _Name(str):
    """A name in a script, such as ``photos`` or ``gallery.photos``."""

    __slots__ = ()


class _Mark(str):
    """A sign between values."""

    __slots__ = ()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Json] = []
        self._names: dict[str, str] = {}
        self._frames = [_Frame("(", is_code=True)]

    def values(self) -> list[Json]:
        """Return the outermost lists and objects that are data."""
        at, end, last = 0, len(self._text), ""
        text, read = self._text, _TOKEN.match
        while at < end:
            token = read(text, at)
            assert token is not None
            at, group = token.end(), token.lastgroup
            if group == "space":
                continue
            word = token[token.lastindex or 0]
            if word == "/" and last in _BEFORE_REGEX:
                regex = _REGEX.match(text, at - 1)
                at = regex.end() if regex else at
            self._take(group, word)
            last = "0" if group == "text" else word
        while len(self._frames) > 1:
            self._close()
        self._end_expression(self._frames[0])
        return self._found

    def _take(self, group: str | None, word: str) -> None:
        frame = self._frames[-1]
        if group == "name":
            frame.expression.append(_Name(word))
        elif group == "mark":
            self._mark(frame, word)
        elif group == "open":
            # foo(...) and if (...) are no data, whatever stands before them.
            self._frames.append(_Frame(word, is_code=word == "("))
        elif group == "close":
            if len(self._frames) > 1:
                self._close()
        elif group == "text":
            frame.expression.append(self._unescaped(word))
        else:
            frame.expression.append(_number(word) if group == "number" else UNKNOWN)

    def _mark(self, frame: _Frame, mark: str) -> None:
        if mark == ",":
            self._end_expression(frame)
        elif mark == ";":
            frame.is_code = frame.is_code or frame.kind == "{"
            self._end_expression(frame)
        elif mark == ":" and frame.kind == "{" and frame.key is None:
            frame.key = _key(frame.expression)
            frame.expression = []
        else:
            frame.expression.append(_Mark(mark))

    def _close(self) -> None:
        frame = self._frames.pop()
        self._end_expression(frame)
        above = self._frames[-1].expression
        if frame.kind == "[":
            above.append(frame.items)
        elif frame.kind == "{" and not frame.is_code:
            above.append(dict(zip(frame.keys, frame.items, strict=True)))
        else:
            above.append(UNKNOWN)

    def _end_expression(self, frame: _Frame) -> None:
        expression, key = frame.expression, frame.key
        if not expression and key is None:
            return
        frame.expression, frame.key = [], None
        value = self._value(expression)
        if frame.kind == "{" and key is None:
            frame.is_code = frame.is_code or not _is_shorthand(expression)
        if frame.is_code:
            self._found += [item for item in (*frame.items, value) if _is_data(item)]
            frame.items, frame.keys = [], []
        elif frame.kind == "[":
            frame.items.append(None if value is UNKNOWN else value)
        elif key is not None and value is not UNKNOWN:
            frame.keys.append(key)
            frame.items.append(value)

    def _value(self, expression: list[Json]) -> Json:
        """Return what an expression is; lists and objects inside of a longer one are given out."""
        if len(expression) == 1:
            return self._known(expression[0])
        if len(expression) == 2 and expression[0] == "-" and isinstance(expression[1], int | float):
            return -expression[1]
        self._remember(expression)
        if expression and (joined := self._joined(expression)) is not None:
            return joined
        data = [part for part in expression if _is_data(part)]
        if len(data) == 1 and expression[-1] is data[0] and _is_assigned(expression):
            return data[0]
        self._found += data
        return UNKNOWN

    def _known(self, part: Json) -> Json:
        """Return what a name stands for, and any other part of an expression as it is."""
        if type(part) is _Name:
            return _CONSTANTS[part] if part in _CONSTANTS else self._names.get(part, UNKNOWN)
        return UNKNOWN if type(part) is _Mark else part

    def _remember(self, expression: list[Json]) -> None:
        if len(expression) >= 3 and type(expression[-1]) is str:
            *_, name, mark, text = expression
            if type(name) is _Name and mark == "=" and len(text) < 500:
                self._names[name] = text

    def _joined(self, expression: list[Json]) -> str | None:
        """Return the text that ``a + "b"`` makes; None for other expressions."""
        parts, marks = expression[::2], expression[1::2]
        if len(parts) != len(marks) + 1 or any(mark is UNKNOWN or mark != "+" for mark in marks):
            return None
        texts = [self._known(part) for part in parts]
        # What is not known before the first text is mostly the address of the page.
        known = [text for text in texts if isinstance(text, str)]
        return "".join(known) if known and isinstance(texts[-1], str) else None

    def _unescaped(self, word: str) -> Json:
        if len(word) < 2 or word[-1] != word[0]:
            return UNKNOWN
        text = word[1:-1]
        if word[0] == "`":
            text = _PLACEHOLDER.sub(lambda name: self._names.get(name[1], ""), text)
        if "\\" in text:
            text = _ESCAPE.sub(_character, text)
        # The text may be JSON that the script parses.
        if text[:1] in ("[", "{") and len(text) > 4:
            with suppress(ValueError, RecursionError):
                return json.loads(text)
        return text


def _key(expression: list[Json]) -> str:
    last = expression[-1] if expression else None
    return str(last) if isinstance(last, str | int) else "?"


def _is_shorthand(expression: list[Json]) -> bool:
    """Tell whether an entry without a colon can stand in an object: ``{a, ...b, c() {}}``."""
    return all(type(part) is _Name or part is UNKNOWN or part == "." for part in expression)


def _is_assigned(expression: list[Json]) -> bool:
    before = expression[-2]
    return bool(before == "=" or (type(before) is _Name and before in _BEFORE_DATA))


_BEFORE_DATA = {"return", "default", "await", "of", "in"}


def _is_data(value: Json) -> bool:
    return isinstance(value, list | dict) and bool(value)


def _number(word: str) -> int | float:
    word = word.replace("_", "")
    if word.isdigit():
        return int(word) if len(word) < 20 else 0
    return float(word)


def _character(escape: re.Match[str]) -> str:
    number = escape[1] or escape[2] or escape[3]
    if number is None:
        return _ESCAPED.get(escape[4], escape[4])
    code = int(number, 16)
    return chr(code) if code < 0x110000 else ""
