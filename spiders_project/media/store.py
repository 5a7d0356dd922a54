"""A folder of pictures in which a file appears whole or not at all and is never overwritten."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HASH_BLOCK_BYTES = 1 << 20


class FolderStore:
    """Files under one root, addressed by relative paths with ``/`` on every system.

    Every method may raise OSError: a full disk, a folder without permission.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = Path(root)

    def names(self, folder: str) -> list[str]:
        """Return the names that lie in a folder; none if it does not exist."""
        try:
            return [entry.name for entry in (self.root / folder).iterdir()]
        except FileNotFoundError:
            return []

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
        with self._whole_file(path, body) as temporary:
            _rename_to_new(temporary, self.root / path)

    def replace(self, path: str, body: bytes) -> None:
        """Store a file that can be made again, in place of an older one."""
        with self._whole_file(path, body) as temporary:
            temporary.replace(self.root / path)

    @contextmanager
    def _whole_file(self, path: str, body: bytes) -> Iterator[Path]:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{secrets.token_hex(8)}.part")
        try:
            temporary.write_bytes(body)
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
