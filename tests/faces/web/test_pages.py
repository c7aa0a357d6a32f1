"""Every page as HTML: it is there, says what it should, links to what is there, and needs no script."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as tree
from starlette.testclient import TestClient

from tests.faces.web.conftest import client_of
from tests.making import make_article, make_claim
from whosays import actors, copies, ledger
from whosays.engines import standing
from whosays.faces.privacy import DESK, PUBLIC
from whosays.faces.service import Service
from whosays.faces.views import disputes
from whosays.nouns import Capture, Judgement, Polarity, Refusal, SourceKind, Stage, Subject, Verdict, Where

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SOLEDAR = "/place/geonames:706757"
LISTS = (
    "/", "/search", "/search?q=Soledar", "/claims", "/places", "/sources", "/actors", "/articles", "/disputes",
    "/questions", "/limits", f"{SOLEDAR}?as_of=2023-01-13&as_known_on=2023-01-12", f"{SOLEDAR}?panel=1",
)  # fmt: skip


def links(client: TestClient, page: str, start: str) -> list[str]:
    found = re.findall(rf'href="({start}[^"#?]*)', client.get(page).text)
    return list(dict.fromkeys(map(html.unescape, found)))


@pytest.mark.parametrize("path", LISTS)
def test_pages_are_there_and_carry_neither_inline_script_nor_style(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    page = tree.fromstring(answer.text)
    assert not page.xpath("//style | //*[@style] | //script[not(@src)]")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.slow
def test_every_page_of_everything_answers(client: TestClient) -> None:
    for listing, start in (
        ("/places", "/place/"),
        ("/sources", "/source/"),
        ("/actors", "/actor/"),
        ("/articles", "/article/"),
        ("/questions", "/question/"),
    ):
        own = links(client, listing, start)
        assert own, listing
        for path in own:
            answer = client.get(path)
            assert answer.status_code == 200, path
            ids = tree.fromstring(answer.text).xpath("//@id")
            assert len(ids) == len(set(ids)), path


def test_headings_are_in_order(client: TestClient) -> None:
    article = links(client, "/articles", "/article/")[0]
    for path in (*(path for path in LISTS if "panel" not in path), SOLEDAR, article):
        levels = [int(one.tag[1]) for one in tree.fromstring(client.get(path).text).xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(then - here <= 1 for here, then in pairwise(levels)), (path, levels)


def test_the_words_of_a_claim_are_one_click_away_at_their_place(client: TestClient) -> None:
    page = tree.fromstring(client.get("/claims?place=Soledar").text)
    target = page.xpath("//q[@class='words']/a/@href")[0]
    path, _, anchor = target.partition("#")
    assert tree.fromstring(client.get(path).text).xpath(f"//*[@id='{anchor}']")


def test_a_denial_is_told_in_words_and_not_by_its_line_alone(client: TestClient) -> None:
    page = tree.fromstring(client.get("/claims?place=Soledar").text)
    denied = page.xpath("//article[contains(@class, 'denied')]")
    assert denied
    assert all("denied" in one.text_content().lower() or "not" in one.text_content() for one in denied)
    article = page.xpath("//article[contains(@class, 'denied')]//q/a/@href")[0].partition("#")[0]
    references = tree.fromstring(client.get(article).text).xpath("//a[contains(@class, 'ref')]/@aria-label")
    assert any(label.endswith(", denied") for label in references)


def test_the_place_page_answers_for_a_day_as_known_on_a_day(client: TestClient) -> None:
    told = client.get(f"{SOLEDAR}?as_of=2023-01-13").text
    assert "On 13 January 2023" in told
    assert "taken by Russian armed forces" in told
    nobody = client.get(f"{SOLEDAR}?as_of=2023-01-13&as_known_on=2023-01-01")
    assert nobody.status_code in (200, 404)
    assert "taken by Russian armed forces" not in nobody.text


def test_lanes_are_told_in_words_too_with_what_they_rest_on(client: TestClient) -> None:
    page = tree.fromstring(client.get(f"{SOLEDAR}?told=words").text)
    rows = page.xpath("//table[contains(@class, 'told')]/tbody/tr")
    drawn = page.xpath("//*[contains(@class, 'bars')]//*[local-name()='rect'][contains(@class, 'start')]")
    assert len(rows) >= len(drawn) > 0
    assert all("article" in row.text_content() for row in rows)


def test_the_panel_is_a_fragment_with_lanes_and_links_to_the_words(client: TestClient) -> None:
    panel = client.get(f"{SOLEDAR}?panel=1").text
    assert "<html" not in panel
    assert "All voices, weighed" in panel
    assert 'href="/article/' in panel


def test_filters_narrow_and_the_address_keeps_them(client: TestClient) -> None:
    page = tree.fromstring(client.get(f"{SOLEDAR}?type=withdraw").text)
    kinds = page.xpath("//article[contains(@class, 'claim')]//span[@class='type']/text()")
    assert set(kinds) == {"withdraw"}
    assert page.xpath("//select[@name='type']/optgroup/option[@selected]/text()") == ["withdraw"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/nowhere", 404, "cut off when it was copied"),
        ("/article/nothing", 404, "No article"),
        ("/place/nowhere", 404, "No claim is about a place"),
        ("/source/nobody", 404, "No source"),
        ("/search?q=since:yesterday", 422, "is no day"),
        ("/disputes?kind=quarrel", 422, "Kinds: polarity"),
        ("/search?q=type:nonsense", 422, "no type 'nonsense'. Types: advance, agree"),
        ("/claims?type=nonsense", 422, "Types: advance, agree"),
        ("/claims?cursor=bad", 404, "cursor"),
    ],
)
def test_what_goes_wrong_is_told_in_the_same_look_with_a_next_step(
    client: TestClient, path: str, status: int, said: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in html.unescape(answer.text)
    assert "/api/v1" not in tree.fromstring(answer.text).xpath("string(//main)")
    assert tree.fromstring(answer.text).xpath("//header//a[@class='brand']")


def test_a_bug_is_a_page_and_says_nothing_of_itself(samples: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    from whosays.faces.views import home

    def broken(_: Service) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(home, "home", broken)
    answer = client_of(samples).get("/")
    assert answer.status_code == 500
    assert "secret words" not in answer.text
    assert "Something broke" in answer.text


def test_an_empty_ledger_says_what_to_do_next_and_offers_the_demo() -> None:
    with ledger.open(":memory:", create=True) as book:
        told = client_of(Service(book, actors.roster(), DESK, lambda: None)).get("/").text  # type: ignore[arg-type,return-value]
    assert "whosays ingest" in told
    assert "whosays serve --demo" in told


def test_in_public_an_article_shows_quotes_only(samples: Service) -> None:
    public = client_of(Service(samples.ledger, samples.roster, PUBLIC, samples.clock))
    path = links(public, "/articles", "/article/")[0]
    whole = client_of(samples).get(path).text
    shown = tree.fromstring(public.get(path).text)
    assert "quotes only" in shown.text_content()
    assert len(shown.xpath("string(//*[@id='body'])")) < len(tree.fromstring(whole).xpath("string(//*[@id='body'])"))


def drawings(text: str) -> list[str]:
    """The outermost drawings of a page, as they were sent."""
    found, depth, start = [], 0, 0
    for tag in re.finditer(r"<svg\b|</svg>", text):
        start = start if depth else tag.start()
        depth += -1 if tag[0] == "</svg>" else 1
        if depth == 0:
            found.append(text[start : tag.end()])
    assert depth == 0
    return found


@pytest.mark.slow
def test_pages_are_well_formed_svg_and_all(client: TestClient) -> None:
    """Before a parser of HTML mends them: every tag is closed, every attribute quoted."""
    for listing, start in (("/places", "/place/"), ("/sources", "/source/"), ("/actors", "/actor/")):
        found = [
            etree.fromstring(one) for path in links(client, listing, start) for one in drawings(client.get(path).text)
        ]
        assert any(map(len, found)), f"{start} draws something"


def test_no_page_names_a_reader_who_comments(client: TestClient, samples: Service) -> None:
    authors = {
        comment.author
        for head in samples.ledger.heads()
        for comment in samples.ledger.article(head.id).comments
        if comment.author
    }
    assert authors
    for path in links(client, "/articles", "/article/"):
        told = html.unescape(client.get(path).text)
        assert not [author for author in authors if author in told], path


def test_what_was_judged_is_narrowed_like_the_queue(samples_copy: Path) -> None:
    with ledger.open(str(samples_copy)) as book:
        service = Service(book, actors.roster(), DESK, lambda: AT)
        one = disputes.found(service, limit=1).items[0]
        both = tuple(side.said.claim.id for side in one.sides)
        book.judge(Judgement(about=Subject.DISPUTE, subjects=both, verdict=Verdict.SAME, by="anna", at=AT))
        client = client_of(service)
        last = max(side.said.article.published or AT.date() for side in one.sides)
        asked = {
            "": True, f"&since={last}": True, f"&since={last + timedelta(days=1)}": False, f"&claim={both[1]}": True,
            "&claim=none": False, f"&place={one.place}": True, "&place=none": False,
        }  # fmt: skip
        for more, there in asked.items():
            assert (f'id="d-{one.id}"' in client.get(f"/disputes?judged=yes{more}").text) is there, more


def test_a_page_refused_a_moment_ago_is_told(tmp_path: Path) -> None:
    """Also where nothing was weighed since."""
    with ledger.open(str(tmp_path / "a.db"), create=True) as book:
        client = client_of(Service(book, actors.roster(None), DESK, lambda: AT))
        assert "could not be read" not in client.get("/").text
        book.refuse(Refusal(Stage.PAGES, "odd", "words"), raw=None, name="a", reader="test/1", read_at=AT)
        assert "could not be read" in client.get("/").text


@pytest.mark.parametrize("start", ["/place/", "/source/", "/actor/"])
def test_older_claims_lead_on_to_the_last(tmp_path: Path, start: str) -> None:
    """Of a place, a voice, an actor of whom more is said than a page holds, whatever stands in their names."""
    with ledger.open(str(tmp_path / "a.db"), create=True) as book:
        who = "Council #1 of 50% & Sons? a/b +c"
        for n in range(70):
            article = make_article(f"{who} has taken the hill in {n} hours.", published=date(2023, 1, 1) + timedelta(n))
            claim = make_claim(article, article.text.split("\n\n")[1], actor=who, source=who, place=None)
            voice = replace(claim.source, kind=SourceKind.ORGANISATION)
            claim = replace(claim, place=Where(who, None, who), source=voice)
            book.add(Capture(article, f"{n:064x}", AT), (claim,), name="a", reader="t/1", body=copies.body(article))
        standing.refresh(book.where, clock=lambda: AT)
        client = client_of(Service(book, actors.roster(None), DESK, lambda: AT))
        (path,) = links(client, start.rstrip("/") + "s", start)
        seen: set[str] = set()
        while True:
            page = tree.fromstring(client.get(path).text)
            seen |= set(page.xpath("//article[contains(@class, 'claim')]/@id"))
            later = page.xpath("//a[@rel='next']/@href")
            if not later:
                break
            path = later[0]
        assert len(seen) == 70


def test_a_quarrel_stands_on_the_first_page_once(tmp_path: Path) -> None:
    """Headline and lead of one article against two denials, of two days, are three pairs in the queue and one quarrel."""
    day = date(2023, 1, 11)
    lead = make_article("Moscow: all of the town was taken.", headline="Moscow: the town was taken", published=day)
    denials = [make_article(f"Kyiv denies it, {n} hours on.", published=day, publisher=f"Paper {n}") for n in (1, 2)]
    told = [(lead, words, "Moscow", Polarity.AFFIRMED, n) for n, words in enumerate(lead.text.split("\n\n"))]
    told += [(one, one.text.split("\n\n")[1], "Kyiv", Polarity.DENIED, n) for n, one in enumerate(denials)]
    with ledger.open(str(tmp_path / "a.db"), create=True) as book:
        for article in (lead, *denials):
            claims = tuple(
                make_claim(article, words, actor="Wagner", source=source, polarity=polarity, day=day - timedelta(n))
                for of, words, source, polarity, n in told
                if of is article
            )
            book.add(Capture(article, article.id, AT), claims, name="a", reader="t/1", body=copies.body(article))
        standing.refresh(book.where, clock=lambda: AT)
        service = Service(book, actors.roster(None), DESK, lambda: AT)
        (quarrel,) = disputes.quarrels(service, limit=5)
        assert (quarrel.more, quarrel.least) == (2, False)
        client = client_of(service)
        (link,) = tree.fromstring(client.get("/").text).xpath("//a[contains(., '2 more pairs')]/@href")
        assert len(tree.fromstring(client.get(link).text).xpath("//article[@data-dispute]")) == 3


@pytest.mark.parametrize("page", ["/disputes", "/questions", "/disputes?judged=no"])
def test_what_a_place_is_asked_for_by_name_is_what_its_key_gives(client: TestClient, page: str) -> None:
    more = "&" if "?" in page else "?"
    found = links(client, f"{page}{more}place=Soledar", "/question/")
    assert found == links(client, f"{page}{more}place=geonames:706757", "/question/") != []


def test_the_panel_says_which_answers_are_only_the_last_known(client: TestClient) -> None:
    assert "last known" in client.get(f"{SOLEDAR}?panel=1").text


def test_whom_relations_name_has_a_page_or_no_link(client: TestClient) -> None:
    for path in links(client, "/actors", "/actor/"):
        for other in links(client, path, "/actor/"):
            assert client.get(other).status_code == 200, (path, other)


def test_a_voice_is_asked_for_by_any_name_that_the_roster_has(client: TestClient) -> None:
    whole = links(client, "/search?q=source:%22Institute for the Study of War%22", "/article/")
    assert whole == links(client, "/search?q=source:ISW", "/article/") != []
