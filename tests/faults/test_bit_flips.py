"""One byte of the file is wrong: it opens, or is refused in words, and nothing is written."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from faults.figures import Figure
from forked import needs_fork
from written import record_edits

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.history import revisions
from netvaerk_widgets.method import load_method
from netvaerk_widgets.report import page
from netvaerk_widgets.store import Store
from netvaerk_widgets.store.erasure import erase_record
from netvaerk_widgets.store.frames import frame

HEADER = 100  # bytes
PATIENCE = 60  # s
READ, REFUSED, FELL = 0, 1, 2


def filled(file: Path) -> bytes:
    with Store.open(file, create=True) as store:
        store.append(record_edits("network", {"title": "Rehabilitering efter indlæggelse"}))
        for number in range(12):
            values = {"date": "2026-11-03", "says": f"Borgerne venter. {number} " * 30}
            store.append(record_edits("source", values))
            store.append(record_edits("contact", {"name": f"Navn {number}"}))
        gone = store.edits()[0][-1].record_id
        erase_record(store, gone)
    return file.read_bytes()


def read_everything(file: Path) -> None:
    method = load_method()
    with Store.open(file) as store:
        store.receipts()
        store.chosen_network()
        edits, _ = store.edits()
        networks = [store.network(id_) for id_ in store.networks()]
        for kind in ("source", "contact"):
            frame(networks, kind)
        for id_ in store.networks():
            page.network_report(store, id_, method)
        for place in {(edit.record_id, edit.field) for edit in edits}:
            revisions(edit for edit in edits if (edit.record_id, edit.field) == place)


def outcome(file: Path, errors: Path) -> int:
    """Let a fork read everything; return what became of it."""
    pid = os.fork()
    if pid == 0:
        status = FELL
        try:
            read_everything(file)
            status = READ
        except StoreError as error:
            status = REFUSED if str(error) else FELL
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            with errors.open("a") as said:
                said.write(f"{error!r}\n")
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


FLIPS = [40, pytest.param(500, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]


@needs_fork
@pytest.mark.parametrize("flips", FLIPS)
def test_a_wrong_byte_is_told_of_or_read_over(file: Path, flips: int, figure: Figure) -> None:
    figure.what = f"Et forkert byte i filen, {flips} forskellige steder"
    whole = filled(file)
    read_everything(file)  # what it imports is imported before the forks
    chance = random.Random(20261123)  # noqa: S311 - the same bytes each time
    errors = file.with_suffix(".errors")
    outcomes = []
    for number in range(flips):
        end = HEADER if number % 5 == 0 else len(whole)
        wrong = bytearray(whole)
        wrong[chance.randrange(end)] ^= chance.randrange(1, 256)
        file.write_bytes(wrong)
        outcomes.append(outcome(file, errors))
        assert file.read_bytes() == wrong, "only read"
    figure.tried = flips
    figure.lost = sum(one not in (READ, REFUSED) for one in outcomes)
    assert not errors.exists(), errors.read_text()
    assert figure.lost == 0, "no process died"
    assert {READ, REFUSED} == set(outcomes)
