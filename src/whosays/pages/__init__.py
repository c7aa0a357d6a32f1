"""Bytes of a page in, an `Article` out: its parts with their place, its people, dates, agency and comments."""

from whosays.pages.page import read

__all__ = ["read"]
