"""Draw the page: words from the method, answers from the file, looks from ``templates``."""

from __future__ import annotations

import datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment

from ..errors import NetvaerkError, WorkbookError
from ..method import Method
from ..sections import all_sections, danish_date
from ..store import Network, Store
from ..summary import environment, style_policy

_TEMPLATES = Path(__file__).parent / "templates"
_TIME_ZONE = ZoneInfo("Europe/Copenhagen")
_PACKAGE = "netvaerk-widgets"
_NAME = "Netværksrapport"


def network_report(store: Store, network_id: str, method: Method) -> str:
    """Return everything about one network as a complete HTML page, the full edition.

    The page holds all it needs: it runs no script and loads nothing, which its own policy
    enforces. Everything people wrote stands in it as text.

    Raises
    ------
    WorkbookError
        The file has no such network, or it is deleted.
    StoreError
        The file could not be read.
    """
    if network_id not in store.networks():
        raise WorkbookError("network_unknown", title=network_id)
    network = store.network(network_id)
    templates = environment(_TEMPLATES)
    name = network.title or method.labels["report_untitled"]
    return templates.get_template("report.html.j2").render(
        language=method.language,
        labels=method.labels,
        policy=_policy(templates),
        title=method.labels["report_title"].format(title=", ".join(_title(network, name))),
        name=name,
        facts=_facts(method, network),
        about=_about(method),
        sections=all_sections(method, network),
    )


def fault_page(error: NetvaerkError, method: Method | None) -> str:
    """Return a small complete page that says why there is no report.

    Parameters
    ----------
    method
        Gives the page its heading; None if the method itself could not be read.
    """
    templates = environment(_TEMPLATES)
    return templates.get_template("fault.html.j2").render(
        policy=_policy(templates),
        title=method.labels["report_fault"] if method else _NAME,
        sentence=error.sentence(),
    )


def _policy(templates: Environment) -> str:
    return style_policy(templates, "report.css")


def _now() -> datetime.datetime:
    return datetime.datetime.now(_TIME_ZONE)


def _title(network: Network, name: str) -> list[str]:
    municipality = network.single("network").text("municipality")
    return [part for part in (name, municipality, danish_date(_now().date())) if part]


def _facts(method: Method, network: Network) -> list[str]:
    head = network.single("network")
    type_ = head.text("network_type")
    facts = (
        head.text("municipality"),
        method.title_of("network_type", type_) if type_ else "",
        head.text("start_half_year"),
    )
    return [fact for fact in facts if fact]


def _about(method: Method) -> list[tuple[str, str]]:
    labels = method.labels
    now = _now()
    made = labels["report_made_at"].format(date=danish_date(now.date()), time=f"{now:%H.%M}")
    return [
        (labels["report_made"], made),
        (labels["report_edition"], labels["report_edition_full"]),
        (labels["report_holds"], labels["report_holds_full"]),
        (labels["report_form"], method.form_note),
        (labels["report_method"], f"{method.title}, {method.municipality}"),
        (labels["report_version"], f"{_PACKAGE} {version(_PACKAGE)}"),
    ]
