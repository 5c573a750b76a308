"""The checksum of a file, read again only where the file may have changed."""

import hashlib
import stat
import time
from contextlib import suppress
from pathlib import Path

__all__ = ["file_digest"]
# A file written to so short a time ago may be written to again within the tick of its clock (FAT: 2 s).
AT_REST = 3_000_000_000  # nanoseconds
_known: dict[str, tuple[tuple[int, ...], bytes]] = {}


def file_digest(path: str) -> bytes:
    """Return the SHA-256 of what is in a file, or words that say it cannot be read.

    A file that was at rest when it was read, and has the same place, size and times of change, is not read
    again by this process or those forked from it.
    """
    # A pipe or a device would be waited for.
    with suppress(OSError):
        found = Path(path).stat()
        if stat.S_ISREG(found.st_mode):
            now = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
            before, digest = _known.get(path, ((), b""))
            if before == now:
                return digest
            asked = time.time_ns()
            with Path(path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").digest()
            if asked - max(found.st_mtime_ns, found.st_ctime_ns) > AT_REST:
                _known[path] = now, digest
            return digest
    return b"cannot be read"
