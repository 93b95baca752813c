"""pyproject.toml, environment.yml, constraints.txt, Makefile and README say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

FROM_THE_START = {
    "anywidget", "ipywidgets", "jinja2", "jupyterlab", "nbconvert", "nbval", "pandas", "sqlalchemy",
}  # fmt: skip


def by_name(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name((found := Requirement(line)).name): found for line in lines}


NEEDED = by_name(PROJECT["dependencies"])
TESTING = by_name(PROJECT["optional-dependencies"]["test"])
CONSTRAINTS = by_name(
    [
        line
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
)
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CONDA = by_name(
    [
        re.sub(r"^(\w+)=(?=\d)", r"\1==", entry) + (".*" if re.match(r"\w+=\d", entry) else "")
        for entry in ENVIRONMENT["dependencies"]
        if isinstance(entry, str)
    ]
)


def only_elsewhere(requirement: Requirement) -> bool:
    return requirement.marker is not None and "win32" in str(requirement.marker)


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_conda_installs_what_the_package_needs(name: str) -> None:
    if only_elsewhere(NEEDED[name]):
        assert name not in CONDA, "pip installs it where it is needed"
    else:
        assert CONDA[name].specifier == NEEDED[name].specifier


def test_conda_installs_nothing_the_project_does_not_name() -> None:
    named = NEEDED | TESTING
    for name, requirement in CONDA.items():
        if name not in ("python", "pip"):
            assert requirement.specifier == named[name].specifier, name


def test_conda_has_a_python_the_package_allows_and_installs_the_checkout() -> None:
    (pinned,) = CONDA["python"].specifier
    assert SpecifierSet(PROJECT["requires-python"]).contains(pinned.version.removesuffix(".*"))
    assert ENVIRONMENT["channels"] == ["conda-forge"]
    assert {"pip": ["-e ."]} in ENVIRONMENT["dependencies"]


def test_both_ways_install_the_packages_named_from_the_start() -> None:
    assert set(NEEDED | TESTING) >= FROM_THE_START
    assert set(CONDA) >= FROM_THE_START


@pytest.mark.parametrize("name", sorted(NEEDED | TESTING))
def test_everything_named_is_pinned_to_a_version_it_allows(name: str) -> None:
    requirement = (NEEDED | TESTING)[name]
    (pin,) = CONSTRAINTS[name].specifier
    assert pin.operator == "=="
    assert requirement.specifier.contains(Version(pin.version))


def test_constraints_are_versions_only() -> None:
    assert all(not found.url and not found.extras for found in CONSTRAINTS.values())
    assert canonicalize_name(PROJECT["name"]) not in CONSTRAINTS
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"^\s*-|://|@|file:", text, re.MULTILINE)


@pytest.mark.parametrize("target", ["lab", "test"])
def test_the_two_commands_are_in_the_readme_and_the_makefile(target: str) -> None:
    assert f"`make {target}`" in README
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)
    assert "-c constraints.txt" in MAKEFILE


def test_the_readme_names_the_conda_environment_and_the_lowest_python() -> None:
    assert "`conda env create -f environment.yml`" in README
    assert f"`conda activate {ENVIRONMENT['name']}`" in README
    lowest = PROJECT["requires-python"].removeprefix(">=")
    assert f"Python {lowest}" in README
    assert "(3, 11)" in MAKEFILE
    assert lowest == "3.11"


def test_every_command_in_the_readme_exists() -> None:
    from netvaerk_widgets.cli import _parser

    (commands,) = (action for action in _parser()._actions if action.choices)
    named = set(re.findall(r"`netvaerk (\w+)", README))
    assert named == set(commands.choices or ())


def test_ci_runs_the_readmes_test_command() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "make test"
