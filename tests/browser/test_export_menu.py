"""The report is one choice in JupyterLab's own menu."""

from __future__ import annotations

from pathlib import Path

import pytest
from leader import Desk

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def test_the_export_menu_gives_one_file_with_the_answers(desk: Desk, tmp_path: Path) -> None:
    desk.run_all()
    desk.begin("En styrket administration")
    desk.write("theme", "driving_question", "Hvordan kan vi få ét billede af arbejdsgangene?")
    with desk.page.context.expect_event("download") as started:
        desk.menu("File", "Save and Export Notebook As", "Netvaerksrapport")
    report = tmp_path / "rapport.html"
    started.value.save_as(report)
    text = report.read_text("utf-8")
    assert started.value.suggested_filename.endswith(".html")
    assert "Hvordan kan vi få ét billede af arbejdsgangene?" in text
    assert "En styrket administration" in text
    assert "<script" not in text
