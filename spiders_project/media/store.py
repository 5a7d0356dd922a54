"""A folder of pictures in which a file appears whole or not at all and is never overwritten."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from stat import S_ISREG

_HASH_BLOCK_BYTES = 1 << 20


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

    def add(self, path: str, body: bytes) -> None:
        """Store a new file; raises FileExistsError rather than overwrite one."""
        with _whole_file(_taken(self.root / part_of(path)), body) as temporary:
            _rename_to_new(temporary, self.root / path)

    def replace(self, path: str, body: bytes) -> None:
        """Store a file that can be made again, in place of an older one."""
        with _whole_file(self.root / part_of(path), body) as temporary:
            temporary.replace(self.root / path)


def _taken(temporary: Path) -> Path:
    """Make a temporary file that nobody else writes to, of this name if that is free."""
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.touch(exist_ok=False)
    except FileExistsError:
        # Somebody writes to the same path in this moment.
        return temporary.with_name(f".{secrets.token_hex(8)}.part")
    return temporary


@contextmanager
def _whole_file(temporary: Path, body: bytes) -> Iterator[Path]:
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("wb") as file:
            file.write(body)
            file.flush()
            # A power cut must not leave a name without its bytes.
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


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
