"""A saving process is killed at any moment: every edit it said was saved is there, and whole."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest
from faults.figures import Figure
from forked import killed, needs_fork
from store import child

from netvaerk_widgets.store import Store

TEXT = "Et tema på flere linjer.\n" * 40


def lost_and_torn(place: str | Path, kills: int) -> tuple[int, int, int]:
    """Kill a saving process so often; return edits it called saved, those lost and those torn."""
    chance = random.Random(20261123)  # noqa: S311 - the same moments each time
    acknowledged: set[str] = set()
    point, found, torn = 0, set(), 0
    for _ in range(kills):
        acknowledged |= set(killed(partial(child.save, place), chance.uniform(0.001, 0.04)))
        with Store.open(place) as store:
            new, point = store.edits(after=point)
        found |= {edit.edit_id for edit in new}
        torn += sum(edit.value != TEXT for edit in new)
        assert len(found - acknowledged) <= kills, "at most the one in flight at each kill"
    with Store.open(place) as store:
        assert {edit.edit_id for edit in store.edits()[0]} == found, "what was read once stays"
    return len(acknowledged), len(acknowledged - found), torn


KILLS = [60, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]


@needs_fork
@pytest.mark.parametrize("kills", KILLS)
def test_no_acknowledged_edit_is_lost_when_the_process_is_killed(
    file: Path, kills: int, figure: Figure
) -> None:
    figure.what = f"{kills} gange dræbes programmet (SIGKILL), mens det gemmer i en fil"
    figure.tried = kills
    Store.open(file, create=True).close()
    saved, figure.lost, torn = lost_and_torn(file, kills)
    assert (figure.lost, torn) == (0, 0)
    assert saved > kills


SHARED = [5, pytest.param(200, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]


@needs_fork
@pytest.mark.parametrize("kills", SHARED)
def test_no_acknowledged_edit_is_lost_in_a_shared_database_when_its_client_is_killed(
    database: str, kills: int, figure: Figure
) -> None:
    figure.what = f"{kills} gange dræbes programmet, mens det gemmer i en fælles database"
    figure.tried = kills
    Store.open(database).close()
    saved, figure.lost, torn = lost_and_torn(database, kills)
    assert (figure.lost, torn) == (0, 0)
    assert saved > kills
