"""One edit: who set which field of which record to what, and what it replaced."""

from __future__ import annotations

import dataclasses
import datetime
import getpass
import hashlib
import os
import platform
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..records import Value, checked

ERASED_CONTENT, ERASED_RECORD = 1, 2


@dataclass(frozen=True, slots=True)
class Edit:
    """One row of the record, never changed after it is written.

    Attributes
    ----------
    edit_id, network_id, record_id
        UUIDs as text. The browser makes the edit id, so an edit sent twice is written once.
    kind, field
        Names in ``records.KINDS``.
    value
        What the field holds from now on; None means not answered.
    replaces
        Ids of the edits whose values the writer saw and meant to replace.
    cause
        Id of the record that made the writer change this, or None.
    author, device
        Who, and a short fingerprint of the machine (not its name).
    at
        When, UTC with milliseconds, ISO 8601. Shown to people; it decides nothing.
    erased
        0, or ``ERASED_CONTENT``: value and author are gone for good, or ``ERASED_RECORD``: so is
        everything anyone writes to the record. The ids stay: they keep the history whole and old
        copies from bringing the content back.
    """

    edit_id: str
    network_id: str
    record_id: str
    kind: str
    field: str
    value: Value
    replaces: tuple[str, ...]
    cause: str | None
    author: str
    device: str
    at: str
    erased: int = 0

    @property
    def moment(self) -> datetime.datetime:
        """When, as a time that can be reckoned with."""
        return datetime.datetime.fromisoformat(self.at)


def hollowed(edit: Edit, erased: int) -> Edit:
    """Return the edit without value, author and machine."""
    value = edit.value if not erased else None
    return dataclasses.replace(edit, value=value, author="", device="", erased=erased)


class Address(NamedTuple):
    """Which field of which record of which network."""

    network_id: str
    record_id: str
    kind: str
    field: str


def new_edit(
    address: Address,
    value: object,
    *,
    edit_id: str | None = None,
    replaces: Iterable[str] = (),
    cause: str | None = None,
) -> Edit:
    """Return an edit made now by this user on this machine, its value checked.

    Raises
    ------
    ValueRefusedError
        The value does not fit the field.
    """
    return Edit(
        edit_id=edit_id or str(uuid.uuid4()),
        **address._asdict(),
        value=checked(address.kind, address.field, value),
        replaces=tuple(replaces),
        cause=cause,
        author=_author(),
        device=_device(),
        at=stamp(datetime.datetime.now(datetime.UTC)),
    )


def stamp(moment: datetime.datetime) -> str:
    """Return a UTC moment as edits carry it: milliseconds, ISO 8601."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@cache
def _author() -> str:
    if name := os.environ.get("NETVAERK_AUTHOR"):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no login name: some containers run as a bare user number
        return ""


@cache
def _device() -> str:
    # Tells two machines apart in the history without writing a machine's name into a file that
    # is mailed around.
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]
