"""Titles by strangers become names that every system takes."""

import random
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from spiders_project.media.paths import PathTemplate, clash_key, marked_path, safe_name

WINDOWS_DEVICES = {
    *("con", "prn", "aux", "nul", "conin$", "conout$"),
    *(name + digit for name in ("com", "lpt") for digit in "0123456789¹²³"),
}
SHA256 = "0123456789abcdef" * 4


def picture_path(site: str, category: str, title: str, extension: str) -> str:
    values = {"site": site, "category": category, "title": title}
    return PathTemplate("{site}/{category}/{title}").path(values, extension)


NASTY_TITLES = {
    "slash": "a/b",
    "only slash": "/",
    "absolute": "/etc/passwd",
    "parent": "..",
    "parents": "../../../etc/passwd",
    "backslashes": "..\\..\\windows\\system32",
    "drive": "C:\\autoexec.bat",
    "stream": "title.jpg:Zone.Identifier",
    "wildcards": '<>:"|?*',
    "nul": "a\0b",
    "newline": "first\nsecond\r\nthird",
    "tab": "a\tb",
    "delete": "a\x7fb",
    "escape": "\x1b[31mred",
    "control between spaces": "a \0 b",
    "control before accent": "e\0\u0301",
    "right to left": "\u202egpj.exe",
    "isolates": "\u2066a\u2069",
    "byte order mark": "\ufefftitle",
    "soft hyphen": "auto\u00admobile",
    "line separator": "a\u2028b\u2029c",
    "no-break space": "\u00a0a\u00a0",
    "ideographic space": "\u3000壁纸\u3000",
    "family": "👨‍👩‍👧‍👦",
    "many families": "👨‍👩‍👧‍👦" * 60,
    "flags": "🇨🇳" * 80,
    "only a joiner": "\u200d",
    "only joiners and dots": ".\u200c.\u200d.",
    "Chinese": "高清美女壁纸",
    "300 Chinese": "美" * 300,
    "300 Korean, decomposed": "\u1112\u1161\u11ab" * 300,
    "Persian": "می\u200cخواهم",
    "Devanagari": "क्षत्रिय" * 40,
    "decomposed": "Cafe\u0301 A\u030angstro\u0308m",
    "composed": "Café Ångström",
    "many accents": "a" + "\u0301\u0323\u0308" * 200,
    "only accents": "\u0301" * 300,
    "accents at the limit": "x" * 177 + "e\u0323\u0301\u0308",
    "spaces at the limit": "x" * 178 + "   y",
    "dots at the limit": "x" * 178 + "....y",
    "device": "CON",
    "device in lower case": "aux",
    "device with extension": "CON.jpg",
    "device with two extensions": "nul.tar.gz",
    "device with spaces": "PRN   ",
    "device, spaces, extension": "COM1   .txt",
    "device with superscript": "LPT¹",
    "console": "CONIN$",
    "long name of a device": "con." + "a" * 300,
    "dots": "...",
    "many dots": "." * 300,
    "dots and spaces": " . . . ",
    "leading dot": ".htaccess",
    "trailing dot": "The end.",
    "trailing spaces": "The end   ",
    "trailing dots and spaces": "The end . . .",
    "empty": "",
    "blank": " \t\n",
    "lone surrogate": "a\ud83db",
    "only a surrogate": "\udc80",
    "private use": "\ue000\uf8ff",
    "unassigned": "a\u0378b",
    "noncharacter": "a\uffffb\U0010ffff",
    "percent": "%2e%2e%2f",
    "tilde": "~root",
    "dash": "-rf",
    "variable": "$HOME `id` $(id)",
    "quotes": 'it\'s "so"',
    "1000 letters": "x" * 1000,
    "sign that composes with a forbidden one": "<\u0338",
}

every_nasty_title = pytest.mark.parametrize("title", NASTY_TITLES.values(), ids=NASTY_TITLES)


def assert_safe(name: str, max_bytes: int = 180) -> None:
    """Assert that a name is one component on Linux, macOS and Windows."""
    assert name
    assert name not in (".", "..")
    assert PurePosixPath("folder", name).parts == ("folder", name)
    assert PureWindowsPath("folder", name).parts == ("folder", name)
    assert name.partition(".")[0].rstrip().casefold() not in WINDOWS_DEVICES
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" .")
    assert name == unicodedata.normalize("NFC", name)
    assert "  " not in name
    assert len(name.encode("utf-8")) <= max_bytes
    assert any(character not in "\u200c\u200d" for character in name)
    for character in name:
        is_control = unicodedata.category(character).startswith("C")
        assert not is_control or character in "\u200c\u200d"


@every_nasty_title
def test_nasty_title_becomes_a_safe_name(title: str) -> None:
    assert_safe(safe_name(title))


@every_nasty_title
def test_safe_name_stays_as_it_is(title: str) -> None:
    assert safe_name(safe_name(title)) == safe_name(title)


def test_any_mixture_becomes_a_safe_name_that_stays() -> None:
    chance = random.Random(20)
    pieces = [
        *"aZ.. //\\:*?<>|\0\n\t\x7f\x85\xa0\u2028\u202e\u200b\u200c\u200d\u200e\ufeff",
        *"\u0301\u0338\u0327\u0344\ufe0f美한\u1112\u1161\u11abéÅßİıΩ\u2126ﬁ👨👩\U0001f3fd",
        *"\ud800\udc00\ue000\uffff\u0378~$-_[]%¹",
        *("con", "NUL", "aux.", "com1", "e\u0301"),
    ]
    for _ in range(5000):
        title = "".join(chance.choices(pieces, k=chance.choice([1, 2, 3, 5, 8, 60, 150])))
        name = safe_name(title)
        assert_safe(name)
        assert safe_name(name) == name


@every_nasty_title
def test_whole_path_fits_and_stays_in_its_folder(title: str, tmp_path: Path) -> None:
    path = picture_path("site", "category", title, ".avif")
    site, category, name = path.split("/")
    assert (site, category) == ("site", "category")
    assert name.endswith(".avif")
    for taken in (path, marked_path(path, SHA256)):
        folder, _, name = taken.rpartition("/")
        assert folder == "site/category"
        thumbnail = f"{name}.jpg"
        assert len(thumbnail.encode()) <= 255
        target = tmp_path / "store" / folder / thumbnail
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"the file system takes it")
        assert [entry.name for entry in target.parent.iterdir()] == [thumbnail]
        target.unlink()


@every_nasty_title
def test_nasty_site_and_category_stay_in_the_store(title: str, tmp_path: Path) -> None:
    path = picture_path(title, title, title, ".jpg")
    parts = PurePosixPath(path).parts
    assert all(part not in ("..", "/") for part in parts)
    assert (tmp_path / path).resolve().is_relative_to(tmp_path.resolve())
    assert len(parts) == (3 if title else 1)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("高清美女壁纸", "高清美女壁纸"),
        ("  Two   words ", "Two words"),
        ("a/b", "a_b"),
        ("first\nsecond", "first second"),
        ("Cafe\u0301", "Café"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("CON.jpg", "_CON.jpg"),
        ("con", "_con"),
        ("Contents", "Contents"),
        ("com", "com"),
        ("com0", "_com0"),
        (".hidden", "hidden"),
        ("Mr. Right.", "Mr. Right"),
        ("\u202egpj.exe", "gpj.exe"),
        ("100%", "100%"),
        ("", "untitled"),
        ("...", "untitled"),
        ("\u200d", "untitled"),
    ],
)
def test_title_keeps_all_that_is_harmless(title: str, name: str) -> None:
    assert safe_name(title) == name


def test_fallback_is_used_for_titles_without_a_letter() -> None:
    assert safe_name(" . ", fallback="picture") == "picture"


@pytest.mark.parametrize("max_bytes", [20, 21, 22, 23, 24])
def test_cut_leaves_whole_characters(max_bytes: int) -> None:
    name = safe_name("美" * 50, max_bytes=max_bytes)
    assert name == "美" * (max_bytes // 3)


def test_cut_leaves_no_accent_without_its_letter() -> None:
    assert safe_name("x" * 177 + "q\u0323\u0301", max_bytes=180) == "x" * 177 + "q"


def test_parts_that_are_empty_are_left_out() -> None:
    assert picture_path("", "", "sunset", ".png") == "sunset.png"
    assert picture_path("site", "", "sunset", ".png") == "site/sunset.png"


def test_mark_stands_before_the_extension() -> None:
    assert marked_path("s/c/sunset.jpg", SHA256) == "s/c/sunset [01234567].jpg"
    assert marked_path("s/c/v1.5 sunset.jpg", SHA256) == "s/c/v1.5 sunset [01234567].jpg"
    assert marked_path("sunset.jpg", SHA256, digits=64) == f"sunset [{SHA256}].jpg"


def test_mark_keeps_the_folder_with_a_dot() -> None:
    assert marked_path("my.site/c.d/sunset.jpg", SHA256) == "my.site/c.d/sunset [01234567].jpg"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sunset.jpg", "sunset.JPG"),
        ("Straße.jpg", "STRASSE.jpg"),
        ("Cafe\u0301.jpg", "Café.jpg"),
        ("CAFE\u0301.jpg", "café.jpg"),
        ("\u2126.jpg", "ω.jpg"),
        ("Site/a.jpg", "site/a.jpg"),
    ],
)
def test_names_that_are_one_file_on_some_system_clash(one: str, other: str) -> None:
    assert clash_key(one) == clash_key(other)


def test_different_names_do_not_clash() -> None:
    names = ["a.jpg", "a.png", "b.jpg", "a b.jpg", "á.jpg", "美.jpg", "a/b.jpg"]
    assert len({clash_key(name) for name in names}) == len(names)
