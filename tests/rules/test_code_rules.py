"""The rules of the code as tests: which way imports go, sizes, and what must stand nowhere."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import netvaerk_widgets

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "netvaerk_widgets"
ANY = None

# Who may import whom, by the first name inside the package. A new module is added here on purpose.
FACTS = {"errors", "records", "method", "store"}
MAY_IMPORT: dict[str, set[str] | None] = {
    "errors": set(),
    "records": {"errors"},
    "method": {"errors", "records"},
    "store": {"errors", "records"},
    "workbook_file": {"errors"},
    "starter": {"errors"},
    "acts": FACTS,
    "same_person": FACTS,
    "access": FACTS | {"sections", "summary"},
    "check": {"errors", "method", "starter"},
    "history": FACTS,
    "guidance": FACTS,
    "sections": FACTS | {"guidance", "history"},
    "summary": FACTS | {"sections"},
    "screen": FACTS | {"sections"},
    "notes": FACTS | {"guidance", "history", "same_person", "sections"},
    "file_care": FACTS | {"sections"},
    "widgets": {"errors", "records", "method"},
    "report": FACTS | {"guidance", "sections", "summary", "workbook_file"},
    "desk": FACTS | {"acts", "file_care", "notes", "screen", "summary", "widgets"},
    "requests": FACTS | {"acts", "desk", "file_care", "notes", "widgets"},
    "workbook": FACTS | {"desk", "requests", "widgets", "workbook_file"},
    "cli": ANY,
    "commands": ANY,
    "__init__": ANY,
}
FOR_ALL = {"__version__"}

ONLY_UNDER_STORE = {"sqlalchemy", "sqlite3"}

MOST_LINES_IN_A_FILE = 300
MOST_LINES_IN_A_FUNCTION = 40
MOST_PARAMETERS = 6
MOST_LINES_IN_A_CELL = 3

MARKUP = re.compile(r"<(div|script)\b", re.IGNORECASE)
TEXT_AS_MARKUP = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write(ln)?)\b")
NO_SUBJECT = {"utils", "util", "helpers", "helper", "common", "misc"}
HEAVY = ("pandas", "sqlalchemy", "anywidget", "altair", "IPython")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def files(*suffixes: str, folders: tuple[str, ...] = ("netvaerk_widgets",)) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return sorted(
        path for path in found if path.suffix in suffixes and "__pycache__" not in path.parts
    )


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, line: int | None = None) -> str:
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name


def part(path: Path) -> str:
    """Return the name in ``MAY_IMPORT`` of a file in the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and absolute dotted name of everything a file imports, also inside functions."""
    here = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(here[: len(here) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            for alias in node.names:  # `from . import x` may import the module x
                yield node.lineno, ".".join([*base, alias.name])


def functions(path: Path) -> Iterator[tuple[Function, bool]]:
    """Yield every function of a file and whether it is a method."""
    for parent in ast.walk(tree(path)):
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, Function):
                yield node, isinstance(parent, ast.ClassDef)


def lines_of(function: Function) -> int:
    """Return how many lines a function has, its decorators and docstring not counted."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def parameters_of(function: Function, *, is_method: bool) -> int:
    parameters = function.args
    named = [*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs]
    decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
    has_self = is_method and "staticmethod" not in decorators
    return len(named) + bool(parameters.vararg) + bool(parameters.kwarg) - has_self


def test_every_module_has_its_place_among_the_arrows() -> None:
    assert {part(path) for path in files(".py")} <= set(MAY_IMPORT)


def test_the_arrows_allow_no_circle() -> None:
    left = {name: allowed for name, allowed in MAY_IMPORT.items() if allowed is not ANY}
    while left:
        free = [name for name, allowed in left.items() if not allowed & set(left)]
        assert free, f"these may import each other in a circle: {sorted(left)}"
        for name in free:
            del left[name]


def test_imports_go_one_way_only() -> None:
    wrong = []
    for path in files(".py"):
        allowed = MAY_IMPORT.get(part(path), set())
        for line, name in imported(path):
            package, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if package != PACKAGE.name or allowed is ANY or target == part(path):
                continue
            if target not in allowed | FOR_ALL:
                wrong.append(f"{place(path, line)} imports {target or 'the package itself'}")
    assert wrong == []


def test_sql_is_under_store_only() -> None:
    wrong = [
        place(path, line)
        for path in files(".py")
        for line, name in imported(path)
        if part(path) != "store" and name.partition(".")[0] in ONLY_UNDER_STORE
    ]
    assert wrong == []


def test_no_file_is_too_long() -> None:
    checked = files(".py", ".js", ".css") + files(".py", ".js", folders=("tests", "benchmarks"))
    lines = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in checked}
    assert {name: count for name, count in lines.items() if count > MOST_LINES_IN_A_FILE} == {}


def test_no_function_is_too_long() -> None:
    wrong = [
        f"{place(path, function.lineno)} {function.name} has {lines_of(function)} lines"
        for path in files(".py")
        for function, _ in functions(path)
        if lines_of(function) > MOST_LINES_IN_A_FUNCTION
    ]
    assert wrong == []


def test_no_function_has_too_many_parameters() -> None:
    wrong = [
        f"{place(path, function.lineno)} {function.name} has {count}"
        for path in files(".py")
        for function, is_method in functions(path)
        if (count := parameters_of(function, is_method=is_method)) > MOST_PARAMETERS
    ]
    assert wrong == []


def found_in(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    return [
        f"{place(path, number)} {found.group()}"
        for path in files(*suffixes)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := pattern.search(line))
    ]


def test_no_python_file_holds_markup() -> None:
    assert found_in(MARKUP, ".py") == []


def test_no_script_makes_text_into_markup() -> None:
    assert found_in(TEXT_AS_MARKUP, ".js") == []


def test_every_widget_is_whole() -> None:
    missing = [
        place(path.with_suffix(suffix))
        for path in files(".py")
        if re.search(r"^\s+_esm\b", path.read_text(encoding="utf-8"), re.MULTILINE)
        for suffix in (".js", ".css")
        if not path.with_suffix(suffix).exists()
    ]
    assert missing == []


def test_every_module_is_named_after_its_subject() -> None:
    assert [place(path) for path in files(".py", ".js") if path.stem in NO_SUBJECT] == []


@pytest.mark.parametrize("name", netvaerk_widgets.__all__)
def test_every_public_name_is_explained_and_is_in_the_readme(name: str) -> None:
    value = getattr(netvaerk_widgets, name)
    # The class's own, not one inherited from traitlets or object.
    docstring = vars(value).get("__doc__") if isinstance(value, type) else value.__doc__
    assert (docstring or "").strip()
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_name_the_package_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Wrokbook'"):
        _ = netvaerk_widgets.Wrokbook


WATCHED_IMPORT = """
import json, os, sys
touched = []
def watch(event, facts):
    if event == "open" and facts[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        if "__pycache__" not in str(facts[0]):
            touched.append(str(facts[0]))
    elif event in ("os.mkdir", "os.rename", "os.remove", "socket.connect", "subprocess.Popen"):
        if "__pycache__" not in str(facts):
            touched.append(event + str(facts))
sys.addaudithook(watch)
import netvaerk_widgets
print(json.dumps([touched, sorted(sys.modules)]))
"""


def test_importing_the_package_loads_nothing_heavy_and_touches_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED_IMPORT],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    touched, modules = json.loads(done.stdout)
    assert touched == []
    assert "netvaerk_widgets" in modules
    assert [name for name in modules if name.partition(".")[0] in HEAVY] == []
    assert list(tmp_path.iterdir()) == []


NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert "udfold_tema.ipynb" in {path.name for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stripped_short_and_cannot_be_broken_by_a_key(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert "widgets" not in notebook["metadata"]
    for number, cell in enumerate(notebook["cells"]):
        where = f"{place(path)}, cell {number}"
        assert cell["metadata"].get("deletable") is False, where
        assert cell["metadata"].get("editable") is False, where
        if cell["cell_type"] != "code":
            continue
        assert cell["outputs"] == [], where
        assert cell["execution_count"] is None, where
        assert cell["metadata"].get("jupyter", {}).get("source_hidden") is True, where
        lines = "".join(cell["source"]).splitlines()
        code = [line for line in lines if line.strip() and not line.startswith("#")]
        assert lines[0].startswith("# "), "shown while collapsed, so it speaks to the reader"
        assert len(code) <= MOST_LINES_IN_A_CELL, where
