"""``netvaerk access`` and ``netvaerk erase``: what the workbook holds about one person."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from ..errors import StoreError, WorkbookError
from .places import COULD_NOT, OK, add_place, add_yes, agreed, html_file, workbook_in

ERASE_EXAMPLES = """\
eksempler:
  netvaerk erase "Karla Kontakt"                        vis kun, hvor navnet står
  netvaerk erase "Karla Kontakt" --journalised "Sag 26/123, notat 4"
  netvaerk erase "Karla Kontakt" --not-a-record --backups
"""

ACCESS_EXAMPLES = """\
eksempler:
  netvaerk access "Karla Kontakt"
  netvaerk access "Karla Kontakt" ~/netvaerk -o indsigt.html
"""


def add_erase(parser: argparse.ArgumentParser) -> None:
    """Add what ``netvaerk erase`` can be told."""
    parser.add_argument("name", metavar="NAVN", help="navnet, som det er skrevet")
    add_place(parser)
    parser.add_argument(
        "--record", action="append", default=[], metavar="ID", help="slet også hele denne post"
    )
    said = parser.add_mutually_exclusive_group()
    said.add_argument("--journalised", metavar="TEKST", help="hvad er journaliseret, og hvor?")
    said.add_argument("--not-a-record", action="store_true", help="intet skal journaliseres")
    parser.add_argument("--backups", action="store_true", help="slet også i sikkerhedskopierne")
    add_yes(parser)
    parser.set_defaults(act=_erase)


def add_access(parser: argparse.ArgumentParser) -> None:
    """Add what ``netvaerk access`` can be told."""
    parser.add_argument("name", metavar="NAVN", help="navnet, som det er skrevet")
    add_place(parser)
    parser.add_argument("-o", "--output", type=html_file, metavar="FIL", help="hvor siden lægges")
    parser.set_defaults(act=_access)


def _erase(options: argparse.Namespace) -> int:
    from .. import file_care
    from ..method import load_method
    from ..store import Store
    from ..store.backup import backups

    file, method = workbook_in(options.place), load_method()
    with Store.open(file) as store:
        found = file_care.traces(method, store, options.name)
        print(*(found["places"] or ["Navnet står ingen steder."]), sep="\n")
        print(*(f"Hele posten: --record {id_}  {title}" for id_, title in found["whole"]), sep="\n")
        print("Led også efter mellemnavn, kaldenavn, initialer, mail og telefonnummer.")
        said = options.journalised or ("intet skal journaliseres" if options.not_a_record else "")
        if not said.strip():
            raise WorkbookError("journalise_first")
        if not options.yes and not agreed("Skal det slettes for altid?"):
            print("Intet er slettet.")
            return COULD_NOT
        message = {"words": options.name, "records": options.record, "journalised": said}
        print(*file_care.erase_person(method, store, message), sep="\n")
    if options.backups:
        for copy in backups(file):
            _erase_in_backup(copy, message)
    return OK


def _erase_in_backup(copy: Path, message: dict[str, object]) -> None:
    name, records = str(message["words"]), message["records"]
    try:
        _erase_in(copy, name, records, str(message["journalised"]))
    except StoreError as error:  # one bad backup must not keep the others from being cleared
        print(error)


def _erase_in(copy: Path, name: str, records: object, journalised: str) -> None:
    from ..store import Store
    from ..store.erasure import erase_person, traces

    with Store.open(copy) as store:
        here = {edit.record_id for edit in store.edits()[0]}
        whole = [id_ for id_ in records if id_ in here] if isinstance(records, list) else []
        if whole or traces(store, name):
            erase_person(store, name, records=whole, journalised=journalised)
            print(f"Slettet også i {copy.name}.")


def _access(options: argparse.Namespace) -> int:
    from ..access import access_page
    from ..method import load_method
    from ..report import write_report
    from ..store import Store

    file = workbook_in(options.place)
    with Store.open(file, read_only=True) as store:
        page = access_page(store, options.name, load_method())
    # Not named after the person: file names end up in logs and lists.
    output = options.output or file.parent / f"Indsigt {datetime.date.today().isoformat()}.html"
    write_report(page, output)
    print(f"Alt om personen ligger i {output}. Læs den igennem, før du sender den.")
    return OK
