"""A folder of pictures in which a file appears whole or not at all and is never overwritten."""

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISREG

_HASH_BLOCK_BYTES = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)  # Windows translates line ends without it

INCOMING = ".incoming"
"""Files on their way lie in this folder of a store, as ``<run>.<anything>``."""

Content = bytes | Path
"""The bytes of a picture: in memory, or in a temporary file where there are many."""


def part_of(path: str) -> str:
    """Return the path of the temporary file that a path is written to first.

    Another process finds it again, and removes it, where this one was killed.
    """
    pure = PurePosixPath(path)
    return str(pure.with_name(f".{hashlib.sha256(pure.name.encode()).hexdigest()[:16]}.part"))


class FolderStore:
    """Files under one root, addressed by relative paths with ``/`` on every system.

    Every method may raise OSError: a full disk, a folder without permission.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = Path(root)

    def size_of(self, path: str) -> int | None:
        """Return the size of a stored file in bytes, None if it is no file."""
        try:
            found = (self.root / path).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_size if S_ISREG(found.st_mode) else None

    def is_free(self, path: str, sha256: str) -> bool | None:
        """Tell whether nothing lies at a path; None where these very bytes do."""
        if not os.path.lexists(self.root / path):
            return True
        return None if self.sha256_of(path) == sha256 else False

    def remove(self, path: str) -> None:
        """Remove a file, if it is there, and its folders as far as they are empty then."""
        (self.root / path).unlink(missing_ok=True)
        for folder in PurePosixPath(path).parents[:-1]:
            try:
                (self.root / folder).rmdir()
            except OSError:  # something else lies there
                return

    def sha256_of(self, path: str) -> str:
        """Return the sha256 of a stored file in hex digits, "" if it is no file."""
        digest = hashlib.sha256()
        try:
            with (self.root / path).open("rb") as file:
                while block := file.read(_HASH_BLOCK_BYTES):
                    digest.update(block)
        except (FileNotFoundError, IsADirectoryError):
            return ""
        return digest.hexdigest()

    def add(self, path: str, content: Content) -> None:
        """Store a new file; raises FileExistsError rather than overwrite one.

        Content that is a file becomes the stored one; where that fails it stays.
        """
        if isinstance(content, Path):
            self._take(path, content)
            return
        temporary = self._written(path, content)
        try:
            _rename_to_new(temporary, self.root / path)
        finally:
            temporary.unlink(missing_ok=True)

    def _take(self, path: str, file: Path) -> None:
        target, temporary = self.root / path, self.root / part_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _sync(file)
            _rename_to_new(file, target)
        except OSError as error:
            if error.errno != errno.EXDEV:  # a folder of the store that lies on another disk
                raise
            try:
                shutil.copyfile(file, temporary)
                _sync(temporary)
                _rename_to_new(temporary, target)
            finally:
                temporary.unlink(missing_ok=True)
        file.unlink(missing_ok=True)

    def _written(self, path: str, body: bytes) -> Path:
        temporary = self.root / part_of(path)
        try:
            _write(temporary, body, is_new=True)
        except FileExistsError:
            # Somebody writes to the same path in this moment.
            temporary = temporary.with_name(f".{secrets.token_hex(8)}.part")
            _write(temporary, body, is_new=True)
        return temporary

    def replace(self, path: str, body: bytes) -> None:
        """Store a file that can be made again, in place of an older one.

        It appears whole or not at all, but a power cut may take it away.
        """
        temporary = self.root / part_of(path)
        try:
            _write(temporary, body, is_synced=False)
            temporary.replace(self.root / path)
        finally:
            temporary.unlink(missing_ok=True)

    @property
    def incoming(self) -> Path:
        """Folder for files that are not whole yet; it is there only while there are some."""
        return self.root / INCOMING


@dataclass(frozen=True)
class Shelves:
    """The folders of this machine where pictures and their thumbnails lie."""

    originals: FolderStore
    thumbnails: FolderStore | None
    boxes: Mapping[str, tuple[int, int]]
    """Thumbnails by name: width and height in pixels at most."""


def tidy_incoming(folder: Path, runs: Collection[str]) -> None:
    """Remove what these runs, which nobody works on any more, have left of files on their way."""
    for file in list(folder.glob("*.*")):
        if file.name.partition(".")[0] in runs:
            file.unlink(missing_ok=True)
    with suppress(OSError):  # not there, or others are on their way
        folder.rmdir()


def _write(file: Path, body: bytes, *, is_new: bool = False, is_synced: bool = True) -> None:
    """Write a file, in a folder that is made if need be; none is left where that fails."""
    flags = os.O_WRONLY | os.O_CREAT | _BINARY | (os.O_EXCL if is_new else os.O_TRUNC)
    try:
        number = os.open(file, flags, 0o666)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        number = os.open(file, flags, 0o666)
    try:
        with open(number, "wb", buffering=0) as raw:  # noqa: PTH123 - it is open already
            view = memoryview(body)
            while view:
                view = view[raw.write(view) :]
            if is_synced:
                # A power cut must not leave a name without its bytes.
                os.fsync(number)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _sync(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _rename_to_new(source: Path, target: Path) -> None:
    """Rename without overwriting; only POSIX's link() does that in one step."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # FAT and some network folders have no hard links
        if target.exists():
            raise FileExistsError(str(target)) from None
        source.rename(target)
