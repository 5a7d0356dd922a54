"""Reads the cookies that a browser exported as cookies.txt (the Netscape format)."""

from http.cookiejar import Cookie, LoadError, MozillaCookieJar
from pathlib import Path
from tempfile import NamedTemporaryFile

from spiders_project.errors import WrongInput

_FIRST_LINE = "# Netscape HTTP Cookie File\n"


def read_cookies(file: str) -> list[Cookie]:
    """Return the cookies of a file, those of a session too; raises WrongInput."""
    try:
        text = Path(file).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"cookies={file} cannot be read: {error}") from None
    jar = MozillaCookieJar()
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as copy:
        # Some browsers' extensions leave out the line that Python asks for.
        copy.write(_FIRST_LINE + text)
        copy.flush()
        try:
            jar.load(copy.name, ignore_discard=True, ignore_expires=True)
        except LoadError as error:
            line = str(error).partition(": ")[2]
            raise WrongInput(
                f"cookies={file} is no cookies.txt: this line has not seven fields: {line}"
            ) from None
    cookies = list(jar)
    for cookie in cookies:
        cookie.expires = cookie.expires or None  # 0 stands for the end of the session
    return cookies
