"""One person under two spellings is proposed, never merged; and what was decided can be undone."""

from __future__ import annotations

import itertools
import unicodedata
import uuid

import pytest
from written import network_of, record_edits

from netvaerk_widgets.acts import different_person, parted, same_person
from netvaerk_widgets.same_person import pairs
from netvaerk_widgets.store import Edit, Network, Record


def contacts(*names: str, unit: str = "") -> Network:
    return network_of(
        *(
            record_edits(
                "contact", {"name": name, "unit": unit or None}, str(uuid.UUID(int=number))
            )
            for number, name in enumerate(names, 1)
        )
    )


def people(network: Network) -> list[Record]:
    return list(network.records("contact"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kirsten Aagaard", "K. Ågård"),
        ("Kirsten Aagaard", "Kirsten Ågård"),
        ("Kirsten Aagaard", unicodedata.normalize("NFD", "kirsten ågård")),
        ("Søren Kjær", "Soeren Kjaer"),
        ("Søren Kjær", "KJÆR, SØREN"),
        ("Anna Hansen", "Anna  Hanssen"),
        ("Dr. Anna Hansen", "Anna Hansen"),
        ("Anna Hansen", "Anna Marie Hansen"),
        ("Anna M. Hansen", "Anna Marie Hansen"),
        ("Anne-Marie Holm", "Anne Marie Holm"),
        ("A.-M. Holm", "Anne-Marie Holm"),
        ("René Holm", "Rene Holm"),
    ],
)
def test_two_spellings_of_one_name_are_proposed(one: str, other: str) -> None:
    network = contacts(one, other)
    assert pairs(network) == [(str(uuid.UUID(int=1)), str(uuid.UUID(int=2)))]
    assert pairs(contacts(other, one)) == pairs(network)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kirsten Aagaard", "Mette Aagaard"),
        ("Kirsten Aagaard", "M. Ågård"),
        ("Kirsten Aagaard", "Karen Aagaard"),
        ("Kirsten Aagaard", "Kirsten Andersen"),
        ("Anna M. Hansen", "Anna Sofie Hansen"),
        ("Kirsten", "Kirsten Aagaard"),
        ("Kirsten", "Kirsten"),
        ("...", "Dr."),
    ],
)
def test_others_are_not(one: str, other: str) -> None:
    assert pairs(contacts(one, other)) == []


def test_a_first_name_alone_fits_in_the_same_unit_only() -> None:
    assert len(pairs(contacts("Kirsten", "Kirsten Aagaard", unit="Nord"))) == 1
    assert pairs(contacts("Kirsten", "Karen Aagaard", unit="Nord")) == []


def test_the_likeliest_comes_first() -> None:
    far = record_edits("contact", {"name": "Anna Holm", "unit": "Syd"}, str(uuid.UUID(int=1)))
    near = [
        record_edits("contact", {"name": name, "unit": "Nord"}, str(uuid.UUID(int=number)))
        for number, name in ((2, "A. Holm"), (3, "Anna Holm"))
    ]
    found = pairs(network_of(far, *near))
    assert [tuple(uuid.UUID(id_).int for id_ in pair) for pair in found] == [(2, 3), (1, 3), (1, 2)]


def test_a_deleted_contact_is_not_proposed() -> None:
    network = contacts("Anna Holm", "Anna Holm")
    first = people(network)[0]
    network.apply(record_edits("contact", {"deleted": True}, first.record_id))
    assert pairs(network) == []


@pytest.mark.parametrize("decide", [same_person, different_person])
def test_what_is_decided_is_not_asked_again_until_it_is_taken_back(decide: object) -> None:
    assert callable(decide)
    link = "same_as" if decide is same_person else "different_from"
    for flip in (False, True):
        network = contacts("Anna Holm", "A. Holm")
        a, b = people(network)[:: -1 if flip else 1]
        network.apply(decide(network, a, b))
        assert pairs(network) == []
        assert decide(network, *people(network)) == []  # said once is enough
        network.apply(parted(network, b, a, link=link))
        assert len(pairs(network)) == 1


def test_a_decision_changes_nothing_else_in_the_records() -> None:
    network = contacts("Anna Holm", "A. Holm")
    (edit,) = same_person(network, *people(network))
    assert (edit.kind, edit.field) == ("contact", "same_as")
    network.apply([edit])
    assert [record.text("name") for record in people(network)] == ["Anna Holm", "A. Holm"]


def test_changing_ones_mind_leaves_one_answer() -> None:
    network = contacts("Anna Holm", "A. Holm")
    network.apply(same_person(network, *people(network)))
    network.apply(different_person(network, *people(network)))
    first, second = people(network)
    assert (first.ids("same_as"), first.ids("different_from")) == ([], [second.record_id])


def test_the_same_decision_in_two_copies_stands_in_one_place() -> None:
    network = contacts("Anna Holm", "A. Holm")
    a, b = people(network)
    (here,), (there,) = same_person(network, a, b), same_person(network, b, a)
    assert (here.record_id, here.value) == (there.record_id, there.value)
    network.apply([here, there])
    assert network.conflicts() == set()
    assert len(parted(network, *people(network))) == 1


def test_two_decisions_made_apart_are_both_kept_by_the_next() -> None:
    network = contacts("Anna Holm", "A. Holm", "Anna Holm", "Ann Holm")
    a, b, c, d = people(network)
    apart: list[Edit] = same_person(network, a, b) + same_person(network, a, c)
    network.apply(apart)
    network.apply(same_person(network, people(network)[0], d))
    assert set(people(network)[0].ids("same_as")) == {b.record_id, c.record_id, d.record_id}


def test_who_is_the_same_by_way_of_a_third_is_not_asked() -> None:
    network = contacts("Anna Holm", "A. Holm", "Anna Holm")
    a, b, c = people(network)
    network.apply(same_person(network, a, b))
    network.apply(same_person(network, b, c))
    assert pairs(network) == []


def test_one_record_is_not_the_same_as_itself() -> None:
    network = contacts("Anna Holm")
    (only,) = people(network)
    assert same_person(network, only, only) == []


def test_a_thousand_contacts_are_compared_at_once() -> None:
    first, last = [f"Navn{chr(97 + n)}" for n in range(26)], [f"Efter{n}" for n in range(40)]
    names = [f"{one} {two}" for one, two in itertools.product(first, last)]
    assert pairs(contacts(*names, "Navna Efter1"))
