"""``netvaerk check``: whether the workbook file and its notebooks are as they should be."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import NetvaerkError
from .places import COULD_NOT, OK, add_place, usual_folder, workbook_in

if TYPE_CHECKING:
    from ..store import Store

CHECK_EXAMPLES = """\
eksempler:
  netvaerk check
  netvaerk check ~/netvaerk
  netvaerk check udfold_tema.ipynb --repair
"""


def add_check(parser: argparse.ArgumentParser) -> None:
    """Add what ``netvaerk check`` can be told."""
    add_place(parser)
    parser.add_argument("--repair", action="store_true", help="lav reparerede kopier af notebooks")
    parser.set_defaults(act=_check)


def _check(options: argparse.Namespace) -> int:
    from ..check import check_notebook, repaired
    from ..method import load_method
    from ..starter import shipped_notebooks

    method, place = load_method(), options.place or usual_folder()
    if place.suffix == ".ipynb":
        notebooks = [place]
    else:
        folder = place.parent if place.is_file() else place
        names = sorted(path.name for path in shipped_notebooks().glob("*.ipynb"))
        notebooks = [folder / name for name in names if (folder / name).exists()]
    fine = place.suffix == ".ipynb" or _told_of_file(workbook_in(place))
    for notebook in notebooks:
        complaints = check_notebook(notebook)
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
    from ..store import Store
    from ..store.backup import backups
    from ..store.tables import FILE_VERSION

    try:
        with Store.open(file, read_only=True) as store:
            print(f"{file.name}: kan åbnes, filudgave {FILE_VERSION}")
            _tell_of_networks(store)
    except NetvaerkError as error:
        print(f"{file.name}: {error}")
        print(*(f"  Sikkerhedskopi: {copy}" for copy in backups(file)[:1]), sep="\n")
        return False
    from ..store.sqlite_file import writable

    print(f"  {'Der kan skrives i den.' if writable(file) else 'Den kan kun læses.'}")
    copies = backups(file)
    newest = f", den nyeste er {copies[0].name}" if copies else ""
    print(f"  Sikkerhedskopier: {len(copies)}{newest}")
    return True


def _tell_of_networks(store: Store) -> None:
    today = datetime.datetime.now().astimezone().date().isoformat()
    for id_, title in store.networks().items():
        network = store.network(id_)
        print(f"  »{title}«: felter med to tekster: {len(network.conflicts())}")
        until = network.single("network").text("keep_until")
        if until and until < today:
            print(f"    Skulle være slettet senest {until}. Journalisér først, og slet så.")
