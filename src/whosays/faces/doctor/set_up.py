"""What the user has set: his roster, and each setting with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from whosays.errors import Misuse, WhosaysError
from whosays.faces.config import SETTINGS
from whosays.faces.doctor.finding import Finding, Patient, bad, note, ok
from whosays.logs import without_password


def roster(patient: Patient) -> Iterator[Finding]:
    """Ours, under his."""
    from whosays import actors

    own = patient.roster if patient.roster.exists() else None
    try:
        known = actors.roster(own)
    except WhosaysError as error:
        yield bad("roster", str(error), "`whosays roster check` lists every fault, with its line.")
        return
    theirs = f", {own} laid over ours" if own is not None else ""
    yield ok("roster", f"{len(known.by_key):,} actors, no fault{theirs}")


def settings(patient: Patient) -> Iterator[Finding]:
    """The file in force; each setting, and what chose it."""
    if patient.fault is not None:
        yield bad("settings", str(patient.fault), "Until that is mended every other command refuses to run.")
    elif patient.config.path is None:
        yield note("settings", "no whosays.toml: environment, options and defaults")
    else:
        yield ok("settings", str(patient.config.path))
    given = dict(patient.options)
    for one in SETTINGS:
        if one.key in given:
            yield ok(one.key, f"{without_password(given[one.key])} (option)")
            continue
        try:
            settled = patient.config.settled(one)
        except Misuse as error:
            yield bad(one.key, str(error), f"Set {one.variable} anew, or unset it.")
            continue
        yield ok(one.key, f"{_shown(settled.value)} ({settled.origin})")


def _shown(value: object) -> str:
    """As it would stand in the file, without quotes and passwords."""
    return "–" if value == "" else str(value).lower() if isinstance(value, bool) else without_password(str(value))
