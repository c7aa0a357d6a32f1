"""Which places a text names: `resolve` for a reading, `lookup` for one name, `alike` for one that is not known."""

from whosays.places.resolve import alike, lookup, resolve

__all__ = ["alike", "lookup", "resolve"]
