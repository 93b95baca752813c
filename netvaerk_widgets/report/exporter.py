"""The report in JupyterLab's "Save and Export Notebook As" menu."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from ..errors import NetvaerkError, WorkbookError
from ..method import Method, load_method
from ..store import Store
from ..workbook_file import find_workbook_file
from .page import fault_page, network_report


class ReportExporter(Exporter):
    """Makes the report of the network that the workbook file beside the notebook is open on.

    The notebook itself is not looked at: what its cells show may be old, and another person's
    notebook may hold anything. The file is only read.
    """

    output_mimetype = "text/html"
    export_from_notebook = "Netværksrapport"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override] # nbconvert's own text exporters differ too
        self,
        nb: NotebookNode,  # noqa: ARG002 - see the class
        resources: dict[str, Any] | None = None,
        **_: object,
    ) -> tuple[str, dict[str, Any]]:
        """Return the page, and nbconvert's resources with the file extension.

        What goes wrong is told on the page, because JupyterLab shows an exporter's error as a
        page of program code.
        """
        filled = self._init_resources(resources)  # type: ignore[no-untyped-call]
        method: Method | None = None
        try:
            method = load_method()
            page = _report(_folder(filled), method)
        except NetvaerkError as error:
            page = fault_page(error, method)
        return page, filled


def _folder(resources: dict[str, Any]) -> str:
    metadata = resources["metadata"]
    if "path" not in metadata:  # the text of a notebook was sent, not the place of one
        raise WorkbookError("no_workbook_file", folder="")
    return str(metadata["path"]) or "."


def _report(folder: str, method: Method) -> str:
    file = find_workbook_file(folder)
    if not file.exists():
        raise WorkbookError("no_workbook_file", folder=file.resolve().parent.name)
    with Store.open(file, read_only=True) as store:
        chosen = store.chosen_network()
        if chosen is None:
            raise WorkbookError("network_not_chosen" if store.networks() else "no_network")
        return network_report(store, chosen, method)
