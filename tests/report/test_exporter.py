from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from pages import Read

from netvaerk_widgets.acts import new_network
from netvaerk_widgets.method import Method
from netvaerk_widgets.report import exporter
from netvaerk_widgets.report.exporter import ReportExporter
from netvaerk_widgets.store import Address, Store, new_edit
from netvaerk_widgets.workbook_file import DEFAULT_NAME


@pytest.fixture(autouse=True)
def words(method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporter, "load_method", lambda: method)
    monkeypatch.delenv("NETVAERK_FILE", raising=False)


def notebook_in(folder: Path) -> Path:
    shown = nbformat.v4.new_output("display_data", {"text/html": "<p>Gammelt svar</p>"})
    cell = nbformat.v4.new_code_cell("vis()", outputs=[shown])
    file = folder / "udfold_tema.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), file)
    return file


def exported(folder: Path) -> str:
    page, resources = ReportExporter().from_filename(str(notebook_in(folder)))
    assert resources["output_extension"] == ".html"
    return page


def filled(folder: Path, *titles: str) -> list[str]:
    with Store.open(folder / DEFAULT_NAME, create=True) as store:
        for title in titles:
            store.append(new_network(title))
        return list(store.networks())


def test_the_report_comes_from_the_file_and_not_from_what_cells_show(tmp_path: Path) -> None:
    folder = tmp_path / "Netværk nord"
    folder.mkdir()
    filled(folder, "Trygge overgange")
    page = exported(folder)
    assert page.startswith("<!doctype html>")
    assert "Trygge overgange" in page
    assert "Gammelt svar" not in page


def test_the_report_is_about_the_network_the_file_is_open_on(tmp_path: Path) -> None:
    _, second = filled(tmp_path, "Det første", "Det andet")
    with Store.open(tmp_path / DEFAULT_NAME) as store:
        store.choose_network(second)
    page = exported(tmp_path)
    assert "<bdi>Det andet</bdi></h1>" in page
    assert "Det første" not in page


def everything_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}


def test_exporting_changes_neither_the_file_nor_its_folder(tmp_path: Path) -> None:
    filled(tmp_path, "Nord")
    notebook_in(tmp_path)
    before = everything_in(tmp_path)
    ReportExporter().from_filename(str(tmp_path / "udfold_tema.ipynb"))
    after = everything_in(tmp_path)
    assert after == before


def test_what_is_written_last_is_in_the_report(tmp_path: Path) -> None:
    (id_,) = filled(tmp_path, "Nord")
    with Store.open(tmp_path / DEFAULT_NAME) as store:  # still open, as in a running workbook
        store.append([new_edit(Address(id_, id_, "network", "municipality"), "Nyborg på ny")])
        assert "Nyborg på ny" in exported(tmp_path)


def test_it_does_not_matter_where_the_server_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "andet").mkdir()
    (tmp_path / "her").mkdir()
    filled(tmp_path / "her", "Nord")
    monkeypatch.chdir(tmp_path / "andet")
    for name in ("report.html.j2", "blocks.html.j2", "report.css"):
        Path(name).write_text("fremmed")
    page = exported(tmp_path / "her")
    assert "Nord" in page
    assert "fremmed" not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "ingen arbejdsbog i mappen"),
        (b"", "er tom"),
        (b"noget helt andet" * 20, "ikke en arbejdsbog"),
        ("cut", "beskadiget"),
    ],
)
def test_a_file_that_cannot_be_read_gives_a_danish_page(
    tmp_path: Path, method: Method, content: bytes | str | None, said: str
) -> None:
    file = tmp_path / DEFAULT_NAME
    if content == "cut":
        filled(tmp_path, "Nord")
        file.write_bytes(file.read_bytes()[:5000])
    elif isinstance(content, bytes):
        file.write_bytes(content)
    before = file.read_bytes() if file.exists() else None

    page = exported(tmp_path)

    read = Read(page)
    assert read.all("html") == [{"lang": "da"}]
    assert method.labels["report_fault"] in read.text
    assert said in read.text
    assert "Traceback" not in page
    assert (file.read_bytes() if file.exists() else None) == before


def test_no_network_and_none_chosen_are_said(tmp_path: Path) -> None:
    filled(tmp_path)
    assert "ikke noget netværk i arbejdsbogen" in exported(tmp_path)
    filled(tmp_path, "Det ene", "Det andet")
    page = exported(tmp_path)
    assert "ingen af dem er valgt" in page
    assert "Det ene" not in page


def test_a_notebook_sent_without_its_place_is_told_so_and_nothing_is_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, "Nord")
    monkeypatch.chdir(tmp_path)
    page, _ = ReportExporter().from_notebook_node(nbformat.v4.new_notebook())
    assert "ingen arbejdsbog" in page
    assert "Nord" not in page


def test_a_folder_named_as_markup_is_text_on_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "<img src=x onerror=alert(1)>"
    folder.mkdir()
    page = exported(folder)
    assert "<img" not in page
    assert "<img src=x onerror=alert(1)>" in Read(page).text


def test_jupyterlab_offers_it_as_a_page() -> None:
    assert ReportExporter.export_from_notebook
    assert ReportExporter.output_mimetype == "text/html"
    assert ReportExporter().file_extension == ".html"
