"""An error crosses processes whole, and can be said again in other words."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from netvaerk_widgets.errors import NetvaerkError, StoreError, ValueRefusedError
from netvaerk_widgets.records import checked


@pytest.mark.parametrize("fault", [NetvaerkError, *NetvaerkError.__subclasses__()])
@pytest.mark.parametrize("again", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])  # noqa: S301
def test_a_copy_is_of_the_same_class_and_says_the_same(
    fault: type[NetvaerkError], again: type
) -> None:
    error = fault("disk_full", file="æøå.netvaerk")
    error.add_note("en bemærkning")
    copied = again(error)
    assert type(copied) is fault
    assert (copied.id, copied.facts) == ("disk_full", {"file": "æøå.netvaerk"})
    assert str(copied) == str(error)
    assert copied.__notes__ == ["en bemærkning"]


def test_an_error_in_a_pool_of_processes_arrives_as_itself() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(checked, "idea", "date", "i går").exception()
    assert isinstance(found, ValueRefusedError)
    assert (found.id, found.facts) == ("not_a_date", {"field": "idea.date"})


def test_retold_it_is_the_same_error_with_other_facts_and_the_first_is_as_it_was() -> None:
    error = StoreError("disk_error", file="a", reason="b")
    retold = error.retold(file="c")
    assert type(retold) is StoreError
    assert (retold.id, retold.facts) == ("disk_error", {"file": "c", "reason": "b"})
    assert error.facts == {"file": "a", "reason": "b"}


def test_what_a_person_wrote_never_stands_in_a_refusal() -> None:
    for kind, field in [("idea", "date"), ("observation", "duration")]:
        with pytest.raises(ValueRefusedError) as refused:
            checked(kind, field, "Hanne, 12 34 56 78")
        assert "Hanne" not in f"{refused.value} {refused.value.facts} {refused.value!r}"
