"""``netvaerk merge`` and ``netvaerk backup``: copies of a workbook file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .places import COULD_NOT, OK, add_place, add_yes, agreed, place_help, workbook_in

if TYPE_CHECKING:
    from ..store import Store
    from ..store.foreign import Copy

MERGE_EXAMPLES = """\
eksempler:
  netvaerk merge ~/Downloads/netvaerkstemaer.netvaerk
  netvaerk merge fra-nord.netvaerk fra-syd.netvaerk --into ~/netvaerk
  netvaerk merge kopier/*.netvaerk --yes
"""

BACKUP_EXAMPLES = """\
eksempler:
  netvaerk backup
  netvaerk backup --list
  netvaerk backup --restore "sikkerhedskopier/netvaerkstemaer 2026-11-03 14.02.11.netvaerk"
"""


def add_merge(parser: argparse.ArgumentParser) -> None:
    """Add what ``netvaerk merge`` can be told."""
    parser.add_argument("copies", nargs="+", type=Path, metavar="KOPI", help="filer, der hentes")
    parser.add_argument(
        "--into", dest="place", type=Path, metavar="MAPPE-ELLER-FIL", help=place_help()
    )
    add_yes(parser)
    parser.set_defaults(act=_merge)


def add_backup(parser: argparse.ArgumentParser) -> None:
    """Add what ``netvaerk backup`` can be told."""
    add_place(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--restore", type=Path, metavar="KOPI", help="sæt denne kopi tilbage")
    which.add_argument("--list", action="store_true", help="vis de kopier, der er")
    parser.set_defaults(act=_backup)


def _merge(options: argparse.Namespace) -> int:
    from ..store import Store
    from ..store.foreign import read_copy

    file = workbook_in(options.place)
    there = file.exists()
    copies = [read_copy(copy) for copy in options.copies if not (there and copy.samefile(file))]
    with Store.open(file, create=not there) as store:
        code = _merged(store, copies, ask=not options.yes)
    if code != OK and not there:
        file.unlink()
    return code


def _merged(store: Store, copies: Sequence[Copy], *, ask: bool) -> int:
    from .. import file_care
    from ..method import load_method
    from ..store import merge

    found = merge.compare(store, copies)
    print(*file_care.told(load_method(), found), sep="\n")
    print(f"Står her allerede: {found.same}")
    if not (found.new or found.erased):
        return OK
    if ask and not agreed("Skal det hentes?"):
        print("Intet er hentet.")
        return COULD_NOT
    done = merge.merge(store, copies)
    print(f"Det er hentet ind i {store.path}.")
    print(f"Sikkerhedskopi fra lige før: {done.backup}")
    if done.erased:
        print("Den rummer stadig det, der blev slettet. Slet kopien, når du har set efter.")
    return OK


def _backup(options: argparse.Namespace) -> int:
    from ..store.backup import back_up, backups

    file = workbook_in(options.place)
    if options.list:
        copies = [str(copy) for copy in backups(file)]
        print(*(copies or ["Der er ingen sikkerhedskopier endnu."]), sep="\n")
    elif options.restore:
        _restore(file, options.restore)
    else:
        print(f"Sikkerhedskopien ligger i {back_up(file)}.")
    return OK


def _restore(file: Path, copy: Path) -> None:
    from ..store import Store
    from ..store.backup import restore
    from ..store.foreign import read_copy
    from ..store.merge import erase_again

    kept = restore(file, copy)
    print(f"{copy.name} er sat tilbage som {file}.")
    if kept is None:
        return
    print(f"Det, der stod der før, ligger i {kept}.")
    with Store.open(file) as store:
        if erase_again(store, read_copy(kept)):
            print("Det, der var slettet for altid, er slettet igen.")
