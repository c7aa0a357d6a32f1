"""What an analyst does on the pages: with the keyboard, with forms alone, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect
from starlette.datastructures import FormData
from starlette.testclient import TestClient

from tests.faces.web.conftest import Clock, Site, serving
from whosays import actors, ledger
from whosays.errors import Misuse
from whosays.faces import desk
from whosays.faces.privacy import DESK
from whosays.faces.service import Service
from whosays.faces.views import disputes
from whosays.faces.web import correcting, judging
from whosays.nouns import Judgement, Subject, Verdict

AT = datetime(2023, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def service(samples_copy: Path) -> Iterator[Service]:
    """The samples, to be written in."""
    with ledger.open(str(samples_copy)) as book:
        yield Service(book, actors.roster(), DESK, Clock())


@pytest.fixture
def own(service: Service) -> Iterator[Site]:
    """The same, served."""
    with serving(service) as site:
        yield site


@pytest.fixture
def page(browser: Browser, own: Site) -> Iterator[Page]:
    """A browser in which the local analyst is signed in."""
    opened = browser.new_page()
    own.sign_in(opened)
    yield opened
    opened.close()


def test_a_dispute_is_judged_and_undone_by_keys(page: Page, own: Site, service: Service, shots: Path) -> None:
    page.goto(f"{own.base}/disputes")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.wait_for_selector(".judged")
    assert "judged: same" in page.locator(".judged").inner_text()
    assert "analyst" in page.locator(".judged").inner_text()
    page.screenshot(path=shots / "disputes-judged.png")
    (one,) = service.ledger.in_force(about=Subject.DISPUTE).values()
    assert (one.by, one.verdict) == ("analyst", Verdict.SAME)
    page.keyboard.press("z")
    expect(page.locator(".judged")).to_have_count(0)
    assert not service.ledger.in_force(about=Subject.DISPUTE)


def test_a_dispute_is_judged_without_a_script(browser: Browser, own: Site, service: Service) -> None:
    page = browser.new_page(java_script_enabled=False)
    own.sign_in(page)
    page.goto(f"{own.base}/disputes")
    page.get_by_role("button", name="Scope differs").first.click()
    assert page.locator(".judged").first.inner_text().startswith("analyst judged: scope-differs")
    page.get_by_role("button", name="Undo").first.click()
    assert page.locator(".judged").count() == 0
    page.close()


def test_the_queue_shows_what_was_judged_or_was_not(page: Page, own: Site) -> None:
    page.goto(f"{own.base}/disputes")
    page.keyboard.press("j")
    page.keyboard.press("d")
    page.wait_for_selector(".judged")
    own_id = page.locator(".dispute:has(.judged)").get_attribute("id")
    page.goto(f"{own.base}/disputes?judged=yes")
    assert [one.get_attribute("id") for one in page.locator(".dispute").all()] == [own_id]
    page.goto(f"{own.base}/disputes?judged=no")
    assert own_id not in [one.get_attribute("id") for one in page.locator(".dispute").all()]


def test_what_was_judged_to_be_no_dispute_can_be_taken_back(service: Service) -> None:
    """Once weighed it is in no queue: it would be out of reach but for this list."""
    listed = disputes.found(service).items
    ids = sorted(side.said.claim.id for side in listed[0].sides)
    verdict = Judgement(about=Subject.DISPUTE, subjects=tuple(ids), verdict=Verdict.DIFFERENT, by="analyst", at=AT)
    service.ledger.judge(verdict, known=None)
    assert judging.apart(service, listed) == []
    ((one, said),) = judging.apart(service, listed[1:])
    assert (one.verdict, sorted(each.claim.id for each in said)) == (Verdict.DIFFERENT, ids)


def test_a_claim_is_accepted_then_corrected_by_keys(page: Page, own: Site, service: Service, shots: Path) -> None:
    page.goto(f"{own.base}/articles")
    page.goto(own.base + str(page.locator('main a[href^="/article/"]').first.get_attribute("href")))
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector(".judged")
    claim = str(page.locator(".claim:has(.judged)").get_attribute("id")).removeprefix("c-")
    assert service.ledger.in_force([claim])[claim].verdict is Verdict.ACCEPTED
    page.keyboard.press("j")
    page.keyboard.press("e")
    form = page.locator("details.correct[open] form")
    page.screenshot(path=shots / "article-correct.png")
    form.get_by_label("Modality").select_option("possible")
    subject = str(form.locator('input[name="subject"]').get_attribute("value"))
    form.get_by_role("button", name="Correct it").click()
    page.wait_for_url(f"**#c-{subject}")
    judged = service.ledger.in_force([subject])[subject]
    assert judged.verdict is Verdict.CORRECTED
    assert dict(judged.fields) == {"modality": "possible"}
    assert service.ledger.claim(subject).claim.modality == "possible"


def test_after_a_rejection_one_goes_on_from_where_one_was(page: Page, own: Site) -> None:
    page.goto(f"{own.base}/article/a40602bd86fa448e")
    claims = page.locator(".numbered .claim")
    second, third = (claims.nth(n).get_attribute("id") for n in (1, 2))
    status, ready = page.locator("#status"), page.locator(".keys-hint")
    for _ in range(2):
        page.keyboard.press("j")
    page.keyboard.press("r")
    page.wait_for_selector(".rejected .judged")
    expect(ready).to_be_visible()
    page.keyboard.press("j")
    assert status.inner_text().startswith("Claim 2 of")
    assert claims.nth(1).get_attribute("id") == third
    page.reload()
    page.keyboard.press("k")
    assert status.inner_text().startswith("Claim 1 of")
    page.reload()
    page.keyboard.press("z")
    expect(claims.nth(1)).to_have_attribute("id", str(second))
    expect(ready).to_be_visible()
    page.keyboard.press("j")
    assert status.inner_text().startswith("Claim 3 of")


def test_a_place_is_merged_into_another(page: Page, own: Site, service: Service) -> None:
    page.goto(f"{own.base}/place/geonames:713174")
    page.locator("details.merge summary").click()
    page.get_by_label("Key of the other").fill("geonames:706757")
    page.get_by_role("button", name="Merge").click()
    page.wait_for_load_state()
    assert service.ledger.in_force(about=Subject.PLACE)["geonames:713174"].subjects[-1] == "geonames:706757"


def test_what_it_is_merged_into_may_be_named(page: Page, own: Site, service: Service) -> None:
    page.goto(f"{own.base}/place/geonames:713174")
    page.locator("details.merge summary").click()
    page.get_by_label("Name or key of the other").fill("soledar")
    page.get_by_role("button", name="Merge").click()
    page.wait_for_load_state()
    assert service.ledger.in_force(about=Subject.PLACE)["geonames:713174"].subjects[-1] == "geonames:706757"


def test_no_merge_is_offered_of_what_only_words_name(page: Page, own: Site) -> None:
    page.goto(f"{own.base}/place/prepared%20positions")
    assert page.locator("details.merge").count() == 0
    assert "cannot be merged" in page.inner_text("main")


def test_axe_finds_nothing_serious_where_one_judges(page: Page, own: Site, axe: str) -> None:
    for path in ("/disputes", "/articles"):
        page.goto(own.base + path)
        if path == "/articles":
            page.goto(own.base + str(page.locator('main a[href^="/article/"]').first.get_attribute("href")))
            page.keyboard.press("j")
            page.keyboard.press("e")
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
        assert not grave


def test_a_stranger_sees_no_form_and_is_sent_to_sign_in(service: Service) -> None:
    from whosays.faces import desk as desks
    from whosays.faces import server

    desk = desks.open(":memory:", source=desks.Source(Clock()))
    headers = {"Origin": desk.door.address, "Sec-Fetch-Site": "same-origin"}
    client = TestClient(server.app(service, desk), base_url=desk.door.address, headers=headers, follow_redirects=False)
    assert "/judge" not in client.get("/disputes").text
    answer = client.post("/judge", data={"about": "claim", "subject": "x", "verdict": "accepted"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
    assert not service.ledger.in_force()
    asked = "/correct/50%25%3Fx?a=b%26c&d=%25"
    (back,) = parse_qs(urlsplit(client.get(asked).headers["location"]).query)["next"]
    assert back == asked, "who has signed in goes on to what he asked for"


def test_a_form_that_is_not_ours_changes_nothing(page: Page, own: Site, service: Service) -> None:
    page.goto(f"{own.base}/disputes")
    page.evaluate("document.querySelectorAll('input[name=csrf]').forEach(one => { one.value = 'forged'; })")
    page.get_by_role("button", name="Same").first.click()
    assert "not ours" in page.locator("main").inner_text()
    assert not service.ledger.in_force(about=Subject.DISPUTE)


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https://evil.example", "", "javascript:x", "/a\nb"]
)
def test_one_goes_on_to_a_page_of_ours_only(target: str) -> None:
    assert desk.own_page(target) == "/"


@given(st.dictionaries(st.sampled_from(["actor", "cue", "who"]), st.text(max_size=5), min_size=1))
def test_only_what_differs_is_a_correction(changed: dict[str, str]) -> None:
    fields = {f"was.{name}": "as it was" for name in changed}
    fields |= {f"fix.{name}": words for name, words in changed.items()}
    found = correcting.fields(FormData(fields))
    assert found == {name: words.strip() or None for name, words in changed.items()}


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("count", "12, ", (12, None)),
        ("time", ", 2023-01-11", (None, "2023-01-11")),
        ("via", "Meridian, State TV", ("Meridian", "State TV")),
        ("via", "", ()),
        ("actor", "", None),
    ],
)
def test_values_are_as_the_ledger_takes_them(name: str, words: str, expected: object) -> None:
    assert correcting.value(name, words) == expected


@pytest.mark.parametrize(("name", "words"), [("count", "12"), ("count", "a, b"), ("time", "2023-01-11")])
def test_values_that_cannot_be_are_told(name: str, words: str) -> None:
    with pytest.raises(Misuse, match=name):
        correcting.value(name, words)


def test_an_unchanged_form_is_no_correction() -> None:
    with pytest.raises(Misuse, match="accept"):
        judging.judgement(
            FormData({"about": "claim", "verdict": "corrected", "fix.cue": "said", "was.cue": "said"}), by="a", at=AT
        )
