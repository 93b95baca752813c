"""How a field came to say what it says: what changed, word by word, and in what order."""

from __future__ import annotations

import dataclasses
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import ID

from netvaerk_widgets.history import Piece, difference, revisions
from netvaerk_widgets.store import Address, Edit, new_edit

THEME = Address(ID, "a" * 36, "theme", "statement")
WORDS = st.lists(
    st.sampled_from(
        ["børn", "Børnehave", "børnehave-leder", "æ", "ø", "å", " ", "  ", "\n", ",", ".", "!", "«",
         "2026", "e\u0301", "\U0001f469\u200d\U0001f467", "_", "-", "'", "\u202e", "\u00ad"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def shown(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.change, piece.text) for piece in difference(before, after)]


def joined(pieces: tuple[Piece, ...], *changes: str) -> str:
    return "".join(piece.text for piece in pieces if piece.change in changes)


@given(WORDS | st.text(), WORDS | st.text())
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert joined(pieces, "same", "in") == after
    assert joined(pieces, "same", "out") == before
    assert all(piece.text for piece in pieces)
    assert all(a.change != b.change for a, b in itertools.pairwise(pieces))


@given(WORDS)
def test_a_text_that_did_not_change_shows_no_change(text: str) -> None:
    assert shown(text, text) == ([("same", text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("ensomme ældre", "ensomme børn", [("same", "ensomme "), ("out", "ældre"), ("in", "børn")]),
        (
            "Vi spørger børnehavelederen.",
            "Vi spørger børnehavelederne.",
            [
                ("same", "Vi spørger "),
                ("out", "børnehavelederen"),
                ("in", "børnehavelederne"),
                ("same", "."),
            ],
        ),
        (
            "en co-driver",
            "en co-leder",
            [("same", "en "), ("out", "co-driver"), ("in", "co-leder")],
        ),
        ("alle små børn her", "mange store unge her", [
            ("out", "alle små børn"), ("in", "mange store unge"), ("same", " her"),
        ]),
        ("Et tema", "Et tema!", [("same", "Et tema"), ("in", "!")]),
        ("", "Nyt", [("in", "Nyt")]),
        ("Gammelt", "", [("out", "Gammelt")]),
    ],
)  # fmt: skip
def test_whole_words_change_and_small_changes_side_by_side_are_one(
    before: str, after: str, pieces: list[tuple[str, str]]
) -> None:
    assert shown(before, after) == pieces


def test_a_text_of_200_kb_is_compared_while_one_waits() -> None:
    before = " ".join(f"ord{n % 900}" for n in range(25_000))
    after = " ".join(f"ord{n * 7 % 900}" for n in range(25_000))
    started = time.monotonic()
    pieces = difference(before, after)
    assert time.monotonic() - started < 10
    assert joined(pieces, "same", "in") == after
    assert joined(pieces, "same", "out") == before


def written(text: str, at: str, *seen: Edit, author: str = "A") -> Edit:
    edit = new_edit(THEME, text, replaces=[one.edit_id for one in seen])
    return dataclasses.replace(edit, at=f"2026-{at}Z", author=author, device="d")


def versions(*edits: Edit) -> list[object]:
    return [revision.edit.value for revision in revisions(edits)]


def test_what_is_typed_in_one_sitting_is_one_version() -> None:
    one = written("Vi", "01-01T10:00:00.000")
    two = written("Vi ser", "01-01T10:00:30.000", one)
    three = written("Vi ser på", "01-01T10:01:29.000", two)
    later = written("Vi ser på børn", "01-01T10:02:30.000", three)
    assert versions(later, three, two, one) == ["Vi ser på", "Vi ser på børn"]
    assert shown("", "Vi ser på") == [
        (piece.change, piece.text) for piece in revisions([one, two, three])[0].pieces
    ]


@pytest.mark.parametrize("other", ["author", "device", "cause"])
def test_another_writer_machine_or_cause_makes_another_version(other: str) -> None:
    one = written("Vi", "01-01T10:00:00.000")
    two = written("Vi ser", "01-01T10:00:40.000", one)
    assert len(versions(one, two)) == 1
    assert len(versions(one, dataclasses.replace(two, **{other: "B"}))) == 2


def test_a_clock_that_was_set_back_does_not_turn_the_story_round() -> None:
    one = written("Først", "06-01T10:00:00.000")
    two = written("Så", "01-01T10:00:00.000", one)
    three = written("Sidst", "03-01T10:00:00.000", two)
    for order in itertools.permutations([one, two, three]):
        assert versions(*order) == ["Først", "Så", "Sidst"]


def test_the_night_the_clocks_go_back_is_like_any_other() -> None:
    one = written("Kl. 2.30 sommertid", "10-25T00:30:00.000")
    two = written("Kl. 2.30 vintertid", "10-25T01:30:00.000", one)
    near = written("Kl. 2.31 vintertid", "10-25T01:31:00.000", two)
    assert versions(near, one, two) == ["Kl. 2.30 sommertid", "Kl. 2.31 vintertid"]


def test_two_who_wrote_at_once_are_two_versions_and_the_choice_a_third() -> None:
    first = written("Udgangspunkt", "01-01T10:00:00.000")
    mine = written("Mit", "01-01T12:00:00.000", first)
    yours = written("Dit", "01-01T11:00:00.000", first, author="B")
    chosen = written("Vores", "01-02T10:00:00.000", mine, yours)
    assert versions(chosen, mine, first, yours) == ["Udgangspunkt", "Dit", "Mit", "Vores"]


def test_edits_in_a_ring_all_come_and_end() -> None:
    one = written("Et", "01-01T10:00:00.000")
    two = written("To", "01-01T11:00:00.000", one)
    ring = dataclasses.replace(one, replaces=(two.edit_id, one.edit_id))
    after = written("Tre", "01-01T12:00:00.000", two)
    assert sorted(map(str, versions(after, ring, two))) == ["Et", "To", "Tre"]


def test_an_edit_that_replaces_one_that_is_not_here_is_shown_from_nothing() -> None:
    (only,) = revisions([written("Et", "01-01T10:00:00.000", written("?", "01-01T09:00:00.000"))])
    assert only.pieces == (Piece("in", "Et"),)


def test_years_of_edits_are_put_in_order_at_once() -> None:
    edits = [written("0", "01-01T10:00:00.000")]
    for number in range(5_000):
        edits.append(written(str(number), "01-01T10:00:00.000", edits[-1]))
    started = time.monotonic()
    revisions(reversed(edits))
    assert time.monotonic() - started < 3
