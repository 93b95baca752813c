"""Put a finished report on disk, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from ..errors import StoreError

_SENTENCES = {
    errno.EACCES: "file_read_only",
    errno.EPERM: "file_read_only",
    errno.EROFS: "file_read_only",
    errno.ENOSPC: "disk_full",
}


def write_report(html: str, path: str | Path) -> None:
    """Write a report to ``path``; what stood there before is replaced.

    It is written beside its place and moved in whole: whatever goes wrong, the old file or the
    new one is there, never half of one.

    Raises
    ------
    StoreError
        The folder cannot be written, is not there, or is full.
    """
    path = Path(path)
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(html.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        if draft is not None:
            with contextlib.suppress(OSError):
                draft.unlink()
        if id_ := _SENTENCES.get(error.errno or 0):
            raise StoreError(id_, file=path.name) from error
        reason = type(error).__name__
        raise StoreError("disk_error", file=path.name, reason=reason) from error
