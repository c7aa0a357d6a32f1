"""The pages: HTML rendered here from the same Structs that the API sends (`faces/views/`), with small scripts of our own.

    routes() -> routes            render(request, template, …) -> response        handlers() -> what is told of errors

rendering.py  templates and what all may use        pages.py   one function for each page       errors.py   what went wrong
judging.py    what an analyst judges                 correcting.py  the form for that          adding.py   pages handed in
marks.py      an article's text, cut at its claims  timeline.py, graph.py, palette.py   pictures    asked.py   what an address asks

Nothing is loaded from elsewhere. Libraries for the browser lie in vendor/ (`make setup` brings them from npm; not committed).
Article text is only ever text: templates escape, and no script builds HTML out of data.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from whosays.faces.service import of
from whosays.faces.web import adding, judging, pages
from whosays.faces.web.errors import handlers
from whosays.faces.web.rendering import render

__all__ = ["handlers", "render", "routes"]

HERE = Path(__file__).parent


def routes() -> list[BaseRoute]:
    """All pages and what they load."""
    return [
        *pages.routes(),
        *judging.routes(),
        *adding.routes(),
        Route("/map", _map),
        Mount("/static", StaticFiles(directory=HERE / "static")),
        *_vendor(),
    ]


def _vendor() -> list[BaseRoute]:
    """The browser's libraries, where they were brought: else the map says how to, and all else works."""
    folder = HERE / "vendor"
    return [Mount("/vendor", StaticFiles(directory=folder))] if folder.is_dir() else []


def _map(request: Request) -> HTMLResponse:
    return render(request, "map.html", vendored=(HERE / "vendor" / "shapes.json").is_file(), tiles=of(request).tiles)
