"""Merging, erasing, access, backups and checking from the command line, in Danish."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from commandline import said
from written import ID, record_edits

from netvaerk_widgets.starter import shipped_notebooks
from netvaerk_widgets.store import Store

NAME = "Karla Kontakt"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workbook file with one network and one person, in the folder we stand in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NETVAERK_FILE", raising=False)
    path = tmp_path / "netvaerkstemaer.netvaerk"
    with Store.open(path, create=True) as store:
        store.append(record_edits("network", {"title": "Nordnettet", "given_by": NAME}))
        store.append(record_edits("contact", {"name": NAME, "unit": "Nord"}, ID[:-1] + "9"))
    return path


@pytest.fixture
def copy(file: Path, tmp_path: Path) -> Path:
    """Return a copy in which somebody wrote more."""
    path = tmp_path / "andet" / "kopi.netvaerk"
    path.parent.mkdir()
    shutil.copyfile(file, path)
    with Store.open(path) as store:
        store.append(record_edits("source", {"title": "Ny kilde"}))
        store.append(record_edits("theme", {"statement": "Deres tema"}))
    with Store.open(file) as store:
        store.append(record_edits("theme", {"statement": "Mit tema"}))
    return path


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def titles(file: Path) -> list[str]:
    with Store.open(file, read_only=True) as store:
        return [record.text("title") for record in store.network(ID).records("source")]


def test_merge_tells_what_will_come_asks_and_says_where_the_backup_is(
    file: Path, copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = copy.read_bytes()
    answer(monkeypatch, "j\n")
    code, out, err = said(capsys, "merge", str(copy))
    assert (code, err) == (0, "")
    for part in ("kilder: 1", "Felter, hvor I har skrevet hver sit: 1", "Skal det hentes? [j/n]",
                 "Står her allerede: 4", "Sikkerhedskopi fra lige før: "):  # fmt: skip
        assert part in out
    (backup,) = (file.parent / "sikkerhedskopier").iterdir()
    assert backup.name in out
    assert titles(file) == ["Ny kilde"]
    assert titles(backup) == []
    assert copy.read_bytes() == content


@pytest.mark.parametrize("no", ["n\n", "\n", "", "måske\n"])
def test_merge_does_nothing_unless_one_says_yes(
    no: str,
    file: Path,
    copy: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = file.read_bytes()
    answer(monkeypatch, no)
    code, out, _ = said(capsys, "merge", str(copy))
    assert code == 1
    assert "Intet er hentet." in out
    assert file.read_bytes() == before
    assert not (file.parent / "sikkerhedskopier").exists()


def test_merging_again_or_with_itself_has_nothing_to_ask(
    file: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "merge", str(copy), "--yes", "--into", str(file))[0] == 0
    for again in (copy, file):
        code, out, _ = said(capsys, "merge", str(again))
        assert code == 0
        assert "Kopien har ikke noget, der ikke står her i forvejen." in out


def test_merge_of_copies_into_a_folder_without_a_file_makes_one(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ny").mkdir()
    code, out, _ = said(capsys, "merge", str(copy), "--into", "ny", "--yes")
    assert code == 0
    assert "Nyt netværk: Nordnettet" in out
    assert titles(tmp_path / "ny" / "netvaerkstemaer.netvaerk") == ["Ny kilde"]


def test_a_merge_that_is_declined_or_fails_makes_no_file(
    copy: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "ny").mkdir()
    answer(monkeypatch, "n\n")
    assert said(capsys, "merge", str(copy), "--into", "ny")[0] == 1
    assert said(capsys, "merge", "ingen.netvaerk", "--into", "ny", "--yes")[0] == 1
    assert list((tmp_path / "ny").iterdir()) == []


@pytest.mark.parametrize("bad", ["ingen.netvaerk", "tekst.netvaerk"])
def test_a_copy_that_is_no_good_is_told_of_and_nothing_is_taken(
    bad: str, file: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("tekst.netvaerk").write_text("ikke en arbejdsbog", encoding="utf-8")
    before = file.read_bytes()
    code, out, err = said(capsys, "merge", str(copy), bad, "--yes")
    assert (code, out) == (1, "")
    assert bad in err
    assert file.read_bytes() == before


def test_erase_shows_every_place_first_and_refuses_before_journalising(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup")
    before = file.read_bytes()
    code, out, err = said(capsys, "erase", NAME, "--yes")
    assert code == 1
    assert "Nordnettet · netværk · " in out
    assert "Nordnettet · personer · Navn (står der nu)" in out
    assert "--record 0b0c7e4e" in out
    assert "Sikkerhedskopien netvaerkstemaer 20" in out
    assert "journaliseret" in err
    assert file.read_bytes() == before


def test_erase_asks_erases_and_prints_a_receipt_without_the_name(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = ID[:-1] + "9"
    command = ("erase", NAME, "--record", record, "--journalised", "Sag 26/1")
    answer(monkeypatch, "n\n")
    assert said(capsys, *command)[0] == 1
    assert NAME.encode() in file.read_bytes()
    answer(monkeypatch, "ja\n")
    code, out, err = said(capsys, *command)
    assert (code, err) == (0, "")
    assert "Kvitteringen er gemt uden navnet." in out
    assert b"Karla" not in file.read_bytes()
    with Store.open(file, read_only=True) as store:
        assert store.receipts()[0]["journalised"] == "Sag 26/1"


def test_erase_reaches_the_backups_only_when_told_to(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup")
    (backup,) = (file.parent / "sikkerhedskopier").iterdir()
    said(capsys, "erase", NAME, "--not-a-record", "--yes")
    assert b"Karla" not in file.read_bytes()
    assert b"Karla" in backup.read_bytes()
    code, out, _ = said(capsys, "erase", NAME, "--not-a-record", "--yes", "--backups")
    assert code == 0
    assert backup.name in out
    assert b"Karla" not in backup.read_bytes()


def test_a_journal_note_with_the_name_and_two_answers_at_once_are_refused(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    code, _, err = said(capsys, "erase", NAME, "--journalised", f"Sag om {NAME}", "--yes")
    assert code == 1
    assert "uden navnet" in err
    code, _, err = said(capsys, "erase", NAME, "--journalised", "x", "--not-a-record")
    assert code == 2
    assert "kan ikke bruges sammen" in err
    assert file.read_bytes() == before


def test_access_puts_all_of_it_in_one_file_not_named_after_the_person(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = said(capsys, "access", NAME)
    assert code == 0
    (page,) = file.parent.glob("*.html")
    assert page.name in out
    assert "Karla" not in page.name
    assert NAME in page.read_text(encoding="utf-8")
    assert said(capsys, "access", NAME, str(file), "-o", "indsigt.html")[0] == 0
    assert Path("indsigt.html").exists()
    assert said(capsys, "access", NAME, "-o", str(file))[0] == 2


def test_a_backup_is_listed_and_put_back(
    file: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "ingen sikkerhedskopier" in said(capsys, "backup", "--list")[1]
    code, out, _ = said(capsys, "backup")
    assert code == 0
    (backup,) = (file.parent / "sikkerhedskopier").iterdir()
    assert backup.name in out
    assert backup.name in said(capsys, "backup", "--list")[1]
    said(capsys, "merge", str(copy), "--yes")
    code, out, _ = said(capsys, "backup", "--restore", str(backup))
    assert code == 0
    assert "ligger i" in out
    assert titles(file) == []


def test_a_restored_backup_does_not_bring_back_who_was_erased(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup")
    (backup,) = (file.parent / "sikkerhedskopier").iterdir()
    said(capsys, "erase", NAME, "--not-a-record", "--yes")
    code, out, _ = said(capsys, "backup", "--restore", str(backup))
    assert code == 0
    assert "er slettet igen" in out
    assert b"Karla" not in file.read_bytes()


def test_check_tells_how_the_file_and_the_notebook_are(
    file: Path, copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = file.parent / "udfold_tema.ipynb"
    shutil.copyfile(shipped_notebooks() / notebook.name, notebook)
    said(capsys, "merge", str(copy), "--yes")
    with Store.open(file) as store:
        store.append(record_edits("network", {"keep_until": "2020-01-31"}))
    code, out, _ = said(capsys, "check")
    assert code == 0
    for part in (
        "kan åbnes",
        "filudgave 2",
        "»Nordnettet«: felter med to tekster: 1",
        "2020-01-31",
        "Der kan skrives i den.",
        "Sikkerhedskopier: 1",
        "udfold_tema.ipynb: i orden",
    ):
        assert part in out

    content = json.loads(notebook.read_text(encoding="utf-8"))
    del content["cells"][2]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    code, out, _ = said(capsys, "check", str(notebook))
    assert code == 1
    assert "mangler" in out
    code, out, _ = said(capsys, "check", str(file.parent), "--repair")
    assert code == 1
    assert said(capsys, "check", "udfold_tema repareret.ipynb")[0] == 0


def test_check_of_a_damaged_file_points_at_the_newest_backup(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup")
    file.write_bytes(b"")
    code, out, _ = said(capsys, "check")
    assert code == 1
    assert "er tom" in out
    assert "Sikkerhedskopi: " in out
