"""A guided workbook for network leaders: unfold a network theme in JupyterLab."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .method import load_method
    from .store import Store
    from .workbook import Workbook

__version__ = "0.1.0"
__all__ = ["Store", "Workbook", "load_method"]

_HOME = {"Store": "store", "Workbook": "workbook", "load_method": "method"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - PEP 562: whatever the name stands for
    # Loaded when asked for: pandas, SQLAlchemy and anywidget take most of a second to import.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
