"""cookies.txt as browsers and their extensions write it."""

from pathlib import Path

import pytest

from spiders_project.errors import WrongInput
from spiders_project.values.cookies_txt import read_cookies

HEADER = "# Netscape HTTP Cookie File\n"
PLAIN = "example.org\tFALSE\t/\tFALSE\t4000000000\tname\tvalue\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cookies.txt"


FILES = {
    "with the first line": HEADER + PLAIN,
    "with the other first line": "# HTTP Cookie File\n" + PLAIN,
    "without it": PLAIN,
    "with comments and empty lines": HEADER + "# a comment\n\n  \n" + PLAIN + "\n",
    "with line ends of Windows": (HEADER + PLAIN).replace("\n", "\r\n"),
    "without an end of the last line": PLAIN.rstrip("\n"),
    "with a byte order mark": "\ufeff" + HEADER + PLAIN,
    "with a byte order mark and no first line": "\ufeff" + PLAIN,
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_reads_cookies(file: Path, text: str) -> None:
    file.write_bytes(text.encode())

    (cookie,) = read_cookies(str(file))

    assert (cookie.domain, cookie.path, cookie.name, cookie.value) == (
        "example.org",
        "/",
        "name",
        "value",
    )
    assert cookie.expires == 4000000000
    assert not cookie.secure


def test_cookies_that_scripts_must_not_see_are_cookies(file: Path) -> None:
    file.write_text(HEADER + "#HttpOnly_.example.org\tTRUE\t/\tTRUE\t4000000000\tsession\tx\n")

    (cookie,) = read_cookies(str(file))

    assert (cookie.domain, cookie.name, cookie.secure) == (".example.org", "session", True)


@pytest.mark.parametrize("expiry", ["0", ""])
def test_a_cookie_of_a_session_has_no_expiry(file: Path, expiry: str) -> None:
    file.write_text(f"example.org\tFALSE\t/\tFALSE\t{expiry}\tname\tvalue\n")

    (cookie,) = read_cookies(str(file))

    assert cookie.expires is None
    assert not cookie.is_expired()


def test_an_empty_file_has_no_cookies(file: Path) -> None:
    file.touch()

    assert read_cookies(str(file)) == []


def test_a_value_may_be_empty_or_hold_anything_but_tabs(file: Path) -> None:
    file.write_text(
        "example.org\tFALSE\t/\tFALSE\t0\tempty\t\nexample.org\tFALSE\t/\tFALSE\t0\tall\t a=b; ü \n"
    )

    values = {cookie.name: cookie.value for cookie in read_cookies(str(file))}

    assert values["empty"] == ""
    assert values["all"] is not None
    assert values["all"].strip() == "a=b; ü"


@pytest.mark.parametrize(
    ("domain", "flag"),
    [(".example.org", "FALSE"), ("example.org", "TRUE"), (".example.org", "TRUE")],
)
def test_the_dot_and_the_flag_need_not_agree(file: Path, domain: str, flag: str) -> None:
    file.write_text(f"{domain}\t{flag}\t/\tFALSE\t0\tname\tvalue\n")

    (cookie,) = read_cookies(str(file))

    assert cookie.name == "name"


NO_COOKIES = {
    "spaces instead of tabs": "example.org FALSE / FALSE 0 name SECRET\n",
    "six fields": "example.org\tFALSE\t/\tFALSE\tname\tSECRET\n",
    "eight fields": "example.org\tFALSE\t/\tFALSE\t0\tname\tSECRET\tmore\n",
    "an expiry in words": "example.org\tFALSE\t/\tFALSE\tsoon\tname\tSECRET\n",
    "an expiry without end": "example.org\tFALSE\t/\tFALSE\tinf\tname\tSECRET\n",
    "JSON": '[{"domain": "example.org", "name": "SECRET"}]',
    "a page": "<!DOCTYPE html>\n<title>SECRET</title>",
    "zero bytes": "\0\1SECRET",
}


@pytest.mark.parametrize("text", NO_COOKIES.values(), ids=NO_COOKIES)
def test_what_is_no_cookies_txt_is_a_sentence_without_its_secrets(file: Path, text: str) -> None:
    file.write_text(HEADER + text)

    with pytest.raises(WrongInput) as caught:
        read_cookies(str(file))

    sentence = str(caught.value)
    assert sentence.startswith(f"cookies={file} is no cookies.txt")
    assert "line 2" in sentence
    assert "SECRET" not in sentence
    assert "\n" not in sentence


def test_a_file_that_is_not_there_is_a_sentence(file: Path) -> None:
    with pytest.raises(WrongInput, match=r"cannot be read: .*No such file"):
        read_cookies(str(file))


def test_a_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="cannot be read"):
        read_cookies(str(tmp_path))


def test_a_binary_file_is_a_sentence(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\x00\xff\xfe\x89")

    with pytest.raises(WrongInput, match=r"cannot be read|is no cookies.txt") as caught:
        read_cookies(str(file))

    assert "\n" not in str(caught.value)
