"""Whatever is done to a notebook is named, and a repaired copy is as it was shipped."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netvaerk_widgets.acts import new_network
from netvaerk_widgets.check import check_notebook, repaired
from netvaerk_widgets.errors import WorkbookError
from netvaerk_widgets.method import Method
from netvaerk_widgets.starter import shipped_notebooks
from netvaerk_widgets.store import Store

SHIPPED = json.loads((shipped_notebooks() / "udfold_tema.ipynb").read_text(encoding="utf-8"))
IDS = [cell["id"] for cell in SHIPPED["cells"]]
Notebook = dict[str, Any]


def at(notebook: Notebook, id_: str) -> int:
    return [cell.get("id") for cell in notebook["cells"]].index(id_)


def cell_of(notebook: Notebook, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = notebook["cells"][at(notebook, id_)]
    return found


def code(source: str) -> dict[str, Any]:
    return {"id": "ny", "cell_type": "code", "metadata": {}, "source": source, "outputs": [],
            "execution_count": None}  # fmt: skip


def delete(notebook: Notebook) -> None:
    del notebook["cells"][at(notebook, "tema")]


def double(notebook: Notebook) -> None:
    notebook["cells"].append({**copy.deepcopy(cell_of(notebook, "tema")), "id": "kopi"})


def double_with_the_same_id(notebook: Notebook) -> None:
    notebook["cells"].insert(3, copy.deepcopy(cell_of(notebook, "tema")))


def split(notebook: Notebook) -> None:
    cell = cell_of(notebook, "vaelg")
    first, rest = "".join(cell["source"]).split("\n\n")
    notebook["cells"].insert(at(notebook, "vaelg") + 1, {**code(rest), "source": rest})
    cell["source"] = first


def merge(notebook: Notebook) -> None:
    place = at(notebook, "vaelg")
    gone = notebook["cells"].pop(place + 1)
    source = f"{''.join(notebook['cells'][place]['source'])}\n{''.join(gone['source'])}"
    notebook["cells"][place]["source"] = source


def retype(notebook: Notebook) -> None:
    cell = cell_of(notebook, "tema")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def move(notebook: Notebook) -> None:
    notebook["cells"].append(notebook["cells"].pop(at(notebook, "tema")))


def change(notebook: Notebook) -> None:
    cell_of(notebook, "tema")["source"] = "workbook.tema()"


def strip(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def unlock(notebook: Notebook) -> None:
    del cell_of(notebook, "tema")["metadata"]["deletable"]


def show_code(notebook: Notebook) -> None:
    cell_of(notebook, "tema")["metadata"]["jupyter"]["source_hidden"] = False


def add_code(notebook: Notebook) -> None:
    notebook["cells"].insert(2, code("import os"))


def clear_one(notebook: Notebook) -> None:
    form = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "x"}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell["id"] != "tema":
            cell["outputs"] = [{"output_type": "display_data", "data": form, "metadata": {}}]


def fail(notebook: Notebook) -> None:
    clear_one(notebook)
    cell_of(notebook, "tema")["outputs"] = [{"output_type": "error", "ename": "NameError"}]


def print_something(notebook: Notebook) -> None:
    clear_one(notebook)
    cell_of(notebook, "tema")["outputs"] = [{"output_type": "stream", "text": "hej"}]


def save_widgets(notebook: Notebook) -> None:
    notebook["metadata"]["widgets"] = {"state": {}}


def lose_the_kernel(notebook: Notebook) -> None:
    del notebook["metadata"]["kernelspec"]


DAMAGE: dict[Callable[[Notebook], None], list[str]] = {
    delete: ["missing"],
    double: ["doubled"],
    double_with_the_same_id: ["doubled", "moved"],
    split: ["split"],
    merge: ["merged", "merged"],
    retype: ["retyped"],
    move: ["moved"],
    change: ["changed"],
    strip: ["unlocked"] * len(IDS),
    unlock: ["unlocked"],
    show_code: ["unlocked"],
    add_code: ["extra_code"],
    clear_one: ["cleared"],
    fail: ["failed"],
    print_something: ["foreign_output"],
    save_widgets: ["widget_state"],
    lose_the_kernel: ["kernel"],
}


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return saved(tmp_path / "udfold_tema.ipynb", SHIPPED)


def saved(path: Path, content: Notebook) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def damaged(path: Path, damage: Callable[[Notebook], None]) -> Notebook:
    content = copy.deepcopy(SHIPPED)
    damage(content)
    saved(path, content)
    return content


def test_the_shipped_notebook_has_no_fault(notebook: Path) -> None:
    assert check_notebook(notebook) == []


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_every_damage_is_named(
    damage: Callable[[Notebook], None], notebook: Path, method: Method
) -> None:
    damaged(notebook, damage)
    complaints = check_notebook(notebook)
    assert [one.id for one in complaints] == DAMAGE[damage]
    for one in complaints:
        assert one.sentence(method).endswith((".", "»import os«"))
        assert "{" not in one.sentence(method)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_the_repaired_copy_is_the_shipped_one_and_the_damaged_is_left_alone(
    damage: Callable[[Notebook], None], notebook: Path, method: Method
) -> None:
    with Store.open(notebook.parent / "netvaerkstemaer.netvaerk", create=True) as store:
        store.append(new_network("Nord"))
    answers = (notebook.parent / "netvaerkstemaer.netvaerk").read_bytes()
    damaged(notebook, damage)
    before = notebook.read_bytes()
    fresh = repaired(notebook, method)
    again = json.loads(fresh.read_text(encoding="utf-8"))
    own = again["cells"][len(IDS) :]
    again["cells"] = again["cells"][: len(IDS)]
    assert again == SHIPPED
    assert check_notebook(fresh) == []
    assert len(own) == (damage in (change, add_code))
    assert notebook.read_bytes() == before
    assert (notebook.parent / "netvaerkstemaer.netvaerk").read_bytes() == answers


def test_all_outputs_cleared_is_as_it_was_shipped(notebook: Path) -> None:
    content = copy.deepcopy(SHIPPED)
    clear_one(content)
    for cell in content["cells"]:
        if "outputs" in cell:
            cell.update(outputs=[], execution_count=None)
    assert check_notebook(saved(notebook, content)) == []


def test_everything_at_once_is_named(notebook: Path) -> None:
    content = copy.deepcopy(SHIPPED)
    for damage in (strip, split, move, add_code, save_widgets):
        damage(content)
    del content["cells"][at(content, "overblik")]
    ids = {one.id for one in check_notebook(saved(notebook, content))}
    assert ids == {"unlocked", "split", "moved", "extra_code", "widget_state", "missing"}


def test_what_the_user_wrote_is_kept_at_the_end_and_own_code_does_not_run(
    notebook: Path, method: Method
) -> None:
    content = copy.deepcopy(SHIPPED)
    note = {"id": "note", "cell_type": "markdown", "metadata": {}, "source": ["# Min\n", "note"]}
    content["cells"].insert(2, note)
    assert check_notebook(saved(notebook, content)) == []
    content["cells"].insert(5, code("x = '```'\nprint(x)"))
    content["cells"].append(code("  "))
    fresh = json.loads(repaired(saved(notebook, content), method).read_text(encoding="utf-8"))
    own = fresh["cells"][len(IDS) :]
    assert [cell["cell_type"] for cell in own] == ["markdown", "markdown"]
    assert own[0]["source"] == "# Min\nnote"
    assert own[1]["source"].endswith("````python\nx = '```'\nprint(x)\n````")


def test_a_repaired_copy_is_never_written_over_another(notebook: Path, method: Method) -> None:
    made = [repaired(notebook, method).name for _ in range(3)]
    assert made == [
        "udfold_tema repareret.ipynb",
        "udfold_tema repareret 2.ipynb",
        "udfold_tema repareret 3.ipynb",
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"nbformat": 3, "cells": []}', b'{"nbformat": 4}',
     b'{"nbformat": 4, "cells": [1]}', b'{"nbformat": 4, "cells": [{"source": 7}]}',
     b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_notebook_is_told_of_and_a_fresh_one_made(
    content: bytes, notebook: Path, method: Method
) -> None:
    notebook.write_bytes(content)
    assert [one.id for one in check_notebook(notebook)] == ["unreadable"]
    fresh = repaired(notebook, method)
    assert json.loads(fresh.read_text(encoding="utf-8")) == SHIPPED
    assert notebook.read_bytes() == content


def test_a_notebook_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="findes ikke her"):
        check_notebook(tmp_path / "udfold_tema.ipynb")


def test_a_notebook_under_another_name_is_compared_with_the_guided_one(tmp_path: Path) -> None:
    assert check_notebook(saved(tmp_path / "mit tema.ipynb", SHIPPED)) == []


def test_cells_that_lost_their_ids_are_known_by_what_they_say(notebook: Path) -> None:
    content = copy.deepcopy(SHIPPED)
    for number, cell in enumerate(content["cells"]):
        cell["id"] = f"x{number}"
    assert check_notebook(saved(notebook, content)) == []
