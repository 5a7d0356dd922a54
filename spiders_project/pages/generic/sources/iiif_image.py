"""The address of a whole picture at a IIIF image service, versions 1 to 3, levels 0 to 2."""

import re
from dataclasses import dataclass

from spiders_project.pages.generic.loose import Json, entries, objects, whole_number

_VERSION = re.compile(r"(?:image/|ImageService|image-api/|profiles/v?)(\d)")
_LEVEL = re.compile(r"level(\d)")
# Image API 3.0, section 4: region/size/rotation/quality.format
_REQUEST = re.compile(
    r"/(?P<region>full|square|[\d.,]+|pct:[\d.,]+)/(?P<size>\^?(?:max|full|!?\d*,\d*|pct:[\d.]+))"
    r"/!?[\d.]+/(?:default|native|color|gray|bitonal)\.(?P<format>\w+)$"
)


@dataclass(frozen=True)
class Service:
    """What is known of an image service, from a manifest or from its info.json."""

    url: str
    version: int
    level: int
    width: int | None = None
    height: int | None = None
    sizes: tuple[tuple[int, int], ...] = ()
    most_width: int | None = None
    most_height: int | None = None
    most_area: int | None = None

    @property
    def is_limited(self) -> bool:
        """Whether the server gives less than the whole picture."""
        width, height = self.width or 0, self.height or 0
        return (
            width > (self.most_width or width)
            or height > (self.most_height or self.most_width or height)
            or width * height > (self.most_area or width * height)
        )


def service_in(value: Json) -> Service | None:
    """Return the image service among the services of a resource, None where there is none."""
    for told in objects(value):
        url = told.get("id") or told.get("@id")
        version = _version(told)
        if isinstance(url, str) and version:
            return _service(told, url, version)
    return None


def _service(told: dict[str, Json], url: str, version: int) -> Service:
    profiles = entries(told.get("profile"))
    limits = {key: each for part in [told, *objects(profiles)] for key, each in part.items()}
    level = _LEVEL.search(" ".join(part for part in profiles if isinstance(part, str)))
    sizes = [
        (whole_number(s.get("width")), whole_number(s.get("height")))
        for s in objects(told.get("sizes"))
    ]
    return Service(
        url.rstrip("/").removesuffix("/info.json"),
        version,
        int(level[1]) if level else 0,
        whole_number(told.get("width")),
        whole_number(told.get("height")),
        tuple((width, height) for width, height in sizes if width and height),
        whole_number(limits.get("maxWidth")),
        whole_number(limits.get("maxHeight")),
        whole_number(limits.get("maxArea")),
    )


def _version(told: dict[str, Json]) -> int:
    """Return 1, 2 or 3; 0 where it is another kind of service."""
    spelled = [told.get("type"), told.get("@type"), told.get("@context"), told.get("profile")]
    words = " ".join(str(part) for value in spelled for part in entries(value))
    if match := _VERSION.search(words):
        return int(match[1]) or 2
    if "library.stanford.edu/iiif/image-api" in words:
        return 1
    is_image = "iiif.io/api/image" in words or _LEVEL.search(words) or told.get("protocol")
    return 2 if is_image and "auth" not in words and "search" not in words else 0


def whole_picture(service: Service, ending: str = "jpg") -> list[str]:
    """Return the addresses of the largest picture, the likeliest to be answered first.

    ``max`` is known to 2.1 and 3, ``full`` to 1 and 2; below version 3 a server
    that limits sizes may refuse ``full``. What a level 0 server lists in
    ``sizes`` it has as a file of that name.
    """
    quality = "native" if service.version == 1 else "default"
    words = {1: ["full"], 2: ["full", "max"], 3: ["max"]}[min(service.version, 3)]
    if service.version == 2 and service.is_limited:
        words = ["max", "full"]
    if service.level == 0 and service.sizes:
        width, height = max(service.sizes)
        listed = f"{width},{height}" if service.version == 3 else f"{width},"
        is_whole = not service.width or width >= service.width
        words = [*words, listed] if is_whole or service.version == 3 else [listed, *words]
    return [f"{service.url}/full/{word}/0/{quality}.{ending}" for word in words]


@dataclass(frozen=True)
class Body:
    """What the address of a picture says, where it is a request to an image service."""

    service_url: str
    width: int | None
    """Pixels; None where the whole is asked for."""
    ending: str
    is_whole: bool
    """True where it asks for the whole region in full size."""


def body_of(url: str) -> Body | None:
    """Return what an address asks of an image service, None where it is a file on its own."""
    request = _REQUEST.search(url)
    if request is None:
        return None
    size = request["size"]
    width = re.search(r"(\d+),", size)
    is_whole = request["region"] == "full" and size in ("max", "full", "^max", "pct:100")
    return Body(
        url[: request.start()],
        int(width[1][:9]) if width else None,
        request["format"],
        is_whole,
    )
