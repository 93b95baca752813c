"""The commands that look after a workbook: merge, erase, access, backup and check."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import NetvaerkError, WorkbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .check import Complaint
    from .store import Store

DEFAULT_FOLDER = "netvaerk-arbejdsbog"

OK, COULD_NOT, WRONG_USE = 0, 1, 2

_MERGE_EXAMPLES = """\
eksempler:
  netvaerk merge ~/Downloads/netvaerkstemaer.netvaerk
  netvaerk merge fra-nord.netvaerk fra-syd.netvaerk --into ~/netvaerk
  netvaerk merge kopier/*.netvaerk --yes
"""

_ERASE_EXAMPLES = """\
eksempler:
  netvaerk erase "Karla Kontakt"                        vis kun, hvor navnet står
  netvaerk erase "Karla Kontakt" --journalised "Sag 26/123, notat 4"
  netvaerk erase "Karla Kontakt" --not-a-record --backups
"""

_ACCESS_EXAMPLES = """\
eksempler:
  netvaerk access "Karla Kontakt"
  netvaerk access "Karla Kontakt" ~/netvaerk -o indsigt.html
"""

_BACKUP_EXAMPLES = """\
eksempler:
  netvaerk backup
  netvaerk backup --list
  netvaerk backup --restore "sikkerhedskopier/netvaerkstemaer 2026-11-03 14.02.11.netvaerk"
"""

_CHECK_EXAMPLES = """\
eksempler:
  netvaerk check
  netvaerk check ~/netvaerk
  netvaerk check udfold_tema.ipynb --repair
"""


def add_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands of this file to the command line; ``add`` makes one command's parser."""
    _add_merge(add("merge", "hent kopier ind", "Saml kopier af en arbejdsbog.", _MERGE_EXAMPLES))
    text = "Slet en person for altid. Skriv først, hvad der er journaliseret."
    _add_erase(add("erase", "slet en person for altid", text, _ERASE_EXAMPLES))
    text = "Saml alt, hvad arbejdsbogen har om én person, i én fil."
    _add_access(add("access", "giv en person indsigt", text, _ACCESS_EXAMPLES))
    text = "Lav en sikkerhedskopi, se dem, der er, eller sæt en tilbage."
    _add_backup(add("backup", "lav en sikkerhedskopi", text, _BACKUP_EXAMPLES))
    text = "Se efter, om arbejdsbogen og dens notebooks er i orden."
    _add_check(add("check", "se efter, om alt er i orden", text, _CHECK_EXAMPLES))


def usual_folder() -> Path:
    """Return the folder a command means when none is given."""
    here = Path()
    at_home = (here / "udfold_tema.ipynb").exists() or any(here.glob("*.netvaerk"))
    return here if at_home else here / DEFAULT_FOLDER


def workbook_in(place: Path | None) -> Path:
    """Return the workbook file that a folder, a file or nothing stands for."""
    from .workbook_file import find_workbook_file

    place = place or usual_folder()
    return place if place.is_file() else find_workbook_file(place)


def place_help() -> str:
    """Return the help of an argument that ``workbook_in`` reads."""
    return f"hvor arbejdsbogen ligger (ellers: den mappe, du står i, eller {DEFAULT_FOLDER})"


def html_file(text: str) -> Path:
    """Return the path of a page to write; refuse another ending."""
    path = Path(text)
    if path.suffix.lower() not in (".html", ".htm"):  # or `-o min.netvaerk` would replace the truth
        raise argparse.ArgumentTypeError("skal ende på .html")
    return path


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", nargs="?", type=Path, metavar="MAPPE-ELLER-FIL", help=place_help())


def _add_yes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="spørg ikke først")


def _add_merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("copies", nargs="+", type=Path, metavar="KOPI", help="filer, der hentes")
    parser.add_argument(
        "--into", dest="place", type=Path, metavar="MAPPE-ELLER-FIL", help=place_help()
    )
    _add_yes(parser)
    parser.set_defaults(act=_merge)


def _add_erase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAVN", help="navnet, som det er skrevet")
    _add_place(parser)
    parser.add_argument(
        "--record", action="append", default=[], metavar="ID", help="slet også hele denne post"
    )
    said = parser.add_mutually_exclusive_group()
    said.add_argument("--journalised", metavar="TEKST", help="hvad er journaliseret, og hvor?")
    said.add_argument("--not-a-record", action="store_true", help="intet skal journaliseres")
    parser.add_argument("--backups", action="store_true", help="slet også i sikkerhedskopierne")
    _add_yes(parser)
    parser.set_defaults(act=_erase)


def _add_access(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAVN", help="navnet, som det er skrevet")
    _add_place(parser)
    parser.add_argument("-o", "--output", type=html_file, metavar="FIL", help="hvor siden lægges")
    parser.set_defaults(act=_access)


def _add_backup(parser: argparse.ArgumentParser) -> None:
    _add_place(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--restore", type=Path, metavar="KOPI", help="sæt denne kopi tilbage")
    which.add_argument("--list", action="store_true", help="vis de kopier, der er")
    parser.set_defaults(act=_backup)


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_place(parser)
    parser.add_argument("--repair", action="store_true", help="lav reparerede kopier af notebooks")
    parser.set_defaults(act=_check)


def _agreed(question: str) -> bool:
    print(f"{question} [j/n] ", end="", flush=True)
    answer = sys.stdin.readline().strip().casefold()
    return answer in ("j", "ja")


def _merge(options: argparse.Namespace) -> int:
    from . import file_care
    from .method import load_method
    from .store import Store, merge
    from .store.foreign import read_copy

    file, method = workbook_in(options.place), load_method()
    with Store.open(file, create=not file.exists()) as store:
        copies = [read_copy(copy) for copy in options.copies if not copy.samefile(file)]
        found = merge.compare(store, copies)
        print(*file_care.told(method, found), sep="\n")
        print(f"Står her allerede: {found.same}")
        if not (found.new or found.erased):
            return OK
        if not options.yes and not _agreed("Skal det hentes?"):
            print("Intet er hentet.")
            return COULD_NOT
        done = merge.merge(store, copies)
    print(f"Det er hentet ind i {file}.")
    if done.backup:
        print(f"Sikkerhedskopi fra lige før: {done.backup}")
    if done.erased:
        print("Den rummer stadig det, der blev slettet. Slet kopien, når du har set efter.")
    return OK


def _erase(options: argparse.Namespace) -> int:
    from . import file_care
    from .method import load_method
    from .store import Store
    from .store.backup import backups

    file, method = workbook_in(options.place), load_method()
    with Store.open(file) as store:
        found = file_care.traces(method, store, options.name)
        print(*(found["places"] or ["Navnet står ingen steder."]), sep="\n")
        print(*(f"Hele posten: --record {id_}  {title}" for id_, title in found["whole"]), sep="\n")
        print("Led også efter mellemnavn, kaldenavn, initialer, mail og telefonnummer.")
        said = options.journalised or ("intet skal journaliseres" if options.not_a_record else "")
        if not said.strip():
            raise WorkbookError("journalise_first")
        if not options.yes and not _agreed("Skal det slettes for altid?"):
            print("Intet er slettet.")
            return COULD_NOT
        message = {"words": options.name, "records": options.record, "journalised": said}
        print(*file_care.erase_person(method, store, message), sep="\n")
    if options.backups:
        for copy in backups(file):
            _erase_in_backup(copy, message)
    return OK


def _erase_in_backup(copy: Path, message: dict[str, object]) -> None:
    from .store import Store
    from .store.erasure import erase_person, traces

    name, records = str(message["words"]), message["records"]
    with Store.open(copy) as store:
        here = {edit.record_id for edit in store.edits()[0]}
        whole = [id_ for id_ in records if id_ in here] if isinstance(records, list) else []
        if whole or traces(store, name):
            erase_person(store, name, records=whole, journalised=str(message["journalised"]))
            print(f"Slettet også i {copy.name}.")


def _access(options: argparse.Namespace) -> int:
    from .access import access_page
    from .method import load_method
    from .report import write_report
    from .store import Store

    file = workbook_in(options.place)
    with Store.open(file, read_only=True) as store:
        page = access_page(store, options.name, load_method())
    # Not named after the person: file names end up in logs and lists.
    output = options.output or file.parent / f"Indsigt {datetime.date.today().isoformat()}.html"
    write_report(page, output)
    print(f"Alt om personen ligger i {output}. Læs den igennem, før du sender den.")
    return OK


def _backup(options: argparse.Namespace) -> int:
    from .store.backup import back_up, backups

    file = workbook_in(options.place)
    if options.list:
        print(*(backups(file) or ["Der er ingen sikkerhedskopier endnu."]), sep="\n")
    elif options.restore:
        _restore(file, options.restore)
    else:
        print(f"Sikkerhedskopien ligger i {back_up(file)}.")
    return OK


def _restore(file: Path, copy: Path) -> None:
    from .store import Store
    from .store.backup import restore
    from .store.foreign import read_copy
    from .store.merge import erase_again

    kept = restore(file, copy)
    print(f"{copy.name} er sat tilbage som {file}.")
    if kept is None:
        return
    print(f"Det, der stod der før, ligger i {kept}.")
    with Store.open(file) as store:
        if erase_again(store, read_copy(kept)):
            print("Det, der var slettet for altid, er slettet igen.")


def _check(options: argparse.Namespace) -> int:
    from .check import check_notebook, repaired
    from .method import load_method
    from .starter import shipped_notebooks

    method, place = load_method(), options.place or usual_folder()
    if place.suffix == ".ipynb":
        notebooks = [place]
    else:
        folder = place.parent if place.is_file() else place
        names = sorted(path.name for path in shipped_notebooks().glob("*.ipynb"))
        notebooks = [folder / name for name in names if (folder / name).exists()]
    fine = place.suffix == ".ipynb" or _told_of_file(workbook_in(place))
    for notebook in notebooks:
        complaints: Iterable[Complaint] = check_notebook(notebook)
        print(f"{notebook.name}: {'noget er galt' if complaints else 'i orden'}")
        print(
            *(f"  {one.sentence(method)}" for one in complaints),
            sep="\n",
            end="\n" * bool(complaints),
        )
        if complaints and options.repair:
            print(f"  En repareret kopi ligger i {repaired(notebook, method)}.")
        elif complaints:
            print("  Svarene er i behold. Få en repareret kopi med netvaerk check --repair.")
        fine = fine and not complaints
    return OK if fine else COULD_NOT


def _told_of_file(file: Path) -> bool:
    """Say how the workbook file is; return whether it can be used."""
    from .store import Store
    from .store.backup import backups
    from .store.tables import FILE_VERSION

    try:
        with Store.open(file, read_only=True) as store:
            print(f"{file.name}: kan åbnes, filudgave {FILE_VERSION}")
            _tell_of_networks(store)
    except NetvaerkError as error:
        print(f"{file.name}: {error}")
        print(*(f"  Sikkerhedskopi: {copy}" for copy in backups(file)[:1]), sep="\n")
        return False
    from .store.sqlite_file import writable

    print(f"  {'Der kan skrives i den.' if writable(file) else 'Den kan kun læses.'}")
    copies = backups(file)
    newest = f", den nyeste er {copies[0].name}" if copies else ""
    print(f"  Sikkerhedskopier: {len(copies)}{newest}")
    return True


def _tell_of_networks(store: Store) -> None:
    today = datetime.datetime.now().astimezone().date().isoformat()
    for id_, title in store.networks().items():
        network = store.network(id_)
        print(f"  »{title}«: {len(network.conflicts())} felter med to tekster")
        until = network.single("network").text("keep_until")
        if until and until < today:
            print(f"    Skulle være slettet senest {until}. Journalisér først, og slet så.")
