"""What is said about a network, in the workbook's order, as values that know nothing of HTML.

The report and the summary under each form are drawn from these, so they say the same.
"""

from .blocks import Answers, Block, Points, Remark, Row, Section, Table
from .build import all_sections, section
from .words import Words, danish_date, record_title, safe_link

__all__ = [
    "Answers",
    "Block",
    "Points",
    "Remark",
    "Row",
    "Section",
    "Table",
    "Words",
    "all_sections",
    "danish_date",
    "record_title",
    "safe_link",
    "section",
]
