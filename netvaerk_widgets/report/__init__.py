"""The report: one page of HTML, made from the workbook file, that opens anywhere."""

from .page import fault_page, network_report
from .write import write_report

__all__ = ["fault_page", "network_report", "write_report"]
