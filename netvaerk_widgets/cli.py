"""The command line: ``netvaerk lab``, ``new`` and ``export``; the rest stand in ``commands``."""

from __future__ import annotations

import argparse
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from .commands import add_commands
from .commands.places import (
    COULD_NOT,
    DEFAULT_FOLDER,
    OK,
    WRONG_USE,
    html_file,
    place_help,
    usual_folder,
    workbook_in,
)
from .errors import NetvaerkError, WorkbookError

if TYPE_CHECKING:
    from .store import Store

_ARGPARSE_SAYS = (
    (r"the following arguments are required: (.*)", "Her mangler {0}."),
    (r"unrecognized arguments: (.*)", "Kender ikke {0}."),
    (r"argument (.*): expected (?:one|at least one) argument", "Der skal stå noget efter {0}."),
    (r"argument (.*): not allowed with argument (.*)", "{0} og {1} kan ikke bruges sammen."),
    (r"argument (.*): invalid int value: (.*)", "{0} skal være et helt tal, og {1} er ikke et."),
    (r"argument (.*): invalid choice: (\S+).*", "Der er ikke noget, der hedder {1}."),
    (r"argument (.*): ignored explicit argument (.*)", "Der må ikke stå noget efter {0}."),
    (r"argument (.*): (skal ende på .*)", "{0} {1}."),
    (r"ambiguous option: (\S+) .*", "{0} kan betyde flere ting; skriv hele ordet."),
)

_EXAMPLES = """\
eksempler:
  netvaerk lab                            åbn arbejdsbogen i mappen netvaerk-arbejdsbog
  netvaerk lab ~/netvaerk --no-browser    i en anden mappe, uden at åbne browseren
  netvaerk new "Sammen om de unge"        opret et netværk
  netvaerk export -o rapport.html         lav en rapport af det valgte netværk
  netvaerk merge kopi.netvaerk            hent det, en anden har skrevet i en kopi
  netvaerk backup                         lav en sikkerhedskopi
  netvaerk check                          se efter, om alt er i orden
"""

_LAB_EXAMPLES = """\
eksempler:
  netvaerk lab
  netvaerk lab ~/netvaerk
  netvaerk lab --no-browser --port 8899
"""

_NEW_EXAMPLES = """\
eksempler:
  netvaerk new "Sammen om de unge"
  netvaerk new "Sammen om de unge" --folder ~/netvaerk
"""

_EXPORT_EXAMPLES = """\
eksempler:
  netvaerk export
  netvaerk export ~/netvaerk --network "Sammen om de unge"
  netvaerk export ~/netvaerk/netvaerkstemaer.netvaerk -o rapport.html
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when it is done, 1 when it could not be, 2 when used wrongly."""
    options = _parser().parse_args(arguments)
    try:
        with _private_files():
            return int(options.act(options))
    except NetvaerkError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        from .starter import os_sentence

        print(os_sentence(error), file=sys.stderr)
    return COULD_NOT


class _DanishParser(argparse.ArgumentParser):
    """argparse with its own words in Danish."""

    def __init__(self, **settings: object) -> None:
        super().__init__(
            add_help=False,
            formatter_class=_DanishHelp,
            **settings,  # type: ignore[arg-type]  # argparse's subparsers pass prog and more
        )
        self._positionals.title = "det kan du skrive"
        self._optionals.title = "valgmuligheder"
        self.add_argument("-h", "--help", action="help", help="vis denne hjælp")

    def error(self, message: str) -> NoReturn:
        said = next(
            (
                danish.format(*found.groups())
                for pattern, danish in _ARGPARSE_SAYS
                if (found := re.fullmatch(pattern, message, re.DOTALL))
            ),
            "Kommandoen kan ikke forstås.",
        )
        self.exit(WRONG_USE, f"{said} Hjælp: {self.prog} --help\n")


class _DanishHelp(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - argparse's own, unexported types
        super().add_usage(usage, actions, groups, "brug: " if prefix is None else prefix)


def _parser() -> argparse.ArgumentParser:
    parser = _DanishParser(
        prog="netvaerk",
        description="En guidet arbejdsbog til netværksledere, der skal udfolde et netværkstema.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("--version", action="version", version=_version(), help="vis udgaven")
    commands = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True)
    _add_lab(commands)
    _add_new(commands)
    _add_export(commands)

    def add(name: str, help_: str, description: str, examples: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help_, description=description, epilog=examples)

    add_commands(add)
    return parser


def _version() -> str:
    from . import __version__

    return f"netvaerk {__version__}"


def _add_lab(commands: argparse._SubParsersAction[_DanishParser]) -> None:
    text = "Åbn arbejdsbogen i JupyterLab. Kun denne maskine kan nå den."
    parser = commands.add_parser(
        "lab", help="åbn arbejdsbogen", description=text, epilog=_LAB_EXAMPLES
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="MAPPE",
        help=f"laves, hvis den ikke findes (ellers: {DEFAULT_FOLDER})",
    )
    parser.add_argument("--no-browser", action="store_true", help="skriv kun adressen")
    parser.add_argument("--port", type=int, metavar="TAL", help="første port, der prøves")
    parser.set_defaults(act=_lab)


def _add_new(commands: argparse._SubParsersAction[_DanishParser]) -> None:
    text = "Opret et netværk i mappens arbejdsbog."
    parser = commands.add_parser(
        "new", help="opret et netværk", description=text, epilog=_NEW_EXAMPLES
    )
    parser.add_argument("title", metavar="TITEL", help="hvad netværket hedder")
    parser.add_argument("--folder", type=Path, metavar="MAPPE", help=place_help())
    parser.set_defaults(act=_new)


def _add_export(commands: argparse._SubParsersAction[_DanishParser]) -> None:
    text = "Lav en rapport af et netværk: én HTML-fil, der kan åbnes overalt, også uden internet."
    parser = commands.add_parser(
        "export", help="lav en rapport", description=text, epilog=_EXPORT_EXAMPLES
    )
    parser.add_argument("place", nargs="?", type=Path, metavar="MAPPE-ELLER-FIL", help=place_help())
    parser.add_argument(
        "--network", metavar="TITEL", help="hvilket netværk (ellers: det, der er valgt)"
    )
    parser.add_argument(
        "-o", "--output", type=html_file, metavar="FIL", help="hvor rapporten lægges"
    )
    parser.set_defaults(act=_export)


def _lab(options: argparse.Namespace) -> int:
    from .starter import start_lab

    folder = options.folder or usual_folder()
    return start_lab(folder, browser=not options.no_browser, port=options.port)


def _new(options: argparse.Namespace) -> int:
    from .acts import new_network
    from .store import Store
    from .workbook_file import find_workbook_file

    edits = new_network(options.title)
    folder = options.folder or usual_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = find_workbook_file(folder)
    with Store.open(file, create=True) as store:
        store.append(edits)
    print(f"Netværket »{options.title.strip()}« er oprettet i {file}.")
    return OK


def _export(options: argparse.Namespace) -> int:
    from .method import load_method
    from .report import network_report, write_report
    from .store import Store

    file = workbook_in(options.place)
    with Store.open(file, read_only=True) as store:
        network_id, title = _one_network(store, options.network)
        page = network_report(store, network_id, load_method())
    output = options.output or file.parent / f"{_file_name(title)}.html"
    write_report(page, output)
    print(f"Rapporten om »{title}« ligger i {output}.")
    return OK


def _one_network(store: Store, title: str | None) -> tuple[str, str]:
    networks = store.networks()
    if not networks:
        raise WorkbookError("no_network")
    if title is None:
        chosen = store.chosen_network()
        found = [chosen] if chosen else []
    else:
        wanted = _plain(title)
        found = [id_ for id_, name in networks.items() if _plain(name) == wanted]
        if not found:
            raise WorkbookError("network_unknown", title=title)
    if len(found) != 1:
        titles = ", ".join(f"»{name}«" for name in networks.values())
        raise WorkbookError("several_networks", titles=titles)
    return found[0], networks[found[0]]


def _plain(title: str) -> str:
    return unicodedata.normalize("NFC", title).strip().casefold()


def _file_name(title: str) -> str:
    # Windows allows the fewest characters in a name, and a title is any text at all.
    name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", unicodedata.normalize("NFC", title))
    return "Netværksrapport " + " ".join(name.split())[:80].strip(" .")


@contextmanager
def _private_files() -> Iterator[None]:
    """Let nobody else on the machine read what this command makes."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


if __name__ == "__main__":
    sys.exit(main())
