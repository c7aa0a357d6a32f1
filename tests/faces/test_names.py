"""Names of those who comment, and in public of private persons, are in nothing that a server sends: every page, every answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.faces.desk.conftest import Clock
from tests.faces.hostile import AT
from tests.making import SOLEDAR, make_article, make_claim
from whosays import actors, copies, ledger
from whosays.engines import standing
from whosays.faces import desk as desks
from whosays.faces import server
from whosays.faces.desk import Source, Via
from whosays.faces.privacy import BLANK, DESK, PUBLIC, Profile
from whosays.faces.service import Service
from whosays.nouns import (
    Article,
    Capture,
    Claim,
    Comment,
    Judgement,
    Part,
    PartKind,
    Polarity,
    Refusal,
    Span,
    Subject,
    Verdict,
)

AUTHORS = ("Zaynab Qutaybah", "user_88x", "Tēodoro Ünlüsoy")
PRIVATE = "Marwan Haddadin"
HOST = "http://127.0.0.1:8765"


def commented(number: int, polarity: Polarity) -> tuple[Article, Claim]:
    """A page whose last sentence is a claim, and right after it, as printed, who comments."""
    exact = f"{PRIVATE} has taken Soledar"
    article = make_article(
        f"{exact}{'' if number else ' again'}",
        headline=f"{PRIVATE} on the march{'!' * number}",
        publisher=f"Daily {number}",
        published=date(2023, 1, 11 + number),
    )
    text, parts, comments = article.text, list(article.parts), []
    for n, author in enumerate(AUTHORS):
        head, words = f"{author} says", f"I met {AUTHORS[n - 1]} there, wrote {author.upper()}."
        for kind, piece in ((PartKind.OTHER, head), (PartKind.COMMENT, words)):
            span = Span(len(text) + 2, len(text) + 2 + len(piece))
            text += f"\n\n{piece}"
            parts.append(Part(kind, span))
        comments.append(Comment(f"k{n}", author, words, span, None, 0))
    article = replace(article, text=text, parts=tuple(parts), comments=tuple(comments))
    claim = make_claim(article, exact, actor=PRIVATE, source=PRIVATE, polarity=polarity, place=SOLEDAR)
    end = claim.evidence.end
    around = replace(claim.evidence, prefix=text[: claim.evidence.start][-32:], suffix=text[end : end + 32])
    return article, replace(claim, evidence=around)


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(Path(tmp_path_factory.mktemp("names")) / "names.db")
    with ledger.open(path, create=True) as into:
        for n, polarity in enumerate((Polarity.AFFIRMED, Polarity.DENIED)):
            article, claim = commented(n, polarity)
            added = into.add(
                Capture(article, f"{n:064x}", AT), (claim,), name="a", reader="test/1", body=copies.body(article)
            )
            assert not isinstance(added, Refusal)
            for judgement in judged(claim.id):
                into.judge(judgement)
    standing.refresh(path, clock=lambda: AT)
    return path


def judged(claim: str) -> Iterator[Judgement]:
    """An analyst corrects and accepts, and names him in both."""
    fields = {"source.name": f"{PRIVATE} junior"}
    for verdict, fix, minute in ((Verdict.CORRECTED, fields, 0), (Verdict.ACCEPTED, {}, 1)):
        yield Judgement(
            about=Subject.CLAIM,
            subjects=(claim,),
            verdict=verdict,
            fields=fix,
            by="anna",
            at=AT + timedelta(minutes=minute),
            note=f"so says {PRIVATE}",
        )


def site(where: str, profile: Profile) -> TestClient:
    desk = desks.open(":memory:", source=Source(Clock()))
    service = Service(ledger.open(where), actors.roster(None), profile, Clock(), b"salt")
    client = TestClient(server.app(service, desk, jobs=desk.jobs), base_url=HOST)
    client.cookies.set(desk.door.cookie, desk.sessions.begin("anna", Via.LINK))
    return client


def answers(client: TestClient) -> Iterator[tuple[str, str]]:
    """All that can be asked about these two pages."""
    api = "/api/v1"
    paths = [
        "/",
        "/claims",
        "/disputes",
        "/questions",
        "/places",
        "/sources",
        "/actors",
        "/articles",
        "/search?q=Soledar",
    ]
    paths += [
        f"{api}/{one}"
        for one in (
            *("claims", "disputes", "questions", "articles", "changes", "changes.atom", "sources", "actors"),
            *("judgements", "search?q=Soledar", "control?as_of=2023-01-12", "control?as_of=2023-01-12&by=source"),
            *("map/about", "map/control?as_of=2023-01-12", "exports/csv", "exports/geojson?on=2023-01-12"),
        )
    ]
    said = client.get(f"{api}/claims").json()["items"]
    assert len(said) == 2
    for one in said:
        article, claim = one["article"]["id"], one["claim"]["id"]
        paths += [
            f"/article/{article}",
            f"{api}/articles/{article}",
            f"{api}/claims/{claim}",
            f"/question/{claim}",
            f"/correct/{claim}",
        ]
        paths += [f"/place/{quote(one['place_page'])}", f"{api}/places/{quote(one['place_page'])}"]
    for path in dict.fromkeys(paths):
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text)
        yield path, answer.text


@pytest.mark.slow
@pytest.mark.parametrize("profile", [DESK, PUBLIC], ids=["desk", "public"])
def test_no_answer_has_the_name_of_one_who_comments(where: str, profile: Profile) -> None:
    words = {word for author in AUTHORS for word in (author, *author.split()) if len(word) > 2}
    for path, text in answers(site(where, profile)):
        assert not {word for word in words if word in text or word.upper() in text}, path


def test_in_public_no_answer_has_the_name_of_a_private_person(where: str) -> None:
    for path, text in answers(site(where, PUBLIC)):
        assert "Haddadin" not in text, path
        assert "haddadin" not in text, path


def test_nothing_moves(where: str) -> None:
    client = site(where, DESK)
    for one in client.get("/api/v1/claims").json()["items"]:
        shown = client.get(f"/api/v1/articles/{one['article']['id']}").json()["article"]
        kept = client.app.state.service.ledger.article(one["article"]["id"])  # type: ignore[attr-defined]
        assert len(shown["text"]) == len(kept.text)
        end = kept.parts[1].span.end
        assert shown["text"][:end] == kept.text[:end], "the article itself stays as it is"
        assert BLANK in shown["text"][end:]
        for comment in shown["comments"]:
            assert comment["text"] == shown["text"][comment["start"] : comment["end"]]


def test_in_public_a_page_that_is_not_weighed_yet_has_no_name_either(where: str, tmp_path: Path) -> None:
    copy = shutil.copy(where, tmp_path / "names.db")
    with ledger.open(str(copy)) as into:
        article, claim = commented(2, Polarity.AFFIRMED)
        into.add(Capture(article, "2" * 64, AT), (claim,), name="a", reader="test/1", body=copies.body(article))
    client = site(str(copy), PUBLIC)
    for path in ("/search?q=Soledar", "/api/v1/search?q=Soledar", "/articles", f"/article/{article.id}"):
        text = client.get(path).text
        assert article.id in text, path
        assert "Haddadin" not in text, path
