"""`whosays doctor`: is everything here as it must be, and what to do where it is not.

    examine(patient) -> Finding …        each as it is found; nothing is changed, and nothing raises

machine.py  programs, processor, memory, clock        kept.py  ledger, disk, what lies beside
package.py  what is shipped, what is optional         set_up.py  settings and roster

A finding is `ok`, a `note` (works, but could be better, or is not used) or `bad`; what is bad says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whosays.faces.doctor import kept, machine, package, set_up
from whosays.faces.doctor.finding import Finding, Patient, State, bad

__all__ = ["Finding", "Patient", "State", "examine"]

CHECKS: tuple[Callable[[Patient], Iterator[Finding]], ...] = (
    machine.programs,
    machine.processor,
    machine.memory,
    machine.clock,
    kept.disk,
    kept.ledger,
    kept.beside,
    package.gazetteer,
    package.packs,
    package.shapes,
    package.extras,
    set_up.roster,
    set_up.settings,
)


def examine(patient: Patient) -> Iterator[Finding]:
    """All of it."""
    for check in CHECKS:
        try:
            yield from check(patient)
        except Exception as error:  # noqa: BLE001  (an edge: whatever is wrong with a check, the others are made)
            name = check.__name__.replace("_", " ")
            yield bad(name, f"could not be looked at: {type(error).__name__}: {error}", "Please report this.")
