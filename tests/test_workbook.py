"""What a notebook calls: open, look at tables, close; and what it does when a file is not well."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import comm
import pandas as pd
import pytest
from browserless import HeardComm, Page

from netvaerk_widgets import Workbook
from netvaerk_widgets.acts import example_network
from netvaerk_widgets.desk import PARTS
from netvaerk_widgets.errors import MethodError, StoreError
from netvaerk_widgets.records import KINDS, single_record_id
from netvaerk_widgets.store import Store
from netvaerk_widgets.store.frames import dtypes
from netvaerk_widgets.workbook import _open


@pytest.fixture(autouse=True)
def closed_afterwards(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(comm, "create_comm", HeardComm)
    yield
    for workbook in list(_open.values()):
        workbook.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "netvaerk.netvaerk"


def with_example(file: Path) -> Workbook:
    with Store.open(file, create=True) as store:
        store.append(example_network())
    return Workbook.open(file)


def test_opening_makes_the_file_named_in_the_environment(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NETVAERK_FILE", str(file))
    Workbook.open()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_opening_again_gives_the_same_workbook_however_the_path_is_written(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook = Workbook.open(file)
    monkeypatch.chdir(file.parent)
    assert Workbook.open(file.name) is workbook
    assert Workbook.open(file.parent / "." / file.name) is workbook
    assert workbook.theme() is Workbook.open(file).theme()


def test_running_all_cells_three_times_writes_nothing(file: Path) -> None:
    with_example(file)
    before = file.read_bytes()
    for _ in range(3):
        workbook = Workbook.open(file)
        for name in PARTS:
            getattr(workbook, name)()
    assert file.read_bytes() == before


def test_a_closed_workbook_is_opened_afresh(file: Path) -> None:
    workbook = Workbook.open(file)
    workbook.close()
    workbook.close()
    assert list(file.parent.iterdir()) == [file]
    assert Workbook.open(file) is not workbook


def test_each_part_has_a_method_of_its_name(file: Path) -> None:
    workbook = Workbook.open(file)
    for name, part in PARTS.items():
        assert isinstance(getattr(workbook, name)(), part.widget)


@pytest.mark.parametrize("kind", KINDS)
def test_the_tables_have_constant_columns_before_and_after_anything_is_written(
    file: Path, kind: str
) -> None:
    table = KINDS[kind].table
    workbook = Workbook.open(file)
    nothing = getattr(workbook.tables, table)
    Page(workbook.chooser()).act("add_example")
    something = getattr(workbook.tables, table)

    assert len(nothing) == 0 < len(something)
    for frame in (nothing, something):
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == dtypes(kind)


def test_the_tables_show_the_open_network_and_what_others_wrote_since(file: Path) -> None:
    workbook = with_example(file)
    before = len(workbook.tables.contacts)
    with Store.open(file) as other:
        chosen = other.chosen_network()
        assert chosen is not None
        other.append([edit for edit in example_network() if edit.kind == "contact"])
        mine = Page(workbook.contacts())
        mine.edit("c" * 36, "contact", "name", "Hanne")
    assert len(workbook.tables.contacts) == before + 1, "another network's contacts are not mine"
    assert set(workbook.tables.contacts["network_id"]) == {chosen}


def test_a_table_can_be_looked_at_while_forms_save_from_another_thread(file: Path) -> None:
    workbook = with_example(file)
    form = Page(workbook.contacts())
    done = threading.Event()
    looks: list[pd.DataFrame] = []

    def look() -> None:
        while not done.is_set():
            looks.append(workbook.tables.contacts)

    thread = threading.Thread(target=look)
    thread.start()
    for number in range(60):
        form.edit(f"{number:036}", "contact", "name", f"Nr. {number}")
    done.set()
    thread.join()
    assert len(looks) > 1
    assert len(workbook.tables.contacts) >= 60


def test_a_file_that_cannot_be_opened_is_named_and_leaves_no_workbook_behind(file: Path) -> None:
    file.write_bytes(b"noget helt andet")
    with pytest.raises(StoreError, match="er ikke en arbejdsbog"):
        Workbook.open(file)
    file.unlink()
    assert Workbook.open(file).tables.contacts.empty


def test_a_method_file_with_a_fault_stops_before_a_file_is_made(file: Path) -> None:
    faulty = file.with_name("metode.toml")
    faulty.write_text("[method]\n", encoding="utf-8")
    with pytest.raises(MethodError):
        Workbook.open(file, method=faulty)
    assert not file.exists()


def test_a_file_one_may_only_read_is_shown_with_a_warning_and_takes_no_edits(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_example(file).close()
    monkeypatch.setattr("netvaerk_widgets.store.sqlite_file.writable", lambda _: False)
    before = file.read_bytes()
    workbook = Workbook.open(file)

    assert Page(workbook.chooser()).notes["warning"] == workbook.method.labels["file_read_only"]
    form = Page(workbook.theme())
    theme = single_record_id(form.setup["network"], "theme")
    assert form.shown(theme, "statement") != []
    answer = form.edit(theme, "theme", "statement", "Nyt")
    assert "kan kun læses" in answer["why"]
    assert "kan kun læses" in Page(workbook.chooser()).act("new_network", title="Nord")["why"]
    assert "kan kun læses" in Page(workbook.chooser()).act("add_example")["why"]
    assert len(workbook.tables.themes) == 1
    workbook.close()
    assert file.read_bytes() == before


def test_a_file_that_can_be_written_comes_without_a_warning(file: Path) -> None:
    assert Page(Workbook.open(file).chooser()).notes["warning"] == ""


def test_a_file_deleted_while_open_refuses_edits_and_is_not_made_anew(file: Path) -> None:
    workbook = with_example(file)
    form = Page(workbook.theme())
    theme = single_record_id(form.setup["network"], "theme")
    file.unlink()
    answer = form.edit(theme, "theme", "statement", "Nyt")
    assert "findes ikke her" in answer["why"]
    assert answer["again"], "it may be moved back"
    assert Workbook.open(file) is workbook
    assert not file.exists()


def test_a_copy_put_in_the_files_place_is_opened_by_running_the_first_cell(file: Path) -> None:
    workbook = with_example(file)
    copy = Path(shutil.copy(file, file.with_name("kopi")))
    copy.replace(file)

    again = Workbook.open(file)
    assert again is not workbook
    form = Page(again.theme())
    theme = single_record_id(form.setup["network"], "theme")
    assert "done" in form.edit(theme, "theme", "statement", "Nyt")


def test_it_is_usable_in_a_python_without_a_kernel(file: Path) -> None:
    code = f"from netvaerk_widgets import Workbook; print(Workbook.open({str(file)!r}).tables.log)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
