"""A kill, a full disk and a disk error at every call by which an act writes."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.deeds import DEEDS, Deed, looked, works_again
from faults.figures import Figure
from faults.traced import CALLS, Fault, Outcome, at_fault, needs_strace, traced

KINDS = {
    "kill": "dræbes programmet (SIGKILL)",
    "ENOSPC": "er disken fuld (ENOSPC)",
    "EIO": "svigter disken (EIO)",
}
ACTS = {
    "save": "der gemmes",
    "delete": "der slettes",
    "merge": "kopier flettes",
    "erase": "en person fjernes",
    "migrate": "en ældre fil føres frem",
    "back up": "der tages sikkerhedskopi",
    "report": "rapporten skrives",
}


class Trial:
    """One act, met by one fault after another, each time in a fresh copy of its folder."""

    def __init__(self, deed: Deed, folder: Path) -> None:
        self.deed = deed
        self.folder = folder
        self.begun = folder / "begun"
        deed.begin(self.begun)
        self.states = [looked(self.begun)]
        whole = self._fresh()
        for step in deed.steps:
            step(whole)
            self.states.append(looked(whole))
        self.names = {path.name for path in (*self.begun.iterdir(), *whole.iterdir())}

    def _fresh(self) -> Path:
        here = self.folder / "here"
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(self.begun, here)
        return here

    def calls(self) -> Counter[str]:
        """Return how often the act makes each call, undisturbed."""
        here, log = self._fresh(), self.folder / "log"
        _, said = traced(lambda say: self.deed.do(here, say), log, "-e", f"trace={','.join(CALLS)}")
        assert said == ("done",) * len(self.deed.steps), said
        lines = [line.split(None, 1)[1] for line in log.read_text().splitlines()]
        return Counter(line.partition("(")[0] for line in lines if "(" in line)

    def meet(self, fault: Fault) -> str | None:
        """Meet one fault; return what is wrong afterwards, ``""`` if nothing, None if no fault."""
        here = self._fresh()
        outcome = at_fault(lambda say: self.deed.do(here, say), self.folder / "log", fault)
        return self._wrong(outcome, here) if outcome.hit else None

    def _wrong(self, outcome: Outcome, here: Path) -> str:
        acknowledged = outcome.said.count("done")
        last = outcome.said[-1] if outcome.said else ""
        if last.startswith("fell") or (last.startswith("refused") and not last.endswith(".")):
            return f"not told in a sentence: {last}"
        visible = {path.name for path in here.iterdir() if not path.name.startswith(".")}
        if left := visible - self.names - {"netvaerk.netvaerk-journal", "sikkerhedskopier"}:
            return f"left in the folder: {left}"
        after = looked(here)
        if after not in self.states:
            return "neither the old content nor the new"
        if not acknowledged <= self.states.index(after) <= acknowledged + 1:
            return f"{acknowledged} acknowledged, {self.states.index(after)} there"
        works_again(here)
        return ""


def faults(kind: str, calls: Counter[str], every: int) -> Iterator[Fault]:
    for call, count in sorted(calls.items()):
        for number in range(1, count + 1, every):
            yield Fault(kind, call, number)


def found_wrong(deed: Deed, kind: str, folder: Path, every: int, figure: Figure) -> list[str]:
    trial = Trial(deed, folder)
    wrong = []
    for fault in faults(kind, trial.calls(), every):
        said = trial.meet(fault)
        figure.tried += said is not None
        if said:
            wrong.append(f"{fault.kind} at {fault.call} {fault.number}: {said}")
    figure.lost = len(wrong)
    return wrong


@needs_strace
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", ["save", "merge"])
def test_a_fault_at_a_write_of_a_save_or_a_merge_loses_nothing(
    act: str, kind: str, tmp_path: Path, figure: Figure
) -> None:
    deed = DEEDS[act]
    assert found_wrong(Deed(deed.steps[:1], deed.prepare), kind, tmp_path, 2, figure) == []
    assert figure.tried > 5


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", DEEDS)
def test_a_fault_at_every_write_of_an_act_loses_nothing_and_leaves_no_half(
    act: str, kind: str, tmp_path: Path, figure: Figure
) -> None:
    figure.what = f"Ved hvert skrivekald, mens {ACTS[act]}, {KINDS[kind]}"
    assert found_wrong(DEEDS[act], kind, tmp_path, 1, figure) == []
    assert figure.tried >= 3
