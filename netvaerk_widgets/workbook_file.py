"""Which workbook file belongs to a folder."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import WorkbookError

SUFFIX = ".netvaerk"
DEFAULT_NAME = f"netvaerkstemaer{SUFFIX}"


def find_workbook_file(folder: str | Path = ".") -> Path:
    """Return the path of the workbook file in ``folder``; it need not exist yet.

    It is the file named by the environment variable ``NETVAERK_FILE``; else ``DEFAULT_NAME`` if
    that is there; else the only file with our suffix; else ``DEFAULT_NAME``, to be made.

    Raises
    ------
    WorkbookError
        There are several and none has the default name: we do not guess whose answers to show.
    """
    if named := os.environ.get("NETVAERK_FILE"):
        return Path(named)
    default = Path(folder) / DEFAULT_NAME
    found = sorted(Path(folder).glob(f"*{SUFFIX}"))
    if default in found or not found:
        return default
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise WorkbookError("several_files", folder=Path(folder).resolve().name, files=names)
    return found[0]
