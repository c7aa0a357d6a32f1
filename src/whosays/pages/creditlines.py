"""Who made a report: bylines (`By Laila Bassam and Angus McDowall`), credit lines and picture credits.

(Reporting by Laila Bassam and Sarah Dadouch in Beirut, Ahmed Rasheed in Baghdad; Editing by Robin Pomeroy)
Associated Press writers Zeina Karam in Beirut and Josef Federman in Jerusalem contributed to this report.
"""

from __future__ import annotations

import re
from functools import cache

from whosays.nouns import Credit
from whosays.pages import agencies
from whosays.pages.datelines import place_case

LONGEST_BYLINE = 160
LONGEST_LINE = 1_200

_PARTICLE = (
    r"(?:al|el|bin|ibn|bint|abu|umm|de|del|della|der|den|di|da|du|la|le|van|von|ter|ten|zu|y|e|dos|das|ben|ould)"
)
_CAPITAL = r"(?:(?:al|el|as|ad|an|ar|az|ash|at|d|l|de|du|ul)[-'’])?[^\W\d_a-z][\w.'’-]*"
_NAME = re.compile(rf"{_CAPITAL}(?:\s(?:{_CAPITAL}|{_PARTICLE})){{0,5}}$")
_BY = re.compile(
    r"(?:(?:written|story|report|reported|words|text|posted|article|analysis)\s+)?by\b\s*:?\s*", re.IGNORECASE
)
_POST = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|staff|bureau|chief|contributor|analyst|columnist|desk|team"
    r"|special to|agencies|agency|posted|articles|follow|news|service|newsroom)\b",
    re.IGNORECASE,
)
_ROLE = (
    r"(?P<role>(?:additional |further |extra )?(?:reporting|writing|editing|compiling|graphics?|photography|research"
    r"|translation|production)(?:(?:,| and| &) (?:additional )?(?:reporting|writing|editing|graphics|photography))*"
    r"|written|edited|compiled|reported|translated|photographs?|photo|picture|image)"
)
_CLAUSE = re.compile(rf"{_ROLE}\s+by\b:?\s*(?P<names>.+)$", re.IGNORECASE | re.DOTALL)
_NEXT_CLAUSE = re.compile(
    r"[;.](?=\s+[A-Z])|;|(?<!additional)(?<!further)(?<!extra),?\s+(?:with |and )?"
    r"(?=(?:additional )?(?:reporting|writing|editing|graphics|photography)\sby\b)",
    re.IGNORECASE,
)
_DESK = re.compile(r"[^\W\d_a-z][\w .'’-]* (?:newsroom|bureau|staff|desk|team|agencies)$")
_CONTRIBUTED = re.compile(
    r"(?:(?P<outlet>[\w' .’-]{0,60}?)\s*\b(?:writers?|reporters?|correspondents?|journalists?|producers?|staff))?\s*"
    r"(?P<names>[^.]{3,400}?)\s+(?:also )?contributed(?: reporting| to this (?:report|story|article))?[^.]{0,60}\.?$",
)
_PHOTO = re.compile(
    r"(?:photo(?:graph)?s?|pictures?|image)(?: credits?)?\s*(?::|by)\s*(?P<names>[^()]{2,80})$", re.IGNORECASE
)


def people(text: str, *, marked: bool = False) -> tuple[tuple[str, ...], str | None] | None:
    """The people and the agency of a byline; None if the text is none.

    `marked`: the page itself marks the text as its byline, so it need not begin with `By`.
    """
    text = " ".join(text.split())
    if not 3 <= len(text) <= LONGEST_BYLINE:
        return None
    by = _BY.match(text)
    if not by and not marked and not text.lower().endswith(" staff"):
        return None
    agency = agencies.named(text[by.end() :] if by else text)
    if agency:
        return (), agency
    if not by and not marked:
        return None
    found, agency = _names_and_agency(text[by.end() :] if by else text)
    if not marked and found and " " not in found[0]:
        return None  # `By Wednesday, …`
    return (found, agency) if found or agency else None


def line(text: str) -> tuple[Credit, ...]:
    """The people of a credit line; empty if the text is none."""
    if not 8 <= len(text) <= LONGEST_LINE:
        return ()
    bare = " ".join(text.split()).strip("()[] _")
    photo = _PHOTO.match(bare)
    if photo:
        person = re.split(r"[/|,]", photo["names"])[0].strip()
        return (Credit("photography", person, None),) if _NAME.match(person) else ()
    clauses = [_CLAUSE.match(clause.strip(" .")) for clause in _NEXT_CLAUSE.split(bare)]
    if clauses[0]:
        return tuple(credit for clause in clauses if clause for credit in _clause(clause["role"], clause["names"]))
    given = _CONTRIBUTED.match(bare)
    return _clause("contributing", given["names"]) if given else ()


def agency_of_line(text: str) -> str | None:
    """The agency whose writers a credit line names: `Associated Press writer …`."""
    given = _CONTRIBUTED.match(" ".join(text.split()).strip("()[] _"))
    return agencies.named(re.sub(r"^The ", "", given["outlet"] or "").strip()) if given else None


def ends_in_picture_credit(text: str) -> bool:
    """Does a text end as words under a photograph do: `REUTERS/Stringer`, `(AP Photo/Hassan Ammar)`, `Photo: AFP`?"""
    last_sentence = re.split(r"(?<=[.!?])\s", text[-120:].rstrip())[-1]
    return bool(_picture_end().search(last_sentence))


def is_picture_credit(text: str) -> bool:
    """Is a text nothing but a picture credit?"""
    text = text.strip()
    return len(text) <= 100 and bool(_picture_end().fullmatch(text))


@cache
def _picture_end() -> re.Pattern[str]:
    houses = agencies.picture_pattern()
    person = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}"
    return re.compile(
        rf"(?:\(|\[)?(?:(?i:{houses})/\s?{person}(?:/{person}){{0,2}}"
        rf"|{person}(?:/{person})?/\s?(?i:{houses})"
        rf"|(?:Photo|Photograph|Picture|Image|Credit|Source|Foto)(?:graph)?(?: [Cc]redit)?(?::| by) ?[^.()]{{2,60}}"
        rf"|(?i:\(\s?(?:{houses})\s?\)))(?:\)|\])?\.?$"
    )


def _clause(role: str, names: str) -> tuple[Credit, ...]:
    """`A, B and C in Beirut, D in Baghdad and E in Erbil`: a place holds for all names since the last one."""
    found: list[Credit] = []
    waiting: list[str] = []
    for piece in re.split(r",?\s+(?:and|&)\s+|,\s*", names.strip(" .")):
        name, _, place = piece.removeprefix("the ").partition(" in ")
        name = name.partition(" from ")[0].strip(" .:()")
        if found and not waiting and not place and " " not in name:
            continue  # `in Beirut, Lebanon`: the country after a place
        if not _NAME.match(name) and not _DESK.match(name):
            continue
        waiting.append(_person(name))
        if place:
            found += [Credit(role.lower(), person, place_case(place.strip(" ."))) for person in waiting]
            waiting = []
    return (*found, *(Credit(role.lower(), person, None) for person in waiting))


def _names_and_agency(text: str) -> tuple[tuple[str, ...], str | None]:
    agency = None
    found: list[str] = []
    for piece in re.split(r",?\s+(?:and|with|&)\s+|[,;|•·/]\s*|\s[–—-]+\s|\n", text):
        piece = re.split(r"\s(?:in|for|of|at|from|on)\s", piece)[0].strip(" .:()")
        named = agencies.named(piece)
        if named:
            agency = agency or named
        elif piece and _NAME.match(piece) and not _POST.search(piece) and not any(c.isdigit() for c in piece):
            found.append(_person(piece))
    return tuple(dict.fromkeys(found)), agency


def _person(name: str) -> str:
    name = name.strip(" .:()")
    return name.title() if name == name.upper() and len(name) > 4 else name
