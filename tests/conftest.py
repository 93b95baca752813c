"""What several tests need."""

from __future__ import annotations

import pytest

from netvaerk_widgets.method import Method, load_method


@pytest.fixture
def method() -> Method:
    return load_method()
