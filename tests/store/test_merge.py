"""Copies of a workbook file are put together with no server: nothing lost, in any order."""

from __future__ import annotations

import dataclasses
import random
import shutil
import uuid
from itertools import permutations
from pathlib import Path

import pytest
from written import ID, record_edits

from netvaerk_widgets.acts import new_network
from netvaerk_widgets.records import single_record_id
from netvaerk_widgets.store import Address, Edit, Store, new_edit
from netvaerk_widgets.store.backup import backups
from netvaerk_widgets.store.edit import ERASED_CONTENT, ERASED_RECORD, hollowed
from netvaerk_widgets.store.erasure import erase_network
from netvaerk_widgets.store.foreign import Copy, read_copy
from netvaerk_widgets.store.merge import compare, erase_again, merge

THEME = Address(ID, single_record_id(ID, "theme"), "theme", "statement")
VERSION_1 = Path(__file__).parents[1] / "files" / "version-1.netvaerk"


def holding(path: Path, *edits: Edit) -> Path:
    with Store.open(path, create=True) as store:
        store.append(edits)
    return path


def state(path: Path) -> dict[str, Edit]:
    with Store.open(path, read_only=True) as store:
        return {edit.edit_id: edit for edit in store.edits()[0]}


def merged(target: Path, *copies: Path) -> dict[str, Edit]:
    with Store.open(target, create=True) as store:
        merge(store, [read_copy(copy) for copy in copies])
    return state(target)


def erased_in(path: Path, edit: Edit, level: int) -> None:
    with Store.open(path) as store:
        store.take_in([], [hollowed(edit, level)])


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """Return three copies of one beginning in which all went on, and two erased something."""
    contact = str(uuid.uuid4())
    first = new_edit(THEME, "Udgangspunktet")
    person = record_edits("contact", {"name": "Karla Kontakt", "unit": "Nord"}, contact)
    start = holding(tmp_path / "start.netvaerk", first, *person)
    copies = []
    for number in range(3):
        copy = tmp_path / f"kopi{number}.netvaerk"
        shutil.copyfile(start, copy)
        holding(copy, new_edit(THEME, f"Tekst {number}", replaces=[first.edit_id]))
        holding(copy, *record_edits("source", {"title": f"Kilde {number}"}))
        copies.append(copy)
    holding(copies[1], *record_edits("contact", {"learned": "Karla ved noget"}, contact))
    erased_in(copies[0], first, ERASED_CONTENT)
    erased_in(copies[2], person[0], ERASED_RECORD)
    return copies


def test_the_order_of_merging_does_not_matter(three: list[Path], tmp_path: Path) -> None:
    outcomes = []
    for number, order in enumerate(permutations(three)):
        target = tmp_path / f"samlet{number}.netvaerk"
        for copy in order:
            merged(target, copy)
        outcomes.append(state(target))
    outcomes.append(merged(tmp_path / "paa-en-gang.netvaerk", *three))
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert {edit.value for edit in outcomes[0].values() if edit.field == "statement"} == {
        None, "Tekst 0", "Tekst 1", "Tekst 2",
    }  # fmt: skip
    contact = [edit for edit in outcomes[0].values() if edit.kind == "contact"]
    assert {(edit.value, edit.erased) for edit in contact} == {(None, ERASED_RECORD)}


def test_merging_pairs_first_gives_the_same(three: list[Path], tmp_path: Path) -> None:
    one, two, last = three
    left, right = tmp_path / "venstre.netvaerk", tmp_path / "hoejre.netvaerk"
    merged(left, one, two)
    merged(right, two, last)
    assert merged(left, last) == merged(right, one)


def test_merging_again_changes_nothing_and_takes_no_backup(three: list[Path]) -> None:
    target, *copies = three
    before = merged(target, *copies)
    taken, content = backups(target), target.read_bytes()
    assert merged(target, *copies, *copies) == before
    assert backups(target) == taken
    assert target.read_bytes() == content


def test_both_texts_of_a_conflict_stay_readable(three: list[Path]) -> None:
    target, *copies = three
    with Store.open(target) as store:
        found = merge(store, [read_copy(copy) for copy in copies])
        assert found.conflicts == ((ID, THEME.record_id, "statement"),)
        assert found.records["source"] == 2
        record = store.network(ID).record(THEME.record_id)
        assert record is not None
        heads = record.heads["statement"]
    assert {head.value for head in heads} == {"Tekst 0", "Tekst 1", "Tekst 2"}


def test_clocks_decide_nothing(tmp_path: Path) -> None:
    first = new_edit(THEME, "Først")
    later = new_edit(THEME, "Sidst", replaces=[first.edit_id])
    early = dataclasses.replace(later, at="1999-01-01T00:00:00.000Z")
    copy = holding(tmp_path / "kopi.netvaerk", first, early)
    merged(target := tmp_path / "min.netvaerk", copy)
    with Store.open(target) as store:
        assert store.network(ID).single("theme").text("statement") == "Sidst"


def test_a_new_network_comes_in_whole_and_is_named(tmp_path: Path) -> None:
    target = holding(tmp_path / "min.netvaerk", *new_network("Mit"))
    copy = holding(tmp_path / "kopi.netvaerk", *new_network("Deres"))
    with Store.open(target) as store:
        found = merge(store, [read_copy(copy)])
        assert found.networks == ("Deres",)
        assert set(store.networks().values()) == {"Mit", "Deres"}


def test_a_comparison_writes_nothing_and_tells_what_merging_does(three: list[Path]) -> None:
    target, *copies = three
    before = target.read_bytes()
    with Store.open(target) as store:
        read = [read_copy(copy) for copy in copies]
        told = compare(store, read)
        assert target.read_bytes() == before
        assert dataclasses.replace(merge(store, read), backup=None) == told


def test_a_backup_from_before_the_merge_is_there(three: list[Path]) -> None:
    target, *copies = three
    before = state(target)
    with Store.open(target) as store:
        found = merge(store, [read_copy(copy) for copy in copies])
    assert found.backup == backups(target)[0]
    assert state(found.backup) == before


def test_a_merge_that_cannot_be_backed_up_does_not_happen(
    three: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from netvaerk_widgets.errors import StoreError
    from netvaerk_widgets.store import merge as module

    def refuse(_: Path) -> Path:
        raise StoreError("disk_full", file="x")

    monkeypatch.setattr(module, "back_up", refuse)
    before = three[0].read_bytes()
    with pytest.raises(StoreError):
        merged(three[0], three[1])
    assert three[0].read_bytes() == before


def test_an_author_erased_in_one_copy_is_erased_in_all(tmp_path: Path) -> None:
    edit = dataclasses.replace(new_edit(THEME, "Tekst"), author="Karla Kontakt")
    old = holding(tmp_path / "gammel.netvaerk", edit)
    clean = holding(tmp_path / "renset.netvaerk", hollowed(edit, 0))
    for order in permutations([old, clean]):
        (one,) = merged(tmp_path / f"{order[0].stem}-foerst.netvaerk", *order).values()
        assert (one.author, one.value, one.erased) == ("", "Tekst", 0)
    assert b"Karla" in old.read_bytes()
    merged(old, clean)
    assert b"Karla" not in old.read_bytes()


def test_what_anyone_writes_to_an_erased_record_is_erased_too(tmp_path: Path) -> None:
    edits = record_edits("contact", {"name": "Karla Kontakt"}, str(uuid.uuid4()))
    target = holding(tmp_path / "min.netvaerk", hollowed(edits[0], ERASED_RECORD))
    late = record_edits("contact", {"unit": "Karlas afdeling"}, edits[0].record_id)
    copy = holding(tmp_path / "gammel.netvaerk", *edits, *late)
    assert {edit.value for edit in merged(target, copy).values()} == {None}
    assert b"Karla" not in target.read_bytes()


def test_a_file_of_version_1_joins_and_is_not_changed(tmp_path: Path) -> None:
    copy = tmp_path / "gammel.netvaerk"
    shutil.copyfile(VERSION_1, copy)
    target = holding(tmp_path / "min.netvaerk", *new_network("Mit"))
    found = merged(target, copy)
    assert "Eksempel: Ensomhed blandt ældre borgere" in [edit.value for edit in found.values()]
    assert copy.read_bytes() == VERSION_1.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "gammel.netvaerk", "min.netvaerk", "sikkerhedskopier",
    ]  # fmt: skip


def test_a_copy_is_only_read(three: list[Path]) -> None:
    target, *copies = three
    before = [copy.read_bytes() for copy in copies]
    merged(target, *copies)
    assert [copy.read_bytes() for copy in copies] == before


def test_the_file_itself_as_a_copy_brings_nothing(three: list[Path]) -> None:
    with Store.open(three[0]) as store:
        found = merge(store, [read_copy(three[0]), store])
        store.append([new_edit(THEME, "Mere")])  # its locks are its own still
    assert (found.new, found.erased, found.backup) == ((), (), None)


def test_kinds_and_fields_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    edit = new_edit(THEME, "Tekst")
    newer = [
        dataclasses.replace(
            edit, edit_id=str(uuid.uuid4()), record_id=str(uuid.uuid4()), kind="drone", field="x"
        ),
        dataclasses.replace(edit, edit_id=str(uuid.uuid4()), field="mood", value=["a"]),
    ]
    copy = holding(tmp_path / "ny.netvaerk", *newer)
    assert list(merged(tmp_path / "min.netvaerk", copy).values()) == newer


def test_after_a_restore_what_was_erased_is_erased_again_and_nothing_else_comes(
    tmp_path: Path,
) -> None:
    edit = new_edit(THEME, "Karla Kontakt sagde")
    back = holding(tmp_path / "tilbage.netvaerk", edit)
    later = holding(tmp_path / "nyere.netvaerk", hollowed(edit, ERASED_CONTENT))
    holding(later, new_edit(THEME, "Nyt"))
    with Store.open(back) as store:
        assert erase_again(store, read_copy(later)) == 1
    assert [one.value for one in state(back).values()] == [None]


@pytest.mark.parametrize("seed", range(20))
def test_any_merging_in_any_order_gives_the_same(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)  # noqa: S311 - a repeatable choice, not a secret
    everything = [new_edit(THEME, f"Tekst {n}") for n in range(8)]
    copies = []
    for number in range(4):
        some = dice.sample(everything, 5)
        levels = [dice.choice([None, None, 0, ERASED_CONTENT]) for _ in some]
        content = [e if n is None else hollowed(e, n) for e, n in zip(some, levels, strict=True)]
        copies.append(Copy(f"{number}", tuple(content)))
    outcomes = []
    for run in range(2):
        with Store.open(tmp_path / f"{run}.netvaerk", create=True) as store:
            for copy in dice.sample(copies, 4):
                merge(store, [copy])
            outcomes.append({edit.edit_id: edit for edit in store.edits()[0]})
    assert outcomes[0] == outcomes[1]


def test_a_network_that_was_erased_does_not_come_back_with_what_a_copy_added_to_it(
    tmp_path: Path,
) -> None:
    network = new_network("Nord")
    id_ = network[0].network_id
    mine = holding(tmp_path / "min.netvaerk", *network)
    added = new_edit(Address(id_, str(uuid.uuid4()), "contact", "name"), "Kirsten Aagaard")
    copy = holding(tmp_path / "kopi.netvaerk", *network, added)
    with Store.open(mine) as store:
        erase_network(store, id_, journalised="Lagt på sagen")
    after = merged(mine, copy)
    assert all(edit.erased == ERASED_RECORD for edit in after.values())
    assert b"Kirsten Aagaard" not in mine.read_bytes()
