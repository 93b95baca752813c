"""Compares a notebook with the one it was copied from, and makes a repaired copy beside it.

The answers are in the workbook file, so nothing that happens to a notebook can lose them; a damaged
notebook only shows them worse, or not at all.
"""

from __future__ import annotations

import copy
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import WorkbookError
from .method import Method
from .starter import FIRST_PAGE, shipped_notebooks

Cell = dict[str, Any]

_LOCKED = {"deletable": False, "editable": False}
_VIEW = "application/vnd.jupyter.widget-view+json"
_SUMMARY = "netvaerk-static"


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong with a notebook.

    Attributes
    ----------
    id
        The sentence is the method's label ``check_<id>``.
    cell
        What a person calls the cell: its heading or its code. Empty if it is the whole notebook.
    """

    id: str
    cell: str = ""

    def sentence(self, method: Method) -> str:
        """Return what the user reads."""
        return method.labels[f"check_{self.id}"].format(cell=self.cell)


@dataclass
class _Match:
    """Which cell of a notebook is which of the shipped ones."""

    shipped: dict[str, Cell]
    found: dict[str, tuple[int, Cell]] = field(default_factory=dict)
    own: list[Cell] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, id_: str, cell: Cell | None = None) -> None:
        self.complaints.append(Complaint(id_, _called(cell) if cell else ""))


def check_notebook(path: Path) -> list[Complaint]:
    """Return what is wrong with a notebook, in the order of the shipped one; nothing is changed.

    It is compared with the shipped notebook of the same name, else with the guided workbook. Notes
    of the user's own are no fault. Outputs that are all cleared are none: so it was shipped.

    Raises
    ------
    WorkbookError
        There is no such file.
    """
    notebook = _read(path)
    if notebook is None:
        return [Complaint("unreadable")]
    match = _matched(_shipped_for(path), notebook["cells"])
    for shipped in match.shipped.values():
        _look_at(match, shipped)
    _look_at_order(match)
    _look_at_outputs(match)
    for cell in match.own:
        if cell["cell_type"] == "code":
            match.complain("extra_code", cell)
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict) or "kernelspec" not in metadata:
        match.complain("kernel")
    elif "widgets" in metadata:
        match.complain("widget_state")
    return match.complaints


def repaired(path: Path, method: Method) -> Path:
    """Write a repaired copy of a notebook beside it and return where; the notebook is left alone.

    The copy is the shipped notebook, and at its end what the user wrote in cells of their own or
    into ours. Own code stands there as text: it is kept, and never runs by itself.
    """
    shipped = _shipped_for(path)
    whole = copy.deepcopy(shipped)
    notebook = _read(path)
    if notebook is not None:
        match = _matched(shipped, notebook["cells"])
        own = match.own + [cell for _, cell in match.found.values() if _was_rewritten(match, cell)]
        texts = [_as_text(cell, method) for cell in own if _source(cell).strip()]
        for number, text in enumerate(texts, 1):
            id_ = f"egen-{number}"
            whole["cells"].append(
                {"id": id_, "cell_type": "markdown", "metadata": {}, "source": text}
            )
    target = _free_name(path)
    with target.open("x", encoding="utf-8", newline="\n") as file:
        json.dump(whole, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return target


def _read(path: Path) -> dict[str, Any] | None:
    """Return a notebook with cells that can be looked at; None if the file holds none."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise WorkbookError("notebook_missing", file=path.name) from None
    except (ValueError, RecursionError):
        return None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or notebook.get("nbformat") != 4:  # noqa: PLR2004 - the format's own number
        return None
    sound = all(
        isinstance(cell, dict)
        and isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("source"), str | list)
        and isinstance(cell.get("metadata"), dict)
        for cell in cells
    )
    return notebook if sound else None


def _shipped_for(path: Path) -> dict[str, Any]:
    named = shipped_notebooks() / path.name
    file = named if named.exists() else shipped_notebooks() / FIRST_PAGE
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def _matched(shipped: dict[str, Any], cells: Iterable[Cell]) -> _Match:
    """Find each shipped cell again: by its id, else by what it says; what is left is the user's."""
    match = _Match({cell["id"]: cell for cell in shipped["cells"]})
    left: list[tuple[int, Cell]] = []
    for place, cell in enumerate(cells):
        id_ = str(cell.get("id"))
        if id_ in match.shipped and id_ not in match.found:
            match.found[id_] = place, cell
        else:
            left.append((place, cell))
    by_text = {_source(cell): id_ for id_, cell in match.shipped.items()}
    for place, cell in left:
        same = by_text.get(_source(cell))
        if same is None:
            match.own.append(cell)
        elif same in match.found:
            match.complain("doubled", match.shipped[same])
        else:
            match.found[same] = place, cell
    _join_parts(match)
    return match


def _join_parts(match: _Match) -> None:
    """Find the parts of cells that were split, and the cells that were merged into another."""
    for id_, (_, cell) in list(match.found.items()):
        said, should = _squeezed(_source(cell)), _squeezed(_source(match.shipped[id_]))
        if said == should:
            continue
        rest = [
            own
            for own in match.own
            if _squeezed(_source(own)) and _squeezed(_source(own)) in should
        ]
        if said in should and rest:
            match.complain("split", match.shipped[id_])
            match.own = [own for own in match.own if own not in rest]
        swallowed = [
            other
            for other, shipped in match.shipped.items()
            if other not in match.found and _squeezed(_source(shipped)) in said
        ]
        if should in said and swallowed:
            for other in (id_, *swallowed):
                match.complain("merged", match.shipped[other])


def _look_at(match: _Match, shipped: Cell) -> None:
    """Complain of a shipped cell that is gone or is not as it was."""
    told = {one.cell for one in match.complaints if one.id in ("split", "merged")}
    if shipped["id"] not in match.found:
        if _called(shipped) not in told:
            match.complain("missing", shipped)
        return
    _, cell = match.found[shipped["id"]]
    if cell["cell_type"] != shipped["cell_type"]:
        match.complain("retyped", shipped)
    if _source(cell) != _source(shipped) and _called(shipped) not in told:
        match.complain("changed", shipped)
    metadata = cell["metadata"]
    open_ = {name: metadata.get(name) for name in _LOCKED} != _LOCKED
    jupyter = metadata.get("jupyter")
    hidden = isinstance(jupyter, dict) and jupyter.get("source_hidden") is True
    if open_ or (shipped["cell_type"] == "code" and not hidden):
        match.complain("unlocked", shipped)


def _look_at_order(match: _Match) -> None:
    """Complain of the fewest cells that, moved, would put all in order."""
    order = [(match.found[id_][0], id_) for id_ in match.shipped if id_ in match.found]
    ends: list[int] = []  # ends[n]: the least place a rising run of n + 1 cells can end in
    lengths = []
    for place, _ in order:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        lengths.append(at)
    wanted = len(ends) - 1
    for (_, id_), length in zip(reversed(order), reversed(lengths), strict=True):
        if length == wanted:
            wanted -= 1
        else:
            match.complain("moved", match.shipped[id_])


def _look_at_outputs(match: _Match) -> None:
    """Complain of errors, of outputs that are not the form's, and of some cleared among others."""
    code = [
        (match.shipped[id_], cell.get("outputs") or [])
        for id_, (_, cell) in match.found.items()
        if match.shipped[id_]["cell_type"] == cell["cell_type"] == "code"
    ]
    some = any(outputs for _, outputs in code)
    for shipped, outputs in code:
        if some and not outputs:
            match.complain("cleared", shipped)
        kinds = list(_kinds(outputs))
        if "error" in kinds:
            match.complain("failed", shipped)
        elif "other" in kinds:
            match.complain("foreign_output", shipped)


def _kinds(outputs: object) -> Iterator[str]:
    for output in outputs if isinstance(outputs, list) else [None]:
        if not isinstance(output, dict):
            yield "other"
        elif output.get("output_type") == "error":
            yield "error"
        else:
            data = output.get("data")
            ours = isinstance(data, dict) and (
                _VIEW in data or _SUMMARY in _joined(data.get("text/html", ""))
            )
            yield "ours" if ours else "other"


def _was_rewritten(match: _Match, cell: Cell) -> bool:
    said = _squeezed(_source(cell))
    everything = _squeezed("".join(_source(one) for one in match.shipped.values()))
    return said not in everything


def _as_text(cell: Cell, method: Method) -> str:
    source = _source(cell)
    if cell["cell_type"] != "code":
        return source
    longest = max((len(run) for run in re.findall("`+", source)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{method.labels['check_own_code']}\n\n{fence}python\n{source}\n{fence}"


def _free_name(path: Path) -> Path:
    target = path.with_name(f"{path.stem} repareret.ipynb")
    number = 2
    while target.exists():
        target = path.with_name(f"{path.stem} repareret {number}.ipynb")
        number += 1
    return target


def _called(cell: Cell) -> str:
    """Return what a person would call a cell: its first line, of code its last, without marks."""
    lines = _source(cell).strip().split("\n")
    return lines[-1 if cell["cell_type"] == "code" else 0].lstrip("# ").strip()[:80]


def _source(cell: Cell) -> str:
    return _joined(cell["source"]).rstrip()


def _joined(text: object) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
