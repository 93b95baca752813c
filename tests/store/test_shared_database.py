"""What a shared database does beyond what a file does."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from written import ID

from netvaerk_widgets.errors import StoreError
from netvaerk_widgets.store import Address, Store, new_edit

STATEMENT = Address(ID, "a" * 36, "theme", "statement")


def test_an_empty_database_opened_to_read_only_is_refused_and_stays_empty(database: str) -> None:
    with pytest.raises(StoreError) as refused:
        Store.open(database, read_only=True)
    assert refused.value.id == "file_foreign"
    engine = sa.create_engine(database, poolclass=sa.NullPool)
    assert sa.inspect(engine).get_table_names() == []


def test_several_may_open_a_new_database_at_once(database: str) -> None:
    failed: list[Exception] = []

    def open_it() -> None:
        try:
            Store.open(database).close()
        except StoreError as error:
            failed.append(error)

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_a_reader_never_passes_by_a_row_that_is_numbered_but_not_committed(database: str) -> None:
    slow, quick = new_edit(STATEMENT, "langsom"), new_edit(STATEMENT, "hurtig")
    numbered, go_on = threading.Event(), threading.Event()
    with Store.open(database) as one, Store.open(database) as two:

        def write_slowly() -> None:
            with one._writing() as connection:
                from netvaerk_widgets.store import rows, tables

                connection.execute(sa.insert(tables.edit), [rows.as_row(slow)])
                numbered.set()
                go_on.wait(30)

        threads = [threading.Thread(target=write_slowly)]
        threads[0].start()
        assert numbered.wait(30)
        threads.append(threading.Thread(target=two.append, args=([quick],)))
        threads[1].start()
        threads[1].join(0.3)
        found, point = two.edits()
        go_on.set()
        for thread in threads:
            thread.join()
        found += two.edits(after=point)[0]
    assert found == [slow, quick]


def test_a_database_that_another_writes_to_for_too_long_is_told_of(database: str) -> None:
    with Store.open(database) as one, Store.open(database, wait=0.2) as two:
        with one._writing(), pytest.raises(StoreError) as refused:
            two.append([new_edit(STATEMENT, "venter")])
        assert refused.value.id == "file_in_use"
        assert len(two.append([new_edit(STATEMENT, "venter")])) == 1


def test_no_password_stands_in_a_message(database: str) -> None:
    wrong = sa.make_url(database).set(database="findes_ikke", password="hemmelig")  # noqa: S106
    with pytest.raises(StoreError) as refused:
        Store.open(wrong.render_as_string(hide_password=False))
    assert "hemmelig" not in str(refused.value)
    assert "findes_ikke" in str(refused.value)
