"""Two who write in one file, or one shared database: nobody overwrites what they have not seen."""

from __future__ import annotations

import uuid
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from faults.figures import Figure
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from written import ID

from netvaerk_widgets.store import Address, Edit, Network, Store, new_edit

FIELDS = ("statement", "given")
RECORD = "a" * 36
WHO = st.integers(0, 1)


class Client:
    """One who writes: what their screen shows is what they have taken in, as the desk does it."""

    def __init__(self, place: str | Path) -> None:
        self.store = Store.open(place)
        self.network = Network(ID)
        self.point = 0
        self.seen: set[str] = set()

    def pull(self) -> None:
        edits, self.point = self.store.edits(after=self.point)
        self.network.apply(edits)
        self.seen |= {edit.edit_id for edit in edits}

    def heads(self, field: str) -> list[str]:
        record = self.network.record(RECORD)
        return [head.edit_id for head in record.heads.get(field, ())] if record else []

    def types(self, field: str, text: str) -> Edit:
        address = Address(ID, RECORD, "theme", field)
        edit = new_edit(address, text, replaces=self.heads(field))
        assert self.store.append([edit]) == [edit]
        return edit


class Careless(Client):
    """The control: replaces whatever stands in the file, seen or not."""

    def heads(self, field: str) -> list[str]:
        record = self.store.network(ID).record(RECORD)
        return [head.edit_id for head in record.heads.get(field, ())] if record else []


class TwoClients(RuleBasedStateMachine):
    """Two clients type, look, send again and begin anew in any order."""

    client = Client
    place = ""
    histories = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).histories += 1
        self.folder = TemporaryDirectory()
        place: str | Path = self.place or Path(self.folder.name) / "netvaerk.netvaerk"
        Store.open(place, create=True).close()
        self.where = place
        self.clients = [self.client(place), self.client(place)]
        self.record = str(uuid.uuid4())
        for client in self.clients:
            client.pull()
        self.begun = set(self.clients[0].seen)  # a shared database holds earlier histories
        self.saved: dict[str, tuple[Edit, frozenset[str]]] = {}

    @rule(who=WHO, field=st.sampled_from(FIELDS), text=st.sampled_from("æøå") | st.none())
    def types(self, who: int, field: str, text: str | None) -> None:
        client = self.clients[who]
        before = frozenset(client.seen)
        edit = client.types(field, text or "")
        self.saved[edit.edit_id] = edit, before
        client.pull()

    @rule(who=WHO, field=st.sampled_from(FIELDS))
    def types_before_looking(self, who: int, field: str) -> None:
        client = self.clients[who]
        edit = client.types(field, "blindt")
        self.saved[edit.edit_id] = edit, frozenset(client.seen)

    @rule(who=WHO)
    def looks(self, who: int) -> None:
        self.clients[who].pull()

    @rule(who=WHO)
    def sends_again(self, who: int) -> None:
        if self.saved:
            edit, _ = list(self.saved.values())[-1]
            assert self.clients[who].store.append([edit]) == []

    @rule(who=WHO)
    def begins_anew(self, who: int) -> None:
        self.clients[who].store.close()
        self.clients[who] = self.client(self.where)
        self.clients[who].pull()

    @invariant()
    def every_text_stands_or_was_replaced_by_one_who_had_seen_it(self) -> None:
        there, _ = self.clients[0].store.edits()
        ours = [edit for edit in there if edit.edit_id not in self.begun]
        assert {edit.edit_id for edit in ours} == set(self.saved)
        heads = Network(ID, there).head_ids()
        replaced = {old for edit in ours for old in edit.replaces}
        assert heads | replaced >= set(self.saved)
        for edit, seen in self.saved.values():
            assert set(edit.replaces) <= seen, "a silent overwrite"

    def teardown(self) -> None:
        for client in self.clients:
            client.pull()
        one, other = (client.network for client in self.clients)
        assert one.head_ids() == other.head_ids()
        for client in self.clients:
            client.store.close()
        self.folder.cleanup()


def histories(machine: type[TwoClients], most: int) -> int:
    machine.histories = 0
    chosen = settings(max_examples=most, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(machine, settings=chosen)
    return machine.histories


HISTORIES = [25, pytest.param(500, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]


@pytest.mark.parametrize("most", HISTORIES)
def test_two_who_write_in_one_file_never_overwrite_each_other_unseen(
    most: int, figure: Figure
) -> None:
    figure.what = f"To skriver i samme fil, op til {most} tilfældige forløb"
    figure.tried = histories(TwoClients, most)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_who_write_in_a_shared_database_never_overwrite_each_other_unseen(
    database: str, figure: Figure
) -> None:
    figure.what = "To skriver i en fælles database, tilfældige forløb"
    shared = type("Shared", (TwoClients,), {"place": database})
    figure.tried = histories(shared, 60)


def test_a_client_that_replaces_what_it_has_not_seen_is_caught() -> None:
    careless = type("CarelessClients", (TwoClients,), {"client": Careless})
    with pytest.raises(AssertionError, match="a silent overwrite"):
        histories(careless, 100)
