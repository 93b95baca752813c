"""The still picture under each live form: what is saved, readable where no form can stand.

It is what a reader meets before anything is run, after a restart, in a copy that is not trusted,
and in any plain export of the notebook. Without its style sheet it is still a readable text.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .method import Method
from .sections import Answers, Block, Points, Remark, Table, safe_link, section
from .store import Network

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment(*folders: Path) -> Environment:
    """Return a template environment that escapes everything and looks in these folders first."""
    made = Environment(
        loader=FileSystemLoader([*folders, _TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
    )
    made.filters["safe_link"] = safe_link
    return made


def style_policy(templates: Environment, style: str) -> str:
    """Return the policy of a page that runs no script, loads nothing and has this one style."""
    # The hash is of the style as it stands in the page, so no other style can slip in.
    css = templates.get_template(style).render()
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def summary_html(method: Method, network: Network, step_id: str, *, marker: str = "") -> str:
    """Return what is saved under one step, as a piece of HTML to stand below its form.

    Parameters
    ----------
    step_id
        Id of a step, or ``"ideas"``.
    marker
        Put as ``data-netvaerk`` on the root, so that a live form can find its own summary.
    """
    return (
        environment()
        .get_template("summary.html.j2")
        .render(
            section=section(method, network, step_id),
            labels=method.labels,
            language=method.language,
            marker=marker,
        )
    )


def summary_text(method: Method, network: Network, step_id: str) -> str:
    """Return the same as plain text, for places that show no HTML."""
    said = section(method, network, step_id)
    head = filter(None, (said.title, method.labels["summary_saved"], said.note))
    parts = ["\n".join(head), *("\n".join(_lines(block)) for block in said.blocks)]
    return "\n\n".join(parts)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Answers):
        yield from filter(None, [block.heading])
        for row in block.rows:
            yield f"{row.label}: {' / '.join(filter(None, [row.note, *row.texts]))}"
        yield from block.notes
    elif isinstance(block, Table):
        yield block.caption
        yield from (" – ".join(cells) for cells in block.rows)
    elif isinstance(block, Points):
        yield block.heading
        yield from (f"- {item}" for item in block.items)
    elif isinstance(block, Remark):
        yield block.text
