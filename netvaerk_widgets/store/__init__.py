"""The truth: one append-only table of edits. All SQL in the package is in this folder."""

from .edit import Address, Edit, new_edit
from .network import Network, Record
from .store import Store

__all__ = ["Address", "Edit", "Network", "Record", "Store", "new_edit"]
