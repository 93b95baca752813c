"""Three copies with any history, merged in any order: the same file, and nothing is lost."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from faults.deeds import OLD_FILE, contact, record
from faults.figures import Figure
from hypothesis import given, settings
from hypothesis import strategies as st
from written import ID

from netvaerk_widgets.history import revisions
from netvaerk_widgets.store import Edit, Network, Store, new_edit
from netvaerk_widgets.store.erasure import erase_person, erase_record
from netvaerk_widgets.store.foreign import read_copy
from netvaerk_widgets.store.merge import merge

COPIES, RECORDS = 3, 3
PERSON = "Kirsten Aagaard"
ABOUT = "Hemmeligt om "

Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "write", "delete", "erase", "forget", "meet", "old"]),
        st.integers(0, COPIES - 1),
        st.integers(0, RECORDS - 1),
    ),
    min_size=4,
    max_size=14,
)


def heads_of(store: Store, number: int, field: str) -> list[str]:
    found = store.network(ID).record(record(number))
    return [head.edit_id for head in found.heads.get(field, ())] if found else []


def do(step: Step, files: Sequence[Path], count: int) -> None:
    """Let one of the copies take one step."""
    what, who, number = step
    with Store.open(files[who]) as store:
        if what == "write":
            text = f"{ABOUT if count % 2 else ''}{PERSON if count % 3 else 'Bo'} {count}"
            seen = heads_of(store, number, "why")
            store.append([new_edit(contact(number, "why"), text, replaces=seen)])
        elif what == "delete":
            seen = heads_of(store, number, "deleted")
            store.append([new_edit(contact(number, "deleted"), bool(count % 2), replaces=seen)])
        elif what == "erase":
            erase_record(store, record(number))
        elif what == "forget":
            erase_person(store, PERSON)
        else:
            other = OLD_FILE if what == "old" else files[(who + 1) % COPIES]
            merge(store, [read_copy(other)])


def merged(folder: Path, files: Iterable[Path], *, at_once: bool) -> Path:
    first, *others = files
    target = folder / "samlet.netvaerk"
    shutil.copy(first, target)
    with Store.open(target) as store:
        if at_once:
            merge(store, [read_copy(other) for other in others])
        else:
            for other in others:
                merge(store, [read_copy(other)])
    return target


def content(file: Path) -> set[Edit]:
    with Store.open(file, read_only=True) as store:
        return set(map(frozen, store.edits()[0]))


def frozen(edit: Edit) -> Edit:
    is_list = isinstance(edit.value, list)
    return dataclasses.replace(edit, value=str(edit.value)) if is_list else edit


def check(steps: list[Step]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{number}.netvaerk" for number in range(COPIES)]
        for file in files:
            Store.open(file, create=True).close()
        for count, step in enumerate(steps):
            do(step, files, count)
        before = [content(file) for file in files]
        results = []
        for order in itertools.permutations(files):
            results += [content(merged(folder, order, at_once=way)) for way in (False, True)]
        assert all(one == results[0] for one in results), "order and grouping do not matter"
        result, target = results[0], folder / "samlet.netvaerk"
        with Store.open(target) as store:
            again = merge(store, [read_copy(file) for file in files])
        assert (again.new, again.erased, content(target)) == ((), (), result)
        lossless(before, result)


def lossless(before: list[set[Edit]], result: set[Edit]) -> None:
    """Every edit of every copy is there: whole, or hollow if any copy erased it or its record."""
    every = {edit for copy in before for edit in copy}
    there = {edit.edit_id: edit for edit in result}
    assert set(there) == {edit.edit_id for edit in every}
    gone = {edit.edit_id for edit in every if edit.erased}
    records = {edit.record_id for edit in every if edit.erased == 2}
    for edit in every:
        erased = edit.edit_id in gone or edit.record_id in records
        assert there[edit.edit_id].value == (None if erased else edit.value)
    ours = [edit for edit in result if edit.network_id == ID]
    replaced = {old for edit in ours for old in edit.replaces}
    assert Network(ID, ours).head_ids() == {edit.edit_id for edit in ours} - replaced, (
        "both sides of a conflict are readable"
    )


@given(STEPS)
@settings(max_examples=8)
def test_merging_is_the_same_in_any_order_and_loses_nothing(steps: list[Step]) -> None:
    check(steps)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_many_histories_merge_the_same_in_any_order(figure: Figure) -> None:
    figure.what = "Tre kopier med tilfældig historie flettes i alle rækkefølger"

    @given(STEPS)
    @settings(max_examples=100)
    def run(steps: list[Step]) -> None:
        figure.tried += 1
        check(steps)

    run()


RINGS = st.lists(st.lists(st.integers(0, 4), max_size=5), min_size=1, max_size=5)


@given(RINGS, st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_edits_that_replace_each_other_in_a_ring_hide_no_field(
    rings: list[list[int]], chance: object
) -> None:
    """Only a forged file holds them: nobody can have seen an edit before it was written."""
    ids = [f"0000000{n}-0000-4000-8000-000000000000" for n in range(5)]
    edits = [
        new_edit(contact(0, "why"), f"{n}", edit_id=ids[n], replaces=[ids[old] for old in olds])
        for n, olds in enumerate(rings)
    ]
    network = Network(ID, edits)
    found = network.record(record(0))
    assert found is not None
    assert found.text("why")
    assert {one.edit.edit_id for one in revisions(edits)} <= set(ids)
    shuffled = list(edits)
    assert hasattr(chance, "shuffle")
    chance.shuffle(shuffled)
    assert Network(ID, shuffled).head_ids() == network.head_ids()
