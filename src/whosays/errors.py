"""What whosays raises. A bad page never raises: it is a `Refusal` (nouns.py), a value.

    WhosaysError
      Misuse        the caller is wrong: a bad option, a missing file, an unknown place   (exit code 2)
      LedgerError   the store is wrong: not ours, newer than this program, locked, full    (exit code 2)
      AssetError    a file shipped with the package is missing or damaged                 (exit code 70)

Every message says what, where, and the next step. Anything else that escapes is our bug (exit code 70).
"""

from __future__ import annotations


class WhosaysError(Exception):
    """Base of all errors that a caller may want to catch."""


class Misuse(WhosaysError):
    """The caller asked for something that cannot be done as asked."""


class LedgerError(WhosaysError):
    """The ledger cannot be opened, read or written."""


class AssetError(WhosaysError):
    """A file that belongs to the package is missing, damaged or of another version."""
