"""Which file belongs to a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from netvaerk_widgets.errors import WorkbookError
from netvaerk_widgets.workbook_file import DEFAULT_NAME, find_workbook_file


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETVAERK_FILE", raising=False)


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ([], DEFAULT_NAME),
        ([DEFAULT_NAME], DEFAULT_NAME),
        (["unge.netvaerk"], "unge.netvaerk"),
        ([DEFAULT_NAME, "unge.netvaerk", "kopi.netvaerk"], DEFAULT_NAME),
        (["rapport.html", "unge.netvaerk-journal"], DEFAULT_NAME),
    ],
)
def test_the_file_of_a_folder_is_its_default_or_its_only_one(
    tmp_path: Path, there: list[str], found: str
) -> None:
    for name in there:
        (tmp_path / name).touch()
    assert find_workbook_file(tmp_path) == tmp_path / found
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(there)


def test_of_several_none_is_guessed_at_and_all_are_named(tmp_path: Path) -> None:
    for name in ("unge.netvaerk", "ældre.netvaerk"):
        (tmp_path / name).touch()
    with pytest.raises(WorkbookError) as refused:
        find_workbook_file(tmp_path)
    assert "unge.netvaerk, ældre.netvaerk" in str(refused.value)
    assert tmp_path.name in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_the_one_named_in_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / DEFAULT_NAME).touch()
    monkeypatch.setenv("NETVAERK_FILE", str(tmp_path / "en anden.netvaerk"))
    assert find_workbook_file(tmp_path) == tmp_path / "en anden.netvaerk"
