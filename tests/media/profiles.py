"""Colour profiles (ICC.1:2010) made for tests: three primaries and a tone curve."""

from struct import pack

Primary = tuple[float, float, float]
"""X, Y and Z relative to D50."""

_WHITE = (0.9642, 1.0, 0.8249)


def display_p3() -> bytes:
    """Return a profile with the primaries of Display P3 and the tone curve of sRGB."""
    primaries = (
        (0.51512, 0.24120, -0.00105),
        (0.29198, 0.69225, 0.04189),
        (0.15710, 0.06657, 0.78407),
    )
    numbers = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    curve = b"para" + bytes(4) + pack(">HH", 3, 0) + b"".join(map(_fixed, numbers))
    return _profile("Display P3", primaries, curve)


def adobe_rgb() -> bytes:
    """Return a profile with the primaries and the gamma of Adobe RGB (1998)."""
    primaries = (
        (0.60974, 0.31111, 0.01947),
        (0.20528, 0.62567, 0.06087),
        (0.14919, 0.06322, 0.74457),
    )
    return _profile("Adobe RGB (1998)", primaries, b"curv" + bytes(4) + pack(">IHxx", 1, 563))


def _profile(name: str, primaries: tuple[Primary, Primary, Primary], curve: bytes) -> bytes:
    text = name.encode() + b"\0"
    tags = {
        b"desc": b"desc" + bytes(4) + pack(">I", len(text)) + text + bytes(78),
        b"cprt": b"text" + bytes(4) + b"nobody's\0",
        b"wtpt": _colour(_WHITE),
        **dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_colour, primaries), strict=True)),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    at, table, data = 132 + 12 * len(tags), pack(">I", len(tags)), b""
    for tag, content in tags.items():
        table += tag + pack(">II", at + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    head = pack(">I4xI4s4s4s12x4s", at + len(data), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return head + bytes(28) + b"".join(map(_fixed, _WHITE)) + bytes(48) + table + data


def _colour(xyz: Primary) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, xyz))


def _fixed(number: float) -> bytes:
    return pack(">i", round(number * 65536))
