"""Feeds, sitemaps, lists and folders read as they come.

config.py   what is watched, from a TOML file        state.py    what was seen and what waits, on disk
loop.py     READ FIRST: whose turn it is             sources.py  asking what is new        items.py  reading what waits
"""
