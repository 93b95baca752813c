"""Every fault the package tells of has a sentence, and the sentence gets the facts it names."""

from __future__ import annotations

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from netvaerk_widgets import errors
from netvaerk_widgets.errors import NetvaerkError

PACKAGE = Path(errors.__file__).parent
SENTENCES: dict[str, str] = tomllib.loads(
    (PACKAGE / "method" / "errors.da.toml").read_text(encoding="utf-8")
)
FAULTS = {NetvaerkError.__name__, *(fault.__name__ for fault in NetvaerkError.__subclasses__())}


def facts_named_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def calls_of_faults() -> Iterator[tuple[Path, ast.Module, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in FAULTS:
                    yield path, module, node


def ids_given(call: ast.Call, module: ast.Module) -> set[str]:
    """Return the ids a call may give; one looked up at run time stands in a dict of the module."""
    id_ = call.args[0]
    if isinstance(id_, ast.Constant):
        return {str(id_.value)}
    if isinstance(id_, ast.IfExp):
        return {
            str(part.value) for part in (id_.body, id_.orelse) if isinstance(part, ast.Constant)
        }
    dicts = [node.value for node in module.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    values = [value for d in dicts if isinstance(d, ast.Dict) for value in d.values]
    return {str(value.value) for value in values if isinstance(value, ast.Constant)} & set(
        SENTENCES
    )


@pytest.mark.parametrize(
    ("path", "module", "call"),
    [
        pytest.param(*found, id=f"{found[0].relative_to(PACKAGE)}:{found[2].lineno}")
        for found in calls_of_faults()
    ],
)
def test_a_fault_has_a_sentence_and_gives_it_exactly_the_facts_it_names(
    path: Path, module: ast.Module, call: ast.Call
) -> None:
    place = f"{path.name}:{call.lineno}"
    given = {keyword.arg for keyword in call.keywords}
    ids = ids_given(call, module)
    assert ids, f"{place}: which sentence?"
    for id_ in ids:
        assert id_ in SENTENCES, f"{place}: no sentence {id_!r} in errors.da.toml"
        assert given == facts_named_in(SENTENCES[id_]), f"{place}: {id_}"


@pytest.mark.parametrize("id_", SENTENCES)
def test_a_sentence_takes_the_facts_it_names_and_ends_as_a_sentence(id_: str) -> None:
    facts = {name: f"<{name}>" for name in facts_named_in(SENTENCES[id_])}
    sentence = str(NetvaerkError(id_, **facts))
    assert all(fact in sentence for fact in facts.values())
    assert sentence.endswith(".")
    assert not {"{", "}"} & set(sentence)
