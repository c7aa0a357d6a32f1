"""Which places a text names: `resolve` for a reading, `lookup` for one name."""

from whosays.places.resolve import lookup, resolve

__all__ = ["lookup", "resolve"]
