"""From the browser to the file and back: what is answered, refused, shown and heard."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

import pytest
from browserless import begun, on_disk, page

from netvaerk_widgets.desk import PARTS, Desk
from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.records import TEXT_LIMIT, single_record_id
from netvaerk_widgets.store import Address, Store, new_edit


def test_an_edit_is_a_row_on_disk_before_the_page_hears_that_it_is_saved(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = single_record_id(begun(desk), "theme")
    form = page(desk, "theme")
    rows_when_answered: list[int] = []
    send = form.form.send

    def counted(content: dict[str, object], *rest: object) -> None:
        if "done" in content:
            other = sqlite3.connect(file, timeout=0)
            query = "SELECT count(*) FROM edit WHERE edit_id = ?"
            rows_when_answered.append(other.execute(query, [content["done"]]).fetchone()[0])
            other.close()
        send(content, *rest)

    monkeypatch.setattr(form.form, "send", counted)
    answer = form.edit(theme, "theme", "statement", "Et tema")

    assert set(answer) == {"done", "at"}
    assert rows_when_answered == [1]
    assert on_disk(file)[-1].value == "Et tema"
    assert on_disk(file)[-1].edit_id == answer["done"]
    assert form.shown(theme, "statement") == ["Et tema"]


def test_an_edit_sent_again_after_an_unclear_answer_is_answered_and_written_once(
    desk: Desk, file: Path
) -> None:
    theme = single_record_id(begun(desk), "theme")
    form, id_ = page(desk, "theme"), str(uuid.uuid4())
    for _ in range(2):
        answer = form.edit(theme, "theme", "statement", "Et tema", id=id_, replaces=[])
        assert answer["done"] == id_
    assert [edit.value for edit in on_disk(file) if edit.edit_id == id_] == ["Et tema"]


@pytest.mark.parametrize(
    ("form", "place", "value", "words"),
    [
        ("theme", "theme.statement", "x" * (TEXT_LIMIT + 1), "er på 200001 tegn"),
        ("theme", "theme.statement", "a\0b", "skjult tegn"),
        ("theme", "theme.statement", 7, "den slags svar"),
        ("field_walk", "observation.date", "i går hos Hanne", "skal være en dato"),
        ("field_walk", "observation.duration", "en time hos Hanne", "antal minutter"),
        ("field_walk", "observation.method", "Hanne", "Vælg et af disse: Enkeltinterview"),
        ("field_walk", "observation.characteristics", ["welfare", "x"], "Vælg et af disse"),
    ],
)
def test_what_does_not_fit_is_refused_in_danish_with_the_fields_own_label(
    desk: Desk, form: str, place: str, value: object, words: str
) -> None:
    network = begun(desk)
    before = desk.store.edits()
    kind, field = place.split(".")
    answer = page(desk, form).edit(single_record_id(network, kind), kind, field, value)

    assert f'"{desk.method.fields[kind][field].label}"' in answer["why"]
    assert words in answer["why"]
    assert not answer["again"], "trying again would not help"
    assert "Hanne" not in answer["why"], "what a person wrote stands in no message"
    assert desk.store.edits() == before


def test_a_field_there_is_none_of_is_refused(desk: Desk) -> None:
    theme = single_record_id(begun(desk), "theme")
    assert "theme.price" in page(desk, "theme").edit(theme, "theme", "price", "7")["why"]
    assert '"rumour"' in page(desk, "theme").edit(theme, "rumour", "text", "7")["why"]


def test_an_id_of_another_method_stays_but_is_not_written_anew(desk: Desk, file: Path) -> None:
    """A file from a municipality with another method opens, and nothing in it is dropped."""
    network = begun(desk)
    source = "5" * 36
    address = Address(network, source, "source", "characteristics")
    desk.store.append([new_edit(address, ["welfare", "from_elsewhere"])])
    desk.pull()
    form = page(desk, "knowledge_search")
    assert form.shown(source, "characteristics") == [["welfare", "from_elsewhere"]]

    kept = ["from_elsewhere", "learning"]
    assert "done" in form.edit(source, "source", "characteristics", kept)
    assert "refused" in form.edit(source, "source", "characteristics", [*kept, "unheard_of"])
    assert "refused" in form.edit("6" * 36, "source", "characteristics", ["from_elsewhere"])
    assert on_disk(file)[-1].value == kept


def test_a_fault_nobody_foresaw_is_shown_and_still_reaches_the_log(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = single_record_id(begun(desk), "theme")
    form = page(desk, "theme")

    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.store, "append", broken)
    id_ = str(uuid.uuid4())
    message = {"do": "edit", "id": id_, "network": "", "record": theme, "kind": "theme"}
    message |= {"field": "statement", "value": "Et tema", "replaces": []}
    with pytest.raises(ZeroDivisionError):
        form.form._hear(form.form, message, [])

    _ = form.records
    assert form.answers[-1]["refused"] == id_
    assert "ZeroDivisionError" in form.answers[-1]["why"]
    assert "står her stadig" in form.answers[-1]["why"]


def test_a_full_disk_is_told_of_and_the_page_is_to_try_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = single_record_id(begun(desk), "theme")

    def full(_: object) -> None:
        raise StoreError("disk_full", file=desk.store.name)

    with monkeypatch.context() as for_now:
        for_now.setattr(desk.store, "append", full)
        answer = page(desk, "theme").edit(theme, "theme", "statement", "Et tema")
    assert answer["again"]
    assert "Gør plads" in answer["why"]
    assert "done" in page(desk, "theme").edit(theme, "theme", "statement", "Et tema")


@pytest.mark.parametrize("message", [{}, {"name": "drop_everything"}, {"name": None}])
def test_an_act_there_is_none_of_is_refused(desk: Desk, message: dict[str, object]) -> None:
    answer = page(desk, "chooser").say({"do": "act", "id": "1"} | message)
    assert "ikke en del, der hedder" in answer["why"]


def test_every_form_opens_with_and_without_a_network(desk: Desk) -> None:
    for name in PARTS:
        waits = page(desk, name).setup.get("message")
        alone = name in ("chooser", "keeper")
        assert waits == (None if alone else desk.method.labels["choose_network_first"])
    begun(desk)
    for name in PARTS:
        form = page(desk, name)
        assert form.setup["name"] == name
        assert "message" not in form.setup
        assert desk.form(name) is desk.form(name)


def test_files_of_the_same_name_are_told_apart_without_telling_where_they_lie(
    desk: Desk, tmp_path: Path
) -> None:
    """What the page could not send is sent by a form on the same file, never to another's."""
    (tmp_path / "anden").mkdir()
    with Store.open(tmp_path / "anden" / desk.store.name, create=True) as other:
        assert other.fingerprint != desk.store.fingerprint
    with Store.open(tmp_path / desk.store.name) as same:
        assert same.fingerprint == desk.store.fingerprint == page(desk, "theme").setup["file"]
    assert str(tmp_path) not in str(page(desk, "theme").setup)
