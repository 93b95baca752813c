"""The commands that look after a workbook: merge, erase, access, backup and check."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from .condition import CHECK_EXAMPLES, add_check
from .copies import BACKUP_EXAMPLES, MERGE_EXAMPLES, add_backup, add_merge
from .people import ACCESS_EXAMPLES, ERASE_EXAMPLES, add_access, add_erase


def add_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the commands of this file to the command line; ``add`` makes one command's parser."""
    add_merge(add("merge", "hent kopier ind", "Saml kopier af en arbejdsbog.", MERGE_EXAMPLES))
    text = "Slet en person for altid. Skriv først, hvad der er journaliseret."
    add_erase(add("erase", "slet en person for altid", text, ERASE_EXAMPLES))
    text = "Saml alt, hvad arbejdsbogen har om én person, i én fil."
    add_access(add("access", "giv en person indsigt", text, ACCESS_EXAMPLES))
    text = "Lav en sikkerhedskopi, se dem, der er, eller sæt en tilbage."
    add_backup(add("backup", "lav en sikkerhedskopi", text, BACKUP_EXAMPLES))
    text = "Se efter, om arbejdsbogen og dens notebooks er i orden."
    add_check(add("check", "se efter, om alt er i orden", text, CHECK_EXAMPLES))
