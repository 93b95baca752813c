"""What a form may ask for beyond saving an edit: each function is one act of the user.

Each takes the desk and the browser's message, and returns what to answer besides "done".
"""

from __future__ import annotations

from . import acts, file_care, notes
from .desk import Desk, Requests
from .errors import WorkbookError
from .store import Edit, Network, Record
from .widgets.form import Screen


def _record(desk: Desk, message: Screen) -> tuple[Network, Record]:
    network = desk.known(message["network"])
    record = network.record(message["record"])
    if record is None:
        raise WorkbookError("record_unknown")
    return network, record


def ping(desk: Desk, _: Screen) -> None:
    """Do nothing: the look for what others changed follows every answer."""


def _begin(desk: Desk, edits: list[Edit]) -> None:
    desk.write(edits)
    desk.choose(edits[0].network_id)


def new_network(desk: Desk, message: Screen) -> None:
    """Make a network and open it."""
    _begin(desk, acts.new_network(message["title"]))


def add_example(desk: Desk, _: Screen) -> None:
    """Add the shipped example and open it."""
    _begin(desk, acts.example_network(desk.method.language))


def choose_network(desk: Desk, message: Screen) -> None:
    """Open another network."""
    desk.choose(message["chosen"])


def remove_example(desk: Desk, message: Screen) -> None:
    """Delete the example; what a leader wrote is never removed by this act."""
    network = desk.known(message["network"])
    if not network.single("network").value("example"):
        raise WorkbookError("record_unknown")
    desk.write(acts.deletion(network, network.single("network")))


def delete(desk: Desk, message: Screen) -> None:
    """Delete a record; it can be brought back."""
    desk.write(acts.deletion(*_record(desk, message)))


def bring_back(desk: Desk, message: Screen) -> None:
    """Bring a deleted record back."""
    desk.write(acts.deletion(*_record(desk, message), deleted=False))


def park_idea(desk: Desk, message: Screen) -> None:
    """Park a solution as an idea."""
    network, record = _record(desk, message)
    desk.write(acts.parked_idea(network, record, message["text"] or ""))


def rewrite_theme(desk: Desk, message: Screen) -> None:
    """Make a log entry's wording the theme's."""
    desk.write(acts.rewritten_theme(*_record(desk, message)))


def _two(desk: Desk, message: Screen) -> tuple[Network, Record, Record]:
    network = desk.known(message["network"])
    a, b = network.record(message["a"]), network.record(message["b"])
    if a is None or b is None:
        raise WorkbookError("record_unknown")
    return network, a, b


def same_person(desk: Desk, message: Screen) -> None:
    """Hold two contacts to be one person; both records stay."""
    desk.write(acts.same_person(*_two(desk, message)))


def different_person(desk: Desk, message: Screen) -> None:
    """Hold two contacts to be two persons, so that it is not asked again."""
    desk.write(acts.different_person(*_two(desk, message)))


def part_person(desk: Desk, message: Screen) -> None:
    """Part two contacts that were held to be one person."""
    desk.write(acts.parted(*_two(desk, message)))


def history(desk: Desk, message: Screen) -> Screen:
    """Return the versions of one field, newest first."""
    network = desk.known(message["network"])
    address = (message["kind"], message["field"])
    return {"story": notes.field_history(desk.method, network, message["record"], address)}


def back_up(desk: Desk, _: Screen) -> Screen:
    """Copy the file as it stands now."""
    return {"lines": file_care.back_up(desk.method, desk.store)}


def copy_chunk(desk: Desk, message: Screen) -> None:
    """Take the next piece of a copy somebody sent; the first piece begins a new one."""
    desk.received.take(message["number"], message["data"])


def copy_compare(desk: Desk, _: Screen) -> Screen:
    """Say what would come from the copy; nothing is written."""
    return file_care.compare(desk.method, desk.store, desk.received)


def copy_merge(desk: Desk, message: Screen) -> Screen:
    """Take the copy in, after a backup."""
    which = str(message.get("which"))
    return {"lines": file_care.merge(desk.method, desk.store, desk.received, which)}


def traces(desk: Desk, message: Screen) -> Screen:
    """Say everywhere a name stands, and which records are about that person alone."""
    return file_care.traces(desk.method, desk.store, message["words"])


def erase_person(desk: Desk, message: Screen) -> Screen:
    """Remove a person from the file for good; what must be kept has been journalised."""
    return {"lines": file_care.erase_person(desk.method, desk.store, message)}


def erase_network(desk: Desk, message: Screen) -> Screen:
    """Remove a whole network for good; what must be kept has been journalised."""
    return {"lines": file_care.erase_network(desk.method, desk.store, message)}


REQUESTS: Requests = {
    act.__name__: act
    for act in (
        ping,
        new_network,
        add_example,
        choose_network,
        remove_example,
        delete,
        bring_back,
        park_idea,
        rewrite_theme,
        same_person,
        different_person,
        part_person,
        history,
        back_up,
        copy_chunk,
        copy_compare,
        copy_merge,
        traces,
        erase_person,
        erase_network,
    )
}
