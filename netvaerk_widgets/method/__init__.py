"""The method: what a method file says, read and checked."""

from .load import load_method
from .model import Method

__all__ = ["Method", "load_method"]
