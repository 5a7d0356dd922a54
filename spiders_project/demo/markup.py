"""Small pieces of HTML, every value escaped, and the frames they are set in."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page: its bytes and the Content-Type it is served with."""

    body: bytes
    content_type: str


@cache
def frame(name: str) -> Template:
    """Return the outer frame of a page by its file name."""
    file = resources.files(f"{__package__}.templates") / name
    return Template(file.read_text("utf-8"))


def tag(name: str, content: str = "", /, **attributes: str) -> str:
    """Return an element around ready markup; ``class_`` and ``data_original`` lose their marks."""
    return f"<{name}{_attributes(attributes)}>{content}</{name}>"


def void(name: str, /, **attributes: str) -> str:
    """Return an element without content, such as an image."""
    return f"<{name}{_attributes(attributes)}>"


def text(value: str) -> str:
    """Return plain text as markup."""
    return html.escape(value, quote=False)


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html.escape(value)}"'
        for name, value in attributes.items()
    )


def lazy_image(address: str, alt: str, class_: str = "lazy") -> str:
    """Return an image that shows a placeholder until a script loads the real one."""
    placeholder = "/static/placeholder.svg"
    return void("img", class_=class_, src=placeholder, data_original=address, alt=alt)
