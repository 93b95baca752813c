"""One network as its edits leave it: the heads of every field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ..records import DELETED, Value, single_record_id
from .edit import ERASED_RECORD, Edit


@dataclass
class Record:
    """One record and, for each field, its heads: the edits that no other edit replaces.

    Attributes
    ----------
    heads
        ``{field: edits}``, ordered by time and then id so that every copy shows the same.
    since
        When the record was first written, UTC. Used for order only.
    """

    record_id: str
    kind: str
    since: str
    heads: dict[str, tuple[Edit, ...]] = field(default_factory=dict)

    def value(self, name: str) -> Value:
        """Return the value of a field, None if not answered.

        Of two values written without knowledge of each other this is the later; ``in_conflict``
        tells that there is another, and both stand in ``heads``.
        """
        heads = self.heads.get(name, ())
        return heads[-1].value if heads else None

    def text(self, name: str) -> str:
        """Return a text field's value, ``""`` if not answered."""
        value = self.value(name)
        return value if isinstance(value, str) else ""

    def ids(self, name: str) -> list[str]:
        """Return the ids in a field of type ``choices`` or ``records``, ``[]`` if none."""
        value = self.value(name)
        return value if isinstance(value, list) else []

    def in_conflict(self, name: str) -> bool:
        """Tell whether the field holds two values that differ and were never reconciled."""
        values = [edit.value for edit in self.heads.get(name, ())]
        return any(value != values[0] for value in values[1:])

    @property
    def deleted(self) -> bool:
        """Deleted, and nobody who had not seen the deletion brought it back."""
        heads = self.heads.get(DELETED, ())
        return bool(heads) and all(edit.value is True for edit in heads)

    @property
    def erased(self) -> bool:
        """Erased for good: it holds nothing, and nothing can be written to it."""
        return any(e.erased == ERASED_RECORD for heads in self.heads.values() for e in heads)

    @property
    def gone(self) -> bool:
        """Deleted or erased: not to be shown."""
        return self.deleted or self.erased

    @property
    def answered(self) -> bool:
        """At least one field holds something, if only on one side of a conflict."""
        filled = (heads for name, heads in self.heads.items() if name != DELETED)
        return any(edit.value is not None for heads in filled for edit in heads)


class Network:
    """Everything recorded about one network, kept up to date by ``apply``.

    Applying the same edits in any order, any number of times, gives the same network.
    """

    def __init__(self, network_id: str, edits: Iterable[Edit] = ()) -> None:
        self.network_id = network_id
        self._records: dict[str, Record] = {}
        self._replaced: set[tuple[str, str, str]] = set()  # record, field, edit
        self._edits: dict[tuple[str, str], dict[str, Edit]] = {}  # by record and field
        self.apply(edits)

    def apply(self, edits: Iterable[Edit]) -> set[str]:
        """Take in edits and return the ids of the records they belong to."""
        touched = set()
        for edit in edits:
            touched.add(edit.record_id)
            self._apply(edit)
        return touched

    def _apply(self, edit: Edit) -> None:
        record = self._records.setdefault(
            edit.record_id, Record(edit.record_id, edit.kind, edit.at)
        )
        record.since = min(record.since, edit.at)
        # An edit replaces edits of its own field only, so that no other order could show another's.
        self._replaced.update((edit.record_id, edit.field, id_) for id_ in edit.replaces)
        written = self._edits.setdefault((edit.record_id, edit.field), {})
        # The same edit may come again with its content erased; then that is how it stands.
        if edit.edit_id not in written or edit.erased >= written[edit.edit_id].erased:
            written[edit.edit_id] = edit
        heads = {head.edit_id: head for head in record.heads.get(edit.field, ())}
        heads[edit.edit_id] = written[edit.edit_id]
        standing = [
            head
            for id_, head in heads.items()
            if (edit.record_id, edit.field, id_) not in self._replaced
        ]
        # Edits that replace each other in a ring, which only a forged file holds, hide no text.
        standing = standing or list(written.values())
        record.heads[edit.field] = tuple(sorted(standing, key=lambda head: (head.at, head.edit_id)))

    def record(self, record_id: str) -> Record | None:
        """Return one record, deleted or not, or None if nothing was ever written to it."""
        return self._records.get(record_id)

    def records(self, *kinds: str) -> Iterator[Record]:
        """Yield the records of these kinds, oldest first, less the deleted and the empty."""
        for record in sorted(self._records.values(), key=lambda r: (r.since, r.record_id)):
            if record.kind in kinds and not record.deleted and record.answered:
                yield record

    def conflicts(self) -> set[tuple[str, str]]:
        """Return the record ids and fields that hold two values nobody has chosen between."""
        return {
            (record.record_id, name)
            for record in self._records.values()
            for name in record.heads
            if name != DELETED and record.in_conflict(name)
        }

    def history(self, record_id: str, field: str) -> tuple[Edit, ...]:
        """Return every edit of one field, in no particular order."""
        return tuple(self._edits.get((record_id, field), {}).values())

    def head_ids(self) -> set[str]:
        """Return the ids of the edits that stand: those no other edit replaces."""
        records = self._records.values()
        return {
            head.edit_id for record in records for heads in record.heads.values() for head in heads
        }

    def single(self, kind: str, part: str = "") -> Record:
        """Return the one record of a kind (and part), empty if nothing is written yet."""
        record_id = (
            self.network_id if kind == "network" else single_record_id(self.network_id, kind, part)
        )
        return self._records.get(record_id) or Record(record_id, kind, "")

    def assessment(self, characteristic: str) -> Record:
        """Return the assessment of one characteristic, empty if it is not answered."""
        return self.single("assessment", characteristic)

    @property
    def title(self) -> str:
        """The network's title, ``""`` if it has none yet."""
        return self.single("network").text("title")
