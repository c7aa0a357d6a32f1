"""Which of the kinds that can be sent a client wants: the `Accept` header, RFC 9110 12.5.1."""

from __future__ import annotations

from collections.abc import Sequence


def chosen(accept: str | None, media: Sequence[str]) -> str | None:
    """The kind that is wanted most, of several wanted alike the first; None: none is wanted. No header: the first."""
    if not accept or not accept.strip():
        return media[0]
    wanted = [_range(piece) for piece in accept.split(",") if piece.strip()]
    best = max(media, key=lambda kind: _weight(kind, wanted))  # the first of equals
    return best if _weight(best, wanted) > 0 else None


def _range(piece: str) -> tuple[str, float]:
    kind, *parameters = (part.strip().lower() for part in piece.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return kind, min(1.0, max(0.0, float(value)))
            except ValueError:
                return kind, 1.0
    return kind, 1.0


def _weight(kind: str, wanted: Sequence[tuple[str, float]]) -> float:
    """The weight of the most specific range that the kind is in."""
    if kind == "*/*":  # several kinds, of which the path has chosen
        return 1.0
    kind = kind.partition(";")[0]
    for pattern in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        found = [weight for name, weight in wanted if name == pattern]
        if found:
            return max(found)
    return 0.0
