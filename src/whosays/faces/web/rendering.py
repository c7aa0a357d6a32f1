"""Templates → responses. What every template may use is here: filters for words and addresses, who asks, the form's token.

    render(request, template, …) -> response

Words of claims come from the Structs (`faces/views/`), so that a page and the terminal tell the same; templates escape everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from whosays.faces import copying, desk, words
from whosays.faces.safe import safe, shown
from whosays.faces.service import of
from whosays.faces.web import timeline
from whosays.nouns import Interest

GROUPS = {
    "territory": ("control", "capture", "withdraw", "advance", "enter", "besiege", "presence"),
    "violence": ("clash", "attack", "casualties", "detain", "destroy", "displace"),
    "relation": ("ally", "oppose", "member"),
    "politics": ("agree", "declare", "condemn", "demand", "aid", "sanction"),
}
"""Types by group, as docs/claims.md has them: what words are underlined by."""

_GROUP_OF = {name: group for group, names in GROUPS.items() for name in names}

GAINS = {Interest.ALIGNED: "which gains by it", Interest.AGAINST: "which loses by it"}
"""What is told of a voice's side; of the others nothing."""


def day(when: date | datetime | None) -> str:
    """A day, or `undated`."""
    if when is None:
        return "undated"
    return f"{when:%Y-%m-%d %H:%M}" if isinstance(when, datetime) else f"{when:%Y-%m-%d}"


def said_day(when: date | None) -> str:
    """A day for reading: `11 January 2023`."""
    return "Undated" if when is None else f"{when.day} {when:%B %Y}"


def group(type_: str) -> str:
    """`capture` → `territory`."""
    return _GROUP_OF.get(type_, "politics")


def place_url(key: str) -> str:
    """Page of a place."""
    return f"/place/{quote(key, safe=':')}"


def source_url(key: str) -> str:
    """Page of a voice."""
    return f"/source/{quote(key, safe=':')}"


def actor_url(key: str) -> str:
    """Page of an actor."""
    return f"/actor/{quote(key, safe=':')}"


def path(request: Request) -> str:
    """The path of this page as addresses have it: servers decode it."""
    return quote(request.scope["path"], safe="/:")


def here(request: Request, **changes: object) -> str:
    """The address of this page with some of its question changed; None takes a parameter away. The cursor always goes."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name not in (*changes, "cursor")]
    asked += [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
    return path(request) + (f"?{urlencode(asked)}" if asked else "")


def percent(share: float) -> str:
    """0.5 → `50 %`."""
    return f"{share:.0%}".replace("%", " %")


def before(prefix: str) -> str:
    """The words before a quote, from the first whole one on."""
    return shown(prefix[prefix.find(" ") + 1 :] if " " in prefix.rstrip() else prefix)


def after(suffix: str) -> str:
    """The words after it, up to the last whole one."""
    return shown(suffix[: suffix.rfind(" ")] if " " in suffix.lstrip() else suffix)


def _by_day(items: Iterable[object]) -> list[tuple[date | None, list[object]]]:
    """Claims of one day of publication together, in the order in which they come."""
    days: list[tuple[date | None, list[object]]] = []
    for one in items:
        published = one.article.published  # type: ignore[attr-defined]
        if not days or days[-1][0] != published:
            days.append((published, []))
        days[-1][1].append(one)
    return days


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("whosays.faces.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    made.filters |= {
        "day": day,
        "said_day": said_day,
        "group": group,
        "place_url": place_url,
        "source_url": source_url,
        "actor_url": actor_url,
        "percent": percent,
        "plural": words.plural,
        "safe_words": safe,
        "shown": shown,
        "by_day": _by_day,
        "answer": timeline.answer,
        "before": before,
        "after": after,
    }
    made.globals |= {
        "here": here,
        "user_of": desk.user,
        "csrf_of": desk.csrf_token,
        "desk_of": desk.of,
        "groups": GROUPS,
        "gains": GAINS,
        "copy_words": copying.KINDS,
    }
    return made


_TEMPLATES = _environment()


def render(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page from templates/. `service` and `request` are always there."""
    page = _TEMPLATES.get_template(template).render(request=request, service=of(request), **values)
    return HTMLResponse(page, status)
