"""times: a Reading in, the expressions of time in it out, each with the days it means and what it was counted from."""

from whosays.times.resolve import interval, resolve, war

__all__ = ["interval", "resolve", "war"]
