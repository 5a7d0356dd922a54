"""Files on an FTP server."""

import errno
import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ftplib import FTP, Error, error_perm
from pathlib import PurePosixPath
from typing import TypeVar

from spiders_project.media.remote.address import FtpAddress
from spiders_project.media.remote.store import StoreFailed, in_one_line, opened
from spiders_project.media.store import Content

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

# Many servers let one client in four or five times at most.
_CONNECTIONS = 4
_SILENCE_SECONDS = 30
_BLOCK_BYTES = 1 << 16
_WAITS_SECONDS = (0.5, 1, 2, 4)

# RFC 959, 4.2.1
_NOT_LOGGED_IN = "530"
_NAME_NOT_ALLOWED = "553"

_FINAL = (error_perm, UnicodeError)
_FAILURES = (OSError, EOFError, Error, UnicodeError)


@dataclass(frozen=True)
class FtpOptions:
    """How to speak to the server."""

    is_active: bool = False
    """Whether the server opens the connections for files."""
    is_patient: bool = True
    """Whether what may pass is tried again."""


class FtpStore:
    """A folder of a server.

    A file gets its name when it is whole, as far as the server lets files be
    renamed. FTP has no way to name it only if the name is free: we look before.
    """

    uploads_at_once = _CONNECTIONS

    def __init__(self, address: FtpAddress, options: FtpOptions) -> None:
        """Only what is called later connects."""
        self._address = address
        self._is_active = options.is_active
        self._waits = _WAITS_SECONDS if options.is_patient else ()
        self._idle: list[FTP] = []
        self._made: set[str] = set()
        self._renames = True

    def try_out(self) -> None:
        """Write a small file and delete it."""
        probe = self._address.path(".probe")

        def write_and_delete(ftp: FTP) -> None:
            self._send(ftp, probe, b"a byte shows whether there is room")
            with suppress(error_perm):
                ftp.delete(probe)

        self._do(write_and_delete)

    def add(self, path: str, content: Content, media_type: str) -> None:
        """Store a new file; raises FileExistsError, unless somebody is as fast as we are."""
        target = self._address.path(path)

        def write(ftp: FTP) -> None:
            self._look(ftp, target)
            self._put(ftp, target, content, is_new=True)

        self._do(write)

    def replace(self, path: str, body: bytes, media_type: str) -> None:
        """Store a file, in place of an older one."""
        target = self._address.path(path)
        self._do(lambda ftp: self._put(ftp, target, body, is_new=False))

    def holds(self, path: str, size_bytes: int, sha256: str) -> bool:
        """Read a file, if it has this size, and compare."""
        target = self._address.path(path)

        def compare(ftp: FTP) -> bool:
            digest = hashlib.sha256()
            if _size(ftp, target) not in (size_bytes, None):
                return False
            ftp.retrbinary(f"RETR {target}", digest.update, _BLOCK_BYTES)
            return digest.hexdigest() == sha256

        try:
            return self._do(compare)
        except OSError:
            return False

    def close(self) -> None:
        """Let the connections go."""
        while self._idle:
            self._idle.pop().close()

    def _do(self, work: Callable[[FTP], _T]) -> _T:
        """Return what some work with a connection returns; what may pass is tried again."""
        waits_seconds = iter(self._waits)
        while True:
            try:
                return self._once(work)
            except FileExistsError:
                raise
            except _FAILURES as error:
                wait_seconds = None if isinstance(error, _FINAL) else next(waits_seconds, None)
                if wait_seconds is None:
                    raise _in_words(error) from error
                logger.info("FTP, to be tried again: %s", in_one_line(error))
            self.close()  # others have been idle for as long as the one that failed
            time.sleep(wait_seconds)

    def _once(self, work: Callable[[FTP], _T]) -> _T:
        try:
            ftp = self._idle.pop()
        except IndexError:
            ftp = self._connected()
        try:
            result = work(ftp)
        except (FileExistsError, error_perm):
            self._idle.append(ftp)
            raise
        except BaseException:
            ftp.close()
            raise
        self._idle.append(ftp)
        return result

    def _connected(self) -> FTP:
        ftp = FTP(timeout=_SILENCE_SECONDS, encoding="utf-8")  # noqa: S321 - what ftp:// means
        try:
            ftp.connect(self._address.host, self._address.port)
            ftp.login(self._address.user, self._address.password)
            ftp.set_pasv(not self._is_active)
            with suppress(error_perm):
                # Some servers speak UTF-8 only when they are asked to.
                ftp.sendcmd("OPTS UTF8 ON")
            # SIZE counts bytes in this mode only.
            ftp.voidcmd("TYPE I")
        except BaseException:
            ftp.close()
            raise
        return ftp

    def _look(self, ftp: FTP, target: str) -> None:
        """Raise FileExistsError where something lies, as far as the server tells."""
        if _size(ftp, target) is not None:
            raise FileExistsError(target)

    def _send(self, ftp: FTP, target: str, content: Content) -> None:
        self._make_folder(ftp, PurePosixPath(target).parent)
        with opened(content) as file:
            ftp.storbinary(f"STOR {target}", file, _BLOCK_BYTES)

    def _make_folder(self, ftp: FTP, folder: PurePosixPath) -> None:
        if str(folder) in self._made:
            return
        try:
            ftp.cwd(str(folder))
        except error_perm:
            if folder.parent == folder:
                raise
            self._make_folder(ftp, folder.parent)
            try:
                ftp.mkd(str(folder))
            except error_perm:
                ftp.cwd(str(folder))  # another connection was faster
        self._made.add(str(folder))

    def _put(self, ftp: FTP, target: str, content: Content, *, is_new: bool) -> None:
        """Write a file that gets its name when it is whole, if the server lets it."""
        if self._renames:
            temporary = _temporary(target, content)
            self._send(ftp, temporary, content)
            if _is_renamed(ftp, temporary, target, is_new=is_new):
                return
            if is_new:
                self._look(ftp, target)
        self._send(ftp, target, content)
        if self._renames:
            self._renames = False
            logger.warning(
                "%s does not let files be renamed: they are written under their names, "
                "and can be seen before they are whole",
                self._address.host,
            )


def _is_renamed(ftp: FTP, temporary: str, target: str, *, is_new: bool) -> bool:
    """Give a file its name; where the server refuses, delete it and return False."""
    for is_last in (is_new, True):
        try:
            ftp.rename(temporary, target)
        except error_perm:
            with suppress(error_perm):
                # Some servers do not rename to a name that is taken.
                ftp.delete(temporary if is_last else target)
            if is_last:
                return False
        else:
            return True
    return False


def _size(ftp: FTP, target: str) -> int | None:
    """Return the size of a file in bytes; None where there is none, or the server cannot say."""
    try:
        return ftp.size(target)
    except error_perm:
        return None


def _temporary(target: str, content: Content) -> str:
    """Return where bytes lie until they are whole: after a kill they take the same place."""
    with opened(content) as file:
        digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
    return str(PurePosixPath(target).with_name(f".{digest.hexdigest()[:16]}.part"))


def _in_words(error: BaseException) -> OSError:
    """Return an error of ftplib or of the network with words for a person."""
    words = in_one_line(error)
    if words.startswith(_NOT_LOGGED_IN):
        return StoreFailed(f"the server refuses this user or password: {words}")
    if words.startswith(_NAME_NOT_ALLOWED):
        return OSError(errno.EINVAL, f"the server refuses the name: {words}")
    if isinstance(error, UnicodeError):
        return StoreFailed("the server does not speak UTF-8")
    return StoreFailed(words)
