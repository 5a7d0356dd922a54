"""Reads the values that scripts write down, without running anything and without ever failing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from spiders_project.pages.generic.loose import json_of

Value = object
"""What JSON has: dict, list, str, int, float, bool, None."""

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*(?:.*?\*/|.*)|<!--)
    |(?P<string>"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?)
    |(?P<pattern>(?:(?<=[(,=:\[!&|?{};])|(?<=[(,=:\[!&|?{};][ ]))
        /(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.){0,80}+\]){1,300}+/[a-z]*)
    |(?P<number>-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
    |(?P<name>[^\W\d][\w$]*|\$[\w$]*)
    |(?P<other>===?|!==?|=>|<=|>=|&&|\|\||[-+*/%]=)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_CONSTANTS: dict[str, Value] = {"true": True, "false": False, "null": None, "undefined": None}
_ASSIGNED = re.compile(
    r"^\s*(?:window\.|var |let |const |self\.)?[\w.$\[\]\"']{1,80}\s*=\s*(?=[\[{])"
)
_CALLED = re.compile(r"^\s*window\.__NUXT__\s*=\s*\(?function\(([\w$, ]*)\)\s*\{")
"""Nuxt 2 hands the texts that occur often to a function, and calls it at the end."""
_BEGINNING = re.compile(r"(?:\ufeff|\s|\)\]\}'[^\n]*|while\(1\);|for\(;;\);)*")
"""What keeps others from running JSON as a script."""
_CLOSES = {"}": "{", "]": "[", ")": "("}
_BEFORE_DATA = frozenset(["return", "default", "await", "of", "in", "case"])
"""Words of the language, behind which a bracket begins a list."""
_PLACEHOLDER = re.compile(r"\$\{\s*([\w$.]{1,80})\s*\}")
_DEEPEST = 60
_LONGEST = 8_000_000


def value_of(text: str) -> Value:
    """Return what a text of JSON holds, or what can be read in it where it is not quite JSON."""
    text = text[:_LONGEST]
    if (start := _BEGINNING.match(text)) is not None:
        text = text[start.end() :].rstrip()
    value = json_of(text)
    return read_script(text) if value is None else value


def read_code(text: str) -> Value:
    """Return what a script holds, quickly where it is one assignment of JSON."""
    if (found := _ASSIGNED.match(text)) is not None:
        rest = text[found.end() :].rstrip().rstrip(";")
        if rest.endswith(("}", "]")):
            return value_of(rest)
    if (called := _CALLED.match(text)) is not None and (at := text.rfind("}(")) > 0:
        values = read_script("[" + text[at + 2 :].rstrip(") ;\n") + "]")
        inner = values[0] if isinstance(values, list) and values else None
        names = [name.strip() for name in called[1].split(",")]
        if isinstance(inner, list):
            return read_script(text[called.end() : at], dict(zip(names, inner, strict=False)))
    return read_script(text)


class Repeated(list[Value]):
    """The values that a script gives to one name, one after the other."""


class Block(dict[str, Value]):
    """What a script assigns to names and hands to functions; "" holds the rest."""


@dataclass
class _Frame:
    kind: str
    """The bracket that opened it."""
    name: str = ""
    """Of a call: the function."""
    pairs: dict[str, Value] = field(default_factory=dict)
    is_block: bool = False
    """Whether it holds statements."""
    items: list[Value] = field(default_factory=list)
    key: str | None = None
    is_assigned: bool = False
    """Whether the key came with "=", and may come again."""
    word: str | None = None
    """The last name, or the last string, which a colon makes a key."""
    last: str = ""
    """The kind of the last token."""
    joins: bool = False

    def put(self, value: Value) -> None:
        self.is_block |= self.key is not None and self.is_assigned
        if self.key is None:
            self.items.append(value)
            return
        if self.is_assigned and self.key in self.pairs:
            before = self.pairs[self.key]
            if isinstance(before, Repeated):
                before.append(value)
            else:
                self.pairs[self.key] = Repeated([before, value])
        else:
            self.pairs[self.key] = value

    def taken(self) -> Value:
        """Return and remove the value that was put last."""
        if self.key is None:
            return self.items.pop() if self.items else None
        value = self.pairs.get(self.key)
        if isinstance(value, Repeated):
            return value.pop() if value else None
        return self.pairs.pop(self.key, None)


def read_script(text: str, names: Mapping[str, Value] | None = None) -> Value:
    """Return the objects, arrays and texts of a script, as they are nested in it.

    What a script assigns to a name stands under that name, and so do the arguments of a function;
    several of one name stand in a Repeated. Names that stand for texts are followed, and ``+``;
    ``names`` tells what others stand for.
    """
    reader = _Reader(names or {})
    for token in _TOKEN.finditer(text[:_LONGEST]):
        kind = token.lastgroup
        if kind != "space":
            reader.take(kind or "", token[0])
    return reader.end()


class _Reader:
    def __init__(self, names: Mapping[str, Value]) -> None:
        self._names = names
        self._stack = [_Frame("")]
        self._texts: dict[str, str] = {}
        self._too_deep = 0

    def take(self, kind: str, text: str) -> None:
        frame = self._stack[-1]
        if self._too_deep:
            self._skip(text if kind == "mark" else "")
        elif kind == "string":
            self._string(frame, self._text_of(text))
        elif kind == "number":
            frame.put(float(text) if re.search(r"[.eE]", text) else int(text[:300]))
            frame.word = text
        elif kind == "name":
            self._name(frame, text)
            return
        elif kind == "mark":
            self._mark(frame, text)
            return
        frame.last = kind

    def end(self) -> Value:
        while len(self._stack) > 1:
            self._close(self._stack[-1].kind)
        return _closed(self._stack[0])

    def _skip(self, text: str) -> None:
        if text in ("{", "[", "("):
            self._too_deep += 1
        elif text in _CLOSES:
            self._too_deep -= 1

    def _text_of(self, literal: str) -> str:
        text = unescaped(literal)
        if literal[0] == "`" and "${" in text:
            text = _PLACEHOLDER.sub(lambda name: self._texts.get(name[1], ""), text)
        return text

    def _string(self, frame: _Frame, text: str) -> None:
        # What is not known before a text is mostly the address of the page.
        if frame.joins:
            before = frame.taken()
            frame.put(before + text if isinstance(before, str) else text)
        else:
            frame.put(text)
        if frame.kind in ("", "{") and frame.is_assigned and frame.key and len(text) < 500:
            self._texts[frame.key] = text
        frame.word = text
        frame.joins = False

    def _name(self, frame: _Frame, text: str) -> None:
        if text in _CONSTANTS:
            frame.put(_CONSTANTS[text])
        elif text in self._names and frame.last in (":", ",", "[", "("):
            frame.put(self._names[text])
        elif frame.last == "." and frame.word is not None:
            text = f"{frame.word}.{text}"[-100:]
        frame.word = text
        frame.last = "name"

    def _mark(self, frame: _Frame, text: str) -> None:
        if text in "{[(":
            self._open(frame, text)
            return
        if text in _CLOSES:
            self._close(_CLOSES[text])
            return
        if text == ":" and frame.last in ("string", "name", "number") and frame.word is not None:
            if frame.last != "name" and frame.key is None and frame.items:
                frame.items.pop()
            frame.key, frame.is_assigned = frame.word, False
        elif text == "=" and frame.last in ("name", "]") and frame.word is not None:
            frame.key, frame.is_assigned = frame.word, True
        elif text in ",;":
            frame.key, frame.is_assigned = None, False
            frame.joins = False
        elif text == "+":
            self._plus(frame)
        frame.last = text

    def _plus(self, frame: _Frame) -> None:
        if frame.last == "string":
            frame.joins = True
        elif frame.last == "name" and frame.word is not None:
            text = self._texts.get(frame.word)
            if text is not None:
                self._string(frame, text)
                frame.joins = True

    def _open(self, frame: _Frame, text: str) -> None:
        if len(self._stack) > _DEEPEST:
            self._too_deep = 1
            return
        name = ""
        if frame.last in ("name", "]", ")") and text != "{":
            name = frame.word or ""
            is_index = text == "[" and name not in _BEFORE_DATA
            text = "index" if is_index else text
        self._stack.append(_Frame(text, name))

    def _close(self, kind: str) -> None:
        kinds = ("[", "index") if kind == "[" else (kind,)
        if not any(frame.kind in kinds for frame in self._stack[1:]):
            return
        while len(self._stack) > 1:
            frame = self._stack.pop()
            self._give(frame, self._stack[-1])
            if frame.kind in kinds:
                break

    def _give(self, frame: _Frame, parent: _Frame) -> None:
        """Hand the value of a closed bracket to what holds it."""
        parent.last = {"index": "]"}.get(frame.kind, ")")
        if frame.kind == "index":
            return
        value = _closed(frame)
        if value is not None:
            is_statement = frame.kind == "(" and frame.name and parent.key is None
            if is_statement:
                parent.key, parent.is_assigned = frame.name, True
            parent.put(value)
            if is_statement:
                parent.key, parent.is_assigned = None, False
        if frame.kind in ("{", "[") and parent.kind in ("", "{") and parent.is_assigned:
            parent.key, parent.is_assigned = None, False


def _closed(frame: _Frame) -> Value:
    """Return the value of a bracket whose end has come; None where it holds nothing."""
    if frame.kind == "[":
        return [*frame.items, *frame.pairs.values()]
    if frame.kind == "(" and not frame.pairs:
        return (frame.items[0] if len(frame.items) == 1 else frame.items) if frame.items else None
    nested = [item for item in frame.items if isinstance(item, (dict, list))]
    if not frame.pairs:
        return nested or None
    values = {**frame.pairs, "": nested} if nested else frame.pairs
    return Block(values) if frame.is_block else values


def unescaped(literal: str) -> str:
    """Return the text of a string literal (ECMA-262, 12.9.4), also of one that is cut off."""
    quote = literal[:1]
    text = literal[1:-1] if len(literal) > 1 and literal.endswith(quote) else literal[1:]
    if "\\" not in text:
        return text
    text = _ESCAPE.sub(_character, text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code is None:
        return _SHORT.get(found[4], found[4])
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""
