"""A stranger's page, shown: in no answer of ours is there an element, an attribute or an address that we did not write.

Every page that can be reached is asked for, of a ledger with a payload in every field and of the same with plain words: what
the first has more in elements and attributes than the second is the stranger's. More attacks: tests/test_fetch.py (addresses),
tests/faces/desk/ (forged forms, hosts, paths, bombs of JSON and forms), tests/engines/test_reader_process.py (pages that break
their reader). docs/security.md lists them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree
from lxml import html as lxml_html
from starlette.routing import BaseRoute, Mount, Route
from starlette.testclient import TestClient

from tests.faces.desk.conftest import Clock
from tests.faces.hostile import ACTS, MARK, PAYLOADS, fill, payload, plain
from whosays import actors, ledger
from whosays.engines.jobs import State
from whosays.faces import desk as desks
from whosays.faces import server, web
from whosays.faces.desk import Source, Via
from whosays.faces.privacy import DESK
from whosays.faces.service import Service
from whosays.nouns import Meta

HOST = "http://127.0.0.1:8765"
PER_SORT = {"/article": len(PAYLOADS)}
"""Pages of one sort that are asked for: of articles all, since they show every field; of others OTHERS."""
OTHERS = 10
ADDRESSES = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "cite",
    "background",
    "srcset",
    "xlink:href",
    "ping",
)


def open_site(where: str, words: Callable[[int], str] = plain) -> TestClient:
    """The application over a ledger, as an analyst sees it who is signed in and handed in pages, with `words` in their names."""
    clock = Clock()
    desk = desks.open(":memory:", source=Source(clock))
    service = Service(ledger.open(where), actors.roster(None), DESK, clock)
    for n in range(0, len(PAYLOADS), 10):
        job = desk.jobs.submit(b"x", Meta(name=words(n), url=words(n + 1)), by="anna")
        desk.jobs.finish(job.id, State.REFUSED, words(n + 2), detail=words(n + 3))
    site = TestClient(server.app(service, desk, jobs=desk.jobs), base_url=HOST, raise_server_exceptions=False)
    site.cookies.set(desk.door.cookie, desk.sessions.begin("anna", Via.LINK))
    return site


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return open_site(fill(tmp_path_factory.mktemp("hostile"), payload), payload)


def flat(routes: list[BaseRoute], before: str = "", *, reading: bool = True) -> Iterator[str]:
    """Paths of all routes, but those of files; where they are for `reading`, of those that answer GET."""
    for route in routes:
        if isinstance(route, Mount):
            yield from flat(list(route.routes or []), before + route.path, reading=reading)
        elif isinstance(route, Route) and (not reading or "GET" in (route.methods or {"GET"})):
            yield before + route.path


def paths(site: TestClient) -> list[str]:
    return list(dict.fromkeys(flat(site.app.routes)))  # type: ignore[attr-defined]


def crawl(site: TestClient) -> Iterator[tuple[str, str]]:
    """Every HTML page that links lead to, with its address."""
    waiting = [path for path in paths(site) if "{" not in path]
    seen, counted = set(waiting), dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        answer = site.get(path, follow_redirects=False)
        assert answer.status_code < 500, path
        check_type(answer.headers, answer.content)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        yield path, answer.text
        for link in tree(answer.text).iter("a"):
            target = urldefrag(urljoin(HOST + path, link.get("href", "")))[0]
            if target.startswith(HOST + "/") and target not in seen:
                sort = re.sub(r"^(/[^/?]*)[/?].*", r"\1", target.removeprefix(HOST))
                counted[sort] = counted.get(sort, 0) + 1
                if "cursor=" in target or counted[sort] <= PER_SORT.get(sort, OTHERS):
                    seen.add(target)
                    waiting.append(target.removeprefix(HOST))


def check_type(headers: object, content: bytes) -> None:
    """What is not HTML cannot be taken for it."""
    assert headers["x-content-type-options"] == "nosniff"  # type: ignore[index]
    assert "script-src 'self'" in headers["content-security-policy"]  # type: ignore[index]
    if content:
        assert headers.get("content-type"), content[:100]  # type: ignore[attr-defined]


def tree(page: str) -> etree._Element:
    return lxml_html.document_fromstring(page.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))


def pairs(page: str) -> set[tuple[str, str]]:
    """Elements, and elements with each of their attributes."""
    found: set[tuple[str, str]] = set()
    for element in tree(page).iter():
        if not isinstance(element.tag, str):
            found.add(("#comment", ""))
            continue
        found.add((element.tag, ""))
        found |= {(element.tag, str(name)) for name in element.attrib}
    return found


def wrong_within(page: str) -> list[str]:
    """What no page of ours has, whatever is in the ledger."""
    wrong = []
    for element in tree(page).iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            address = str(value).strip().lower()
            if str(name).lower().startswith("on") or name in ("style", "srcdoc", "http-equiv"):
                wrong.append(f"<{element.tag} {name}>")
            if name in ADDRESSES and not re.match(r"(?:https?://|[/?#.]|[\w.-]+(?:[/?#]|$)|$)", address):
                wrong.append(f"<{element.tag} {name}={address[:60]!r}>")
            if name in ADDRESSES and name != "href" and urlsplit(address).netloc not in ("", urlsplit(HOST).netloc):
                wrong.append(f"<{element.tag} {name}={address[:60]!r}>")
        if element.tag == "script" and (element.get("type") != "application/json" and (element.text or "").strip()):
            wrong.append("inline script")
        if element.tag in ("style", "base", "iframe", "object", "embed"):
            wrong.append(f"<{element.tag}>")
    return wrong


def written() -> set[tuple[str, str]]:
    """Elements and attributes that stand in our templates."""
    found: set[tuple[str, str]] = {("html", ""), ("head", ""), ("body", "")}
    for template in (Path(web.__file__).parent / "templates").glob("*.html"):
        words = re.sub(r"{#.*?#}", "", template.read_text("utf-8"), flags=re.DOTALL)
        for tag, rest in re.findall(r"<([a-z][\w-]*)((?:{{.*?}}|{%.*?%}|[^<>])*)>", words, flags=re.DOTALL):
            found.add((tag, ""))
            found |= {(tag, name) for name in re.findall(r"([a-zA-Z][\w:-]*)(?==|\s|$|{)", rest)}
    return found


def test_there_are_two_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 200


def test_the_check_itself_finds_what_was_let_in() -> None:
    """Of the payloads that are plain HTML, most show when they are not escaped: else this file tests nothing."""
    ours = pairs("<!doctype html><html><head><title>a</title></head><body><p>b</p></body></html>")
    found = [
        act for act in ACTS if pairs(f"<html><head><title>a</title></head><body><p>{act}</p></body></html>") - ours
    ]
    assert len(found) >= 14
    assert wrong_within("<a href='javascript:x'>") == ["<a href='javascript:x'>"]
    assert wrong_within("<p onclick=x>") == ["<p onclick>"]
    assert wrong_within("<a href='java\tscript:x'>") != []
    assert wrong_within("<img src=//evil.example/x>") != []
    assert (
        wrong_within("<a href=/place/x?y=1#z>")
        == wrong_within("<a href='?a=b'>")
        == wrong_within("<a href=https://x.example>")
        == []
    )


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """What we write: what stands in our templates, and on the pages of a ledger of plain words."""
    found = written()
    for _, page in crawl(open_site(fill(tmp_path_factory.mktemp("plain"), plain, pages=12))):
        found |= pairs(page)
    return found


@pytest.mark.slow
def test_no_page_has_an_element_that_we_did_not_write(attacked: TestClient, ours: set[tuple[str, str]]) -> None:
    seen, marked = Counter[str](), 0
    for path, page in crawl(attacked):
        seen[re.split("[/?]", path)[1]] += 1
        marked += MARK in page
        assert not pairs(page) - ours, (path, pairs(page) - ours)
        assert not wrong_within(page), (path, wrong_within(page))
    assert seen["article"] > 200, "nearly every payload made an article of its own"
    assert {"place", "source", "actor", "question", "disputes", "claims", "search", "map", "correct"} <= set(seen)
    assert marked > seen.total() / 2, "the payloads are shown, as text"


@pytest.mark.slow
def test_what_is_asked_for_comes_back_as_text(attacked: TestClient, ours: set[tuple[str, str]]) -> None:
    """The address itself is the attack: in the path, and in every parameter."""
    names = (
        "q text place source actor on since until as_of as_known_on type next cursor key lane kind id page box".split()
    )
    asked = [*paths(attacked), "/nothing/{x}", "/{x}"]
    turns = max(1, len(asked) // 4)
    for number, act in enumerate(PAYLOADS):
        for path in asked[number % turns :: turns]:
            filled = re.sub(r"{[^}]*}", lambda _: quote(act, safe=""), path)  # noqa: B023
            query = "&".join(f"{name}={quote(act, safe='')}" for name in names[number % 3 :: 3])
            answer = attacked.get(f"{filled}?{query}", follow_redirects=False)
            assert answer.status_code < 500, (filled, answer.text[:200])
            check_type(answer.headers, answer.content)
            assert urlsplit(answer.headers.get("location", "/")).netloc in ("", urlsplit(HOST).netloc)
            if answer.headers.get("content-type", "").startswith("text/html") and answer.text:
                assert not pairs(answer.text) - ours, (filled, pairs(answer.text) - ours)
                assert not wrong_within(answer.text), filled


@pytest.mark.slow
def test_what_is_no_page_is_not_html(attacked: TestClient) -> None:
    """JSON, GeoJSON, Atom: a browser that is led there shows text, or parses what is well formed."""
    for path in paths(attacked):
        if not path.startswith("/api") or "{" in path:
            continue
        answer = attacked.get(path)
        kind = answer.headers["content-type"].partition(";")[0]
        if kind.endswith("json"):
            json.loads(answer.content)
        elif kind.endswith("xml"):
            etree.fromstring(answer.content, parser=etree.XMLParser(resolve_entities=False))
        if not path.endswith(("docs", "manual")):
            assert kind != "text/html", path


@pytest.mark.slow
@pytest.mark.parametrize("who", ["a stranger", "a forged form", "a page elsewhere", "a bogus token"])
def test_nothing_is_written_but_through_the_gate(attacked: TestClient, who: str) -> None:
    """Every path there is, those of handlers to come too: a change without sign-in, without our token or from elsewhere fails."""
    headers = {
        "a stranger": {"Origin": HOST, "Cookie": "a=b"},
        "a forged form": {"Origin": HOST},
        "a page elsewhere": {"Origin": "https://evil.example"},
        "a bogus token": {"Authorization": "Bearer whosays_" + "x" * 43},
    }[who]
    if who == "a page elsewhere":  # it is given the token of the form, which it could not know
        found = re.search(r'name="csrf" value="([0-9a-f]{64})"', attacked.get("/sign-in").text)
        assert found
        headers["X-CSRF-Token"] = found[1]
    for path in dict.fromkeys(flat(attacked.app.routes, reading=False)):  # type: ignore[attr-defined]
        filled = re.sub(r"{[^}]*}", "x", path)
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            for body in ({"data": {"verdict": "accepted"}}, {"json": {"verdict": "accepted"}}):
                answer = attacked.request(method, filled, headers=headers, follow_redirects=False, **body)
                led = answer.headers.get("location", "").partition("?")[0] == "/sign-in"
                assert led or 400 <= answer.status_code < 500, (method, filled, answer.status_code)


def test_no_template_lets_words_through_unescaped() -> None:
    """`|safe`, `autoescape false` and Markup are how templates are broken into; `on…=` and `style=` the CSP would refuse."""
    folder = Path(web.__file__).parent
    for template in (folder / "templates").glob("*.html"):
        words = template.read_text("utf-8")
        markup = re.sub(r"{[%#{].*?[%#}]}", "", words, flags=re.DOTALL)
        assert not re.search(r"\|\s*safe\b|autoescape\s+false|\bMarkup\b", words), template
        assert not re.search(r"<[^>]*\son\w+\s*=|<[^>]*\sstyle\s*=", markup), template
        assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", markup), template


def test_no_script_makes_html_of_data() -> None:
    """What a script shows, it sets as text."""
    sinks = r"\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTML|\.setAttribute\(['\"]on"
    for script in (Path(web.__file__).parent / "static").rglob("*.js"):
        assert not re.search(sinks, script.read_text("utf-8")), script
