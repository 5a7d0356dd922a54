"""Reads the cookies that a browser exported as cookies.txt (the Netscape format)."""

from http.cookiejar import Cookie
from pathlib import Path

from spiders_project.errors import WrongInput

_HTTP_ONLY = "#HttpOnly_"
_FIELDS = 7
_LONGEST_TIME = 12


def read_cookies(file: str) -> list[Cookie]:
    """Return the cookies of a file, those of a session too; raises WrongInput."""
    try:
        text = Path(file).expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"cookies={file} cannot be read: {error}") from None
    cookies = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or (line.startswith("#") and not line.startswith(_HTTP_ONLY)):
            continue
        fields = line.rstrip("\r").removeprefix(_HTTP_ONLY).split("\t")
        if len(fields) != _FIELDS or not _is_time(fields[4]):
            raise WrongInput(
                f"cookies={file} is no cookies.txt: line {number} has not seven fields "
                "with tabs between them (domain, subdomains, path, secure, expires, name, value)"
            )
        cookies.append(_cookie(fields))
    return cookies


def _is_time(text: str) -> bool:
    seconds = text.partition(".")[0].removeprefix("-")
    return not text or (seconds.isdecimal() and len(seconds) <= _LONGEST_TIME)


def _cookie(fields: list[str]) -> Cookie:
    domain, subdomains, path, secure, expires, name, value = fields
    # Programs do not agree on whether the dot or the flag stands for the subdomains.
    is_for_subdomains = domain.startswith(".") or subdomains.upper() == "TRUE"
    host = domain.lstrip(".").lower()
    return Cookie(
        version=0,
        name=name,
        value=value,
        port=None,
        port_specified=False,
        domain=f".{host}" if is_for_subdomains else host,
        domain_specified=is_for_subdomains,
        domain_initial_dot=is_for_subdomains,
        path=path or "/",
        path_specified=True,
        secure=secure.upper() == "TRUE",
        # 0 stands for the end of the session.
        expires=max(int(expires.partition(".")[0] or 0), 0) or None,
        discard=False,
        comment=None,
        comment_url=None,
        rest={},
    )
