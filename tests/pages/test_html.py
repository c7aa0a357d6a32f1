# ruff: noqa: E501 (pages are easier to read unbroken)
"""HTML pages, read part by part."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from whosays.nouns import Article, Meta, PartKind
from whosays.pages import read

LEAD = "DAMASCUS, Nov. 8 (Xinhua) -- The army said on Wednesday that it had taken the town of Sarmin from the rebels."
SECOND = "A monitor based in London said that it was not true and that the fighting went on in the streets of the town."
THIRD = "The rebels denied that they had left the town, and said that they would hold it for as long as they could."
LINKED = '{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],"headline":"Army says it has taken Sarmin","datePublished":"2017-11-08T18:22:00+02:00","dateModified":"2017-11-09T08:00:00Z","author":[{"@type":"Person","name":"Ann Lee"},{"@type":"Person","name":"Omar al-Said"}],"publisher":{"@type":"Organization","name":"The Daily Example"},"inLanguage":"en"}]}'
PAGE = f"""<!doctype html><html lang="en"><head><title>Army says it has taken Sarmin | The Daily Example</title>
<link rel="canonical" href="/2017/sarmin"><meta property="og:description" content="A monitor says that it is not true">
<script type="application/ld+json">{LINKED}</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World news of the day</a></li></ul></nav>
<article><h1>Army says it has taken Sarmin</h1>
<p class="standfirst">A monitor says that it is not true</p>
<p class="byline">By Ann Lee and Omar al-Said</p><time datetime="2017-11-08T18:22:00+02:00">8 November 2017</time>
<figure><img src="x.jpg"><figcaption>Fighters ride a truck through Sarmin in May. <span class="credit">REUTERS/Stringer</span></figcaption></figure>
<p>{LEAD}</p><p>{SECOND}</p><h2>What the rebels say</h2><blockquote><p>{THIRD}</p></blockquote>
<ul><li>Four fighters were killed in the east of the town, the army said.</li><li>Nine were wounded in the north of the town, it said.</li></ul>
<table><tr><th>Side</th><th>Claimed losses</th></tr><tr><td>The army of the government</td><td>4 fighters killed</td></tr></table>
<p>This story has been corrected to say that the monitor is based in London.</p>
<p>(Reporting by Ann Lee in Beirut; Editing by Tom Poe)</p></article>
<footer><p>Copyright of nobody. Terms of use and other things.</p></footer></body></html>"""


def article(page: str | bytes, meta: Meta | None = None) -> Article:
    found = read(page if isinstance(page, bytes) else page.encode(), meta)
    assert isinstance(found, Article), found
    return found


def words(found: Article, kind: PartKind) -> list[str]:
    return [span.of(found.text) for span in found.spans(kind)]


def test_parts_in_page_order() -> None:
    found = article(PAGE, Meta(url="https://example.org/a?utm=1"))
    assert [(part.kind.value, part.span.of(found.text)[:22]) for part in found.parts] == [
        ("headline", "Army says it has taken"),
        ("standfirst", "A monitor says that it"),
        ("byline", "By Ann Lee and Omar al"),
        ("date", "8 November 2017"),
        ("caption", "Fighters ride a truck "),
        ("credit", "REUTERS/Stringer"),
        ("paragraph", LEAD[:22]),
        ("dateline", LEAD[:22]),
        ("paragraph", SECOND[:22]),
        ("subheading", "What the rebels say"),
        ("paragraph", THIRD[:22]),
        ("paragraph", "Four fighters were kil"),
        ("paragraph", "Nine were wounded in t"),
        ("paragraph", "Side | Claimed losses"),
        ("paragraph", "The army of the govern"),
        ("correction", "This story has been co"),
        ("credit", "(Reporting by Ann Lee "),
    ]
    assert "Home" not in found.text
    assert "Copyright" not in found.text


def test_what_the_page_says_of_itself() -> None:
    found = article(PAGE, Meta(url="https://example.org/a?utm=1"))
    assert found.url == "https://example.org/2017/sarmin"
    assert found.byline == ("Ann Lee", "Omar al-Said")
    assert found.publisher == "The Daily Example"
    assert found.published_at == datetime(2017, 11, 8, 18, 22, tzinfo=timezone(timedelta(hours=2)))
    assert found.modified_at == datetime(2017, 11, 9, 8, tzinfo=UTC)
    assert found.published == date(2017, 11, 8)
    assert found.dateline is not None
    assert (found.dateline.place, found.agency) == ("Damascus", "Xinhua")
    assert [(credit.role, credit.person, credit.place) for credit in found.credits] == [
        ("reporting", "Ann Lee", "Beirut"),
        ("editing", "Tom Poe", None),
    ]
    assert found.notes == ()


def test_text_is_its_parts_joined_by_blank_lines() -> None:
    found = article(PAGE)
    pieces = [part.span.of(found.text) for part in found.parts if part.kind is not PartKind.DATELINE]
    assert found.text == "\n\n".join(pieces)


@pytest.mark.parametrize(
    ("script", "day"),
    [
        ('{"@type":"NewsArticle","datePublished":"2017-11-08",}', date(2017, 11, 8)),
        ('<!-- [{"@type":"Article","datePublished":"2017-11-08T10:00:00Z"}] -->', date(2017, 11, 8)),
        ('{"@type":"NewsArticle","headline":"A "broken" one","datePublished":"2017-11-08"', date(2017, 11, 8)),
        ('{"@type":"NewsArticle","datePublished":["2017-11-08"],"author":null}', date(2017, 11, 8)),
        ('"no object"', None),
        ('{"@type":7,"headline":{"a":[1]},"datePublished":17}', None),
    ],
)
def test_json_ld_of_all_kinds(script: str, day: date | None) -> None:
    page = f'<html><head><script type="application/ld+json">{script}</script></head><body><h1>Army says it has taken Sarmin</h1><p>{LEAD}</p><p>{SECOND}</p></body></html>'
    assert article(page).published_on_page == day


def test_the_callers_date_is_in_force_and_the_pages_is_kept() -> None:
    found = article(PAGE, Meta(published=date(2017, 11, 10)))
    assert (found.published, found.published_on_page) == (date(2017, 11, 10), date(2017, 11, 8))


def test_a_caption_shown_twice_counts_once() -> None:
    figure = "<figure><figcaption>Fighters ride a truck through Sarmin{}</figcaption></figure>"
    page = f"<html><body><h1>Army says it has taken Sarmin</h1>{figure.format('')}{figure.format(', Syria, in May. REUTERS/Stringer')}<p>{LEAD}</p><p>{SECOND}</p></body></html>"
    found = article(page)
    assert words(found, PartKind.CAPTION) == ["Fighters ride a truck through Sarmin, Syria, in May. REUTERS/Stringer"]
    assert words(found, PartKind.OTHER) == ["Fighters ride a truck through Sarmin"]


def test_comments_come_last_and_are_no_body() -> None:
    thread = (
        '<ol class="commentlist"><li class="comment" id="comment-1"><cite class="fn">Ann</cite><p>They took it and nobody can say that it is not so.</p>'
        '<ul class="children"><li class="comment" id="comment-2"><cite class="fn">Bob</cite><p>That is what you think, the monitor knows better than that.</p></li></ul></li></ol>'
    )
    found = article(PAGE.replace("</article>", f"</article><div id='comments'>{thread}</div>"))
    assert [(one.id, one.author, one.parent, one.depth) for one in found.comments] == [
        ("k1", "Ann", None, 0),
        ("k2", "Bob", "k1", 1),
    ]
    assert [one.span.of(found.text) for one in found.comments] == [one.text for one in found.comments]
    assert [part.kind for part in found.parts[-2:]] == [PartKind.COMMENT] * 2
    assert article(PAGE).id == found.id


def test_live_blog() -> None:
    posts = "".join(
        f'<div class="live-post"><div class="live-post-header"><time datetime="2017-11-08T{hour}:00:00Z">{hour}:00</time></div><p>{text}</p></div>'
        for hour, text in (("14", LEAD), ("13", SECOND), ("12", THIRD))
    )
    page = f'<html><head><script type="application/ld+json">{{"@type":"LiveBlogPosting","headline":"Battle for Sarmin"}}</script></head><body><article><h1>Battle for Sarmin</h1>{posts}</article></body></html>'
    entries = [part.at for part in article(page).parts if part.kind is PartKind.ENTRY]
    assert entries == [datetime(2017, 11, 8, hour, tzinfo=UTC) for hour in (14, 13, 12)]


def test_right_to_left_text_is_kept() -> None:
    arabic = "قال الجيش إنه سيطر على بلدة سرمين يوم الأربعاء بعد معارك استمرت أربعة أيام مع المعارضة في ريف إدلب"
    page = f'<html lang="ar" dir="rtl"><body><h1>الجيش يسيطر على بلدة سرمين</h1><p>{arabic}</p><p>{arabic} شمال البلاد.</p></body></html>'
    found = read(page.encode(), languages=("ar",))
    assert isinstance(found, Article)
    assert found.language == "ar"
    assert arabic in found.text


@pytest.mark.parametrize("year", ["0001-01-01T00:00:00", "1753-01-01T00:00:00Z", "9999-12-31T23:59:59+00:00"])
def test_the_defaults_of_software_are_no_dates(year: str) -> None:
    linked = LINKED.replace("2017-11-08T18:22:00+02:00", year).replace("2017-11-09T08:00:00Z", year)
    bare = PAGE.replace(LINKED, linked).replace('<time datetime="2017-11-08T18:22:00+02:00">8 November 2017</time>', "")
    found = article(bare)
    assert (found.published, found.published_at, found.modified_at) == (None, None, None)
    assert f"no date of publication: {year}" in found.notes
    assert article(PAGE.replace(LINKED, linked)).published == date(2017, 11, 8)


@pytest.mark.parametrize("mark", ['span class="photo-credit"', 'div class="image-source"', 'small class="credit"'])
def test_what_a_page_marks_as_credit_within_a_caption_is_its_own_part(mark: str) -> None:
    credit = f"<{mark}>Meridian Pictures</{mark.split()[0]}>"
    found = article(PAGE.replace('<span class="credit">REUTERS/Stringer</span>', credit))
    assert "Meridian Pictures" in words(found, PartKind.CREDIT)
    assert words(found, PartKind.CAPTION) == ["Fighters ride a truck through Sarmin in May."]


def test_a_caption_whose_box_is_named_for_the_credit_is_a_caption() -> None:
    found = article(
        PAGE.replace("<figcaption>", '<figcaption class="image-credit">').replace(
            '<span class="credit">REUTERS/Stringer</span>', ""
        )
    )
    assert words(found, PartKind.CAPTION) == ["Fighters ride a truck through Sarmin in May."]
