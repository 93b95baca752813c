"""A leader unfolds a theme from the first click to the next step. Everyone in it is invented."""

from __future__ import annotations

import os

import pytest
from leader import REPOSITORY, Desk
from playwright.sync_api import FloatRect, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PICTURES = REPOSITORY / "docs" / "screenshots"
TAKE_PICTURES = os.environ.get("NETVAERK_SCREENSHOTS") == "1"

TITLE = "Stærkere sprog inden skolestart"
STATEMENT = (
    "Nogle børn møder skolen med et sprog, der gør det svært at følge med fra første dag. Mange"
    " voksne hjælper, men hver for sig, og forældrene hører forskellige råd."
)
REWRITTEN = (
    "Nogle børn møder skolen med et sprog, der gør det svært at følge med. Forældrene vil gerne"
    " hjælpe, men rådene passer ikke til den hverdag, de har. Vi undersøger, hvad de selv gør,"
    " når det lykkes."
)
HEAD = {
    "municipality": "Lindholm Kommune",
    "start_half_year": "forår 2026",
    "political_link": "Børne- og ungepolitikken: Alle børn skal kunne deltage.",
    "network_leader": "Karla Vestergaard",
    "reference_leader": "Bodil Ravnsholt, dagtilbudschef",
    "line_manager": "Jens Overby",
    "given_by": "Chefforum",
    "given_on": "2026-01-14",
}
THEME = {
    "given": "Nogle børn begynder i skole med et sprog, der gør det svært at følge med fra første"
    " dag. Temaet vil finde ud af, hvilke indsatser der virker her i kommunen.",
    "statement": STATEMENT,
    "driving_question": "Hvordan kan vi gøre hverdagen i hjemmet til en god sprogtime?",
    "concerns": "Børn på 3-6 år, deres forældre, pædagoger, sundhedsplejersker, bibliotekarer.",
    "why_now": "Hvert femte barn får ekstra hjælp til sproget det første skoleår.",
    "known": "Sprogvurderingerne falder mest i to bydele. Kilde: dagtilbud, 2025.",
    "unknown": "Hvad gør forældrene allerede? Hvem siger nej til tilbuddene, og hvorfor?",
}
CHARACTERISTICS = [
    ("Ja", "Børn, der kan sige fra og være med, får venner.", ""),
    ("Ja", "Både skolelederne og børnehaverne nævner det uden at blive spurgt.", ""),
    ("Delvist", "Fire enheder arbejder med sprog.", "Spørge biblioteket, hvem de ser."),
    ("Ved ikke", "", ""),
    ("Nej", "", "Finde ud af, hvad vi ikke ved om hjemmene."),
    ("Delvist", "", ""),
    ("", "", ""),
]
SOURCES = [
    {
        "date": "2026-02-03",
        "source_kind": ["Forskning"],
        "title": "Sprog ved spisebordet",
        "says": "Samtaler om det, barnet selv er optaget af, giver flest nye ord.",
        "angle": "Alle familier skal have en bogpakke.",
        "stance": ["Viser noget helt andet"],
        "trust": ["Middel"],
        "characteristics": ["Bedre velfærd for borgeren", "Mulighed for at lære nyt"],
    },
    {
        "date": "2026-02-05",
        "source_kind": ["Vores egne papirer"],
        "title": "Sprogvurderinger 2021-2025",
        "says": "Tallene falder i to bydele og stiger i en.",
        "angle": "Hvad gør de i bydelen, hvor det går fremad?",
        "stance": ["Taler imod det, vi tror"],
    },
]
OBSERVATIONS = [
    {
        "date": "2026-02-17",
        "place": "Garderoben i en børnehave, kl. 15-16",
        "method": ["Fluen på væggen"],
        "observer_role": ["Fluen på væggen"],
        "duration": "60",
        "who": "Forældre og børn",
        "perspective": ["Borger"],
        "description": "Elleve forældre hentede. Fire talte med barnet, mens jakken kom på.",
        "surprise": ["Ja"],
        "consent": ["Ikke nødvendigt – ingen kan genkendes"],
    },
    {
        "date": "2026-02-19",
        "place": "Biblioteket, åben formiddag",
        "method": ["Ekspert- eller interessentsamtale"],
        "observer_role": ["Samtalepartner"],
        "duration": "45",
        "who": "Børnebibliotekar",
        "perspective": ["Anden enhed i kommunen"],
        "description": "Hun ser de samme tolv familier hver uge, og næsten aldrig andre.",
        "quote": "De kommer ikke efter bøgerne. De kommer efter hinanden.",
        "interpretation": "Er det fællesskabet, der får dem til at tale med børnene?",
    },
]
CONTACTS = [
    {"name": "Rosa Lykkegaard", "role": "Børnebibliotekar", "status": ["Talt med"]},
    {
        "name": "Amir Holten",
        "role": "Far i forældrerådet",
        "suggested_by": ["Rosa Lykkegaard"],
        "why": "Han har samlet fire familier om at læse højt.",
        "status": ["Aftalt"],
        "possible_roles": ["Co-driver", "Døråbner"],
    },
    {
        "name": "Signe Bækgaard",
        "role": "Sundhedsplejerske",
        "suggested_by": ["Amir Holten"],
        "status": ["Foreslået"],
    },
]
LOG = {
    "date": "2026-02-20",
    "occasion": ["Markvandring"],
    "rests_on": ["Garderoben i en børnehave, kl. 15-16, 17. februar 2026", "Rosa Lykkegaard"],
    "new_knowledge": "Forældrene mangler ikke vilje. Rådene passer ikke til deres hverdag.",
    "perspective": ["Borger"],
    "after": REWRITTEN,
    "characteristics_clearer": ["Bedre velfærd for borgeren"],
    "type_effect": ["Jeg er i tvivl"],
}
GAP = "Skriv, hvordan det viser sig i temaet, og hvordan det kan blive tydeligere."


def test_a_leader_unfolds_a_whole_theme_and_finds_it_again(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 1280, "height": 5200 if TAKE_PICTURES else 900})
    desk.run_all()
    _network_and_theme(desk)
    _characteristics_and_type(desk)
    _findings(desk)
    _log_that_rewrites_the_theme(desk)
    _everything_is_in_the_file(desk)
    _everything_is_on_the_screen(desk)
    if TAKE_PICTURES:
        _picture_of_the_whole(desk)
    # The answers are in their file at once; that the cells were run is in the notebook, which
    # JupyterLab saves every 20 seconds.
    desk.save_notebook()
    desk.reload()
    _everything_is_on_the_screen(desk)
    desk.menu("Kernel", "Restart Kernel and Run All Cells…")
    desk.dialog("Restart")
    desk.wait_for_kernel()
    _everything_is_on_the_screen(desk)
    _everything_is_in_the_file(desk)


def _network_and_theme(desk: Desk) -> None:
    desk.begin(TITLE)
    desk.fill("head", HEAD)
    _picture(desk, "network", "chooser", "head")
    desk.fill("theme", THEME)
    _picture(desk, "theme", "theme")


def _characteristics_and_type(desk: Desk) -> None:
    for number, (status, how, clearer) in enumerate(CHARACTERISTICS):
        if status:
            desk.pick("characteristics", "status", status, number)
        for field, text in (("how", how), ("clearer", clearer)):
            if text:
                desk.write("characteristics", field, text, number)
    expect(desk.form("characteristics").get_by_text(GAP)).to_be_visible()
    desk.form("characteristics").locator("summary").nth(0).click()
    _picture(desk, "characteristics", "characteristics")
    desk.pick("network_type", "network_type", "Velfærdsnetværk")
    desk.pick("network_type", "break_with_practice", "Nej")
    desk.pick("network_type", "knowledge_lacking", "Ja")
    desk.pick("network_type", "improve_existing", "Ved ikke")
    point = "Netværket har fået typen Velfærdsnetværk, men svarene peger på Læringsnetværk."
    expect(desk.form("network_type").get_by_text(point)).to_be_visible()
    desk.write("network_type", "note", "Skal vi lære først og forbedre bagefter?")
    _picture(desk, "network_type", "network_type")


def _findings(desk: Desk) -> None:
    for source in SOURCES:
        desk.add("knowledge_search", "Tilføj en kilde")
        desk.fill("knowledge_search", source)
        if source is SOURCES[0]:
            desk.form("knowledge_search").get_by_role("button", name="Parkér løsningen").click()
            expect(desk.form("knowledge_search").get_by_text("Parkeret under")).to_be_visible()
    _picture(desk, "knowledge_search", "knowledge_search")
    for observation in OBSERVATIONS:
        desk.add("field_walk", "Tilføj en iagttagelse")
        desk.fill("field_walk", observation)
    _picture(desk, "field_walk", "field_walk")
    for contact in CONTACTS:
        desk.add("contacts", "Tilføj en person")
        desk.fill("contacts", contact)
    _picture(desk, "contacts", "contacts")


def _log_that_rewrites_the_theme(desk: Desk) -> None:
    desk.add("log", "Skriv, hvad du har lært")
    desk.fill("log", LOG)
    desk.form("log").get_by_role("button", name="Gør det til temaets nye ordlyd").click()
    expect(desk.field("theme", "statement")).to_have_value(REWRITTEN)
    desk.add("ideas", "Parkér en idé")
    desk.fill("ideas", {"text": "En læsecafé, som familierne selv holder."})
    _picture(desk, "log", "log", "ideas")
    expect(desk.form("overview").get_by_text("Næste skridt:")).to_be_visible()
    _picture(desk, "overview", "overview")


def _everything_is_in_the_file(desk: Desk) -> None:
    network = desk.network
    head, theme = network.single("network"), network.single("theme")
    assert {name: head.text(name) for name in HEAD} == HEAD
    assert head.text("network_type") == "welfare"
    assert {name: theme.text(name) for name in THEME} == {**THEME, "statement": REWRITTEN}
    found = {record.text("characteristic"): record for record in network.records("assessment")}
    assert [found[id_].text("status") for id_ in ("welfare", "complexity", "learning")] == [
        "yes",
        "unknown",
        "no",
    ]
    assert "new_perspectives" not in found
    assert [one.text("title") for one in network.records("source")] == [
        one["title"] for one in SOURCES
    ]
    assert [one.text("method") for one in network.records("observation")] == [
        "fly_on_the_wall",
        "expert_talk",
    ]
    rosa, amir, signe = network.records("contact")
    assert (amir.value("suggested_by"), signe.value("suggested_by")) == (
        [rosa.record_id],
        [amir.record_id],
    )
    (entry,) = network.records("log")
    assert entry.text("before") == STATEMENT
    assert theme.heads["statement"][0].cause == entry.record_id
    assert [one.text("text") for one in network.records("idea")] == [
        SOURCES[0]["angle"],
        "En læsecafé, som familierne selv holder.",
    ]


def _everything_is_on_the_screen(desk: Desk) -> None:
    expect(desk.field("head", "title")).to_have_value(TITLE)
    for call, answers in (("head", HEAD), ("theme", {**THEME, "statement": REWRITTEN})):
        for field, text in answers.items():
            expect(desk.field(call, field)).to_have_value(text)
    checklist = desk.form("characteristics")
    for number, (status, how, clearer) in enumerate(CHARACTERISTICS):
        answers = checklist.locator("[data-field=status]").nth(number)
        if status:
            expect(answers.get_by_label(status, exact=True)).to_be_checked()
        else:
            expect(answers.locator("input:checked")).to_have_count(0)
        expect(desk.field("characteristics", "how", number)).to_have_value(how)
        expect(desk.field("characteristics", "clearer", number)).to_have_value(clearer)
    for call, titles in (
        ("knowledge_search", [one["title"] for one in SOURCES]),
        ("field_walk", [one["place"] for one in OBSERVATIONS]),
        ("contacts", [one["name"] for one in CONTACTS]),
    ):
        shown = desk.form(call).locator(".netvaerk-title")
        expect(shown).to_contain_text([str(title) for title in reversed(titles)])
    expect(desk.form("overview").get_by_text("Næste skridt:")).to_be_visible()


def _picture(desk: Desk, name: str, *calls: str) -> None:
    """Take a picture of a step: its heading and its forms."""
    if not TAKE_PICTURES:
        return
    heading = desk.cell(calls[0]).locator("xpath=preceding-sibling::*[1]")
    heading.evaluate("element => element.scrollIntoView({ block: 'start' })")
    desk.page.evaluate("document.activeElement.blur()")
    boxes = [one.bounding_box() for one in (heading, *map(desk.cell, calls))]
    known = [box for box in boxes if box]
    top = known[0]["y"]
    area = FloatRect(
        x=known[0]["x"],
        y=top,
        width=min(known[0]["width"], 1060),
        height=known[-1]["y"] + known[-1]["height"] - top,
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    desk.page.screenshot(path=PICTURES / f"{name}.png", clip=area)


def _picture_of_the_whole(desk: Desk) -> None:
    """Take a picture of JupyterLab as a leader sees it."""
    desk.page.set_viewport_size({"width": 1440, "height": 1000})
    desk.page.keyboard.press("Control+b")
    heading = desk.cell("characteristics").locator("xpath=preceding-sibling::*[1]")
    heading.evaluate("element => element.scrollIntoView({ block: 'start' })")
    desk.page.screenshot(path=PICTURES / "overblik.png")
