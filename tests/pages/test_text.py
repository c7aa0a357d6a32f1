"""Plain text as crawlers print it, read part by part."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from whosays.nouns import Article, Meta, PartKind
from whosays.pages import read

STORY = """Army says it has taken Sarmin

Fighters ride a truck through Sarmin
Fighters ride a truck through Sarmin, Syria May 3, 2015. REUTERS/Stringer

May 4, 2015

By Ann Lee and Omar al-Said

BEIRUT, May 4 (Reuters) - The army said on Monday that it had taken the town of Sarmin from the rebels.

A monitor said that it was not true.

What the monitor says

"The fighting goes on in the streets," it said.

Correction: An earlier version of this article gave the wrong day.

(Reporting by Ann Lee in Beirut; Editing by Tom Poe)
"""


def article(text: str | bytes, meta: Meta | None = None) -> Article:
    found = read(text if isinstance(text, bytes) else text.encode(), meta)
    assert isinstance(found, Article), found
    return found


def words(found: Article, kind: PartKind) -> list[str]:
    return [span.of(found.text) for span in found.spans(kind)]


def test_albu_kamal(shared: Path) -> None:
    raw = (shared / "gold" / "dev" / "albu-kamal.txt").read_bytes()
    found = article(raw)
    assert found.text == raw.decode()
    assert found.headline == "Syrian army, allies, take last IS stronghold in Syria: commander"
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.agency, found.agency) == ("Beirut", "Reuters", "Reuters")
    assert found.dateline.span.of(found.text) == "BEIRUT (Reuters) –"
    assert found.published == found.published_on_page == date(2017, 11, 8)
    assert found.byline == ("Laila Bassam", "Angus McDowall")
    assert [(credit.role, credit.place) for credit in found.credits] == [
        *[("reporting", "Beirut")] * 3,
        ("reporting", "Baghdad"),
        ("reporting", "Erbil"),
        ("editing", None),
    ]
    (caption,) = words(found, PartKind.CAPTION)
    assert caption.endswith("Iraq November 3, 2017. REUTERS/Stringer")
    assert len(words(found, PartKind.PARAGRAPH)) == 21
    authors = {comment.id: comment.author for comment in found.comments}
    tree = [(comment.author, authors.get(comment.parent or "")) for comment in found.comments]
    assert tree == [
        ("scottincary", None),
        ("Comanche457", None),
        ("Ed L", None),
        ("JakeXIII", "Ed L"),
        ("Henry McKay", None),
        ("Tado", None),
        ("Varangian Guard", "Tado"),
        ("Tado", "Varangian Guard"),
        ("Tado", "Varangian Guard"),
        ("TexanForever", "Tado"),
        ("JimmyZ", "Varangian Guard"),
    ]
    assert [comment.depth for comment in found.comments] == [0, 0, 0, 1, 0, 0, 1, 2, 2, 3, 2]
    assert found.comments[9].parent == found.comments[8].id
    assert found.comments[5].text.startswith("They will return.\nISIS will return")


def test_all_gold_pages_keep_their_text(shared: Path) -> None:
    for path in sorted((shared / "gold" / "dev").glob("*.txt")):
        found = article(path.read_bytes())
        assert found.text == path.read_bytes().decode()
        kept = sum(len(one) for kind in PartKind if kind is not PartKind.DATELINE for one in words(found, kind))
        authors = sum(len(comment.author or "") + 2 for comment in found.comments)
        assert kept + authors > 0.9 * len("".join(found.text.split()))


def test_pages_without_headline_begin_with_a_paragraph(shared: Path) -> None:
    for name in ("ecb-41_1ecb", "ecb-41_2ecb", "ecb-41_5ecb", "ecb-41_7ecb"):
        found = article((shared / "gold" / "dev" / f"{name}.txt").read_bytes())
        assert found.headline is None
        assert {part.kind for part in found.parts} == {PartKind.PARAGRAPH}


def test_parts_of_a_story() -> None:
    found = article(STORY)
    assert [(part.kind.value, part.span.of(found.text)[:24]) for part in found.parts] == [
        ("headline", "Army says it has taken S"),
        ("other", "Fighters ride a truck th"),
        ("caption", "Fighters ride a truck th"),
        ("date", "May 4, 2015"),
        ("byline", "By Ann Lee and Omar al-S"),
        ("paragraph", "BEIRUT, May 4 (Reuters) "),
        ("dateline", "BEIRUT, May 4 (Reuters) "),
        ("paragraph", "A monitor said that it w"),
        ("subheading", "What the monitor says"),
        ("paragraph", '"The fighting goes on in'),
        ("correction", "Correction: An earlier v"),
        ("credit", "(Reporting by Ann Lee in"),
    ]
    assert found.byline == ("Ann Lee", "Omar al-Said")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_move_offsets_but_not_parts(ends: str) -> None:
    plain, other = article(STORY), article(STORY.replace("\n", ends))
    assert other.text == STORY.replace("\n", ends)
    assert [part.kind for part in other.parts] == [part.kind for part in plain.parts]
    assert [part.span.of(other.text) for part in other.parts] == [part.span.of(plain.text) for part in plain.parts]
    assert other.id == plain.id


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert article(b"\xef\xbb\xbf" + STORY.encode()).text == STORY


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The army said on Monday that it had taken the town of Sarmin from\n"
        "the rebels after four days of fighting, while a monitor said that\n"
        "it was not true.\n\nA second paragraph says that the fighting goes on.\n"
    )
    assert len(words(article(wrapped), PartKind.PARAGRAPH)) == 2


def test_one_paragraph_per_line_needs_no_blank_lines() -> None:
    lines = ["The army said that it had taken the town.", "A monitor said that it was not true.", "Fighting goes on."]
    assert words(article("\n".join(lines)), PartKind.PARAGRAPH) == lines


def test_a_list_in_the_article_is_no_thread() -> None:
    listed = "The army said three things.\n\n- It had taken the town.\n- It would stay.\n- It lost nobody.\n\nNobody else was there."
    found = article(listed)
    assert found.comments == ()
    assert "It had taken the town." in words(found, PartKind.PARAGRAPH)


def test_comments_of_several_paragraphs_with_lists_and_times() -> None:
    thread = (
        "The army said on Monday that it had taken the town of Sarmin.\n\nThe fighting goes on.\n\n2 Comments\n\n"
        "* Ann Lee • May 5, 2015 at 3:12 pm GMT\n\n  First words.\n\n  Second words:\n  - one\n  - two\n\n"
        "  * Bob says:\n\n    A reply.\n"
    )
    found = article(thread)
    first, second = found.comments
    assert (first.author, first.at) == ("Ann Lee", datetime(2015, 5, 5, 15, 12, tzinfo=UTC))
    assert first.text == "First words.\n\nSecond words:\n- one\n- two"
    assert (second.author, second.text, second.parent, second.depth) == ("Bob", "A reply.", "k1", 1)
    assert found.parts[-3].kind is PartKind.OTHER


def test_live_blog_posts_have_times() -> None:
    live = (
        "Battle for Sarmin: live updates\n\nMay 4, 2015\n\n14:32 GMT\nThe army says that it has taken the town.\n\n"
        "13:05 GMT – Monitor denies\nThe monitor says that it is not true.\n"
    )
    entries = [part for part in article(live).parts if part.kind is PartKind.ENTRY]
    assert [part.at for part in entries] == [
        datetime(2015, 5, 4, 14, 32, tzinfo=UTC),
        datetime(2015, 5, 4, 13, 5, tzinfo=UTC),
    ]


BODY = (
    "Army takes Sarmin\n\nMay 4, 2015\n\nThe army said on Monday that it had taken the town of Sarmin from the rebels.\n\n"
    "A monitor said that twelve people were killed in the fighting on Sunday.\n\n"
)
HEADINGS = [
    "Comments (4)", "4 Comments", "Comments:", "COMMENTS", "Reader comments", "Readers' comments", "Discussion",
    "Leave a comment", "Join the conversation", "Responses", "2 responses", "What readers say", "## Comments", "--- Comments ---",
]  # fmt: skip
LAYOUTS = {
    "bullets": "* tesfa: Nobody won there, I was in town.\n* abebe: They killed 40 people.\n",
    "dashes": "- tesfa: Nobody won there, I was in town.\n- abebe: They killed 40 people.\n",
    "says": "tesfa says:\nNobody won there, I was in town.\n\nabebe says:\nThey killed 40 people.\n",
    "wrote": "tesfa wrote: Nobody won there, I was in town.\n\nabebe wrote: They killed 40 people.\n",
    "numbers": "1. tesfa wrote: Nobody won there, I was in town.\n2. abebe wrote: They killed 40 people.\n",
    "ago": "tesfa / 2 hours ago\nNobody won there, I was in town.\n\nabebe / 1 hour ago\nThey killed 40 people.\n",
    "dates": "tesfa | March 3, 2021\nNobody won there, I was in town.\n\nabebe | March 4, 2021\nThey killed 40 people.\n",
    "hours": "tesfa · 3h\nNobody won there, I was in town.\n\nabebe · 2h\nThey killed 40 people.\n",
    "arrows": "> tesfa wrote: Nobody won there, I was in town.\n>> abebe wrote: They killed 40 people.\n",
    "hooks": "* tesfa: Nobody won there, I was in town.\n  ↳ abebe: They killed 40 people.\n",
    "indented": "* tesfa: Nobody won there, I was in town.\n  * abebe: They killed 40 people.\n",
}
HEADED_ONLY = {
    "alone": "tesfa\nNobody won there, I was in town.\n\nabebe\nThey killed 40 people.\n",
    "labels": "tesfa: Nobody won there, I was in town.\nabebe: They killed 40 people.\n",
}
OWN = frozenset(PartKind) - {PartKind.COMMENT, PartKind.OTHER}


def own_words(found: Article) -> str:
    return "\n".join(span.of(found.text) for span in found.spans(*OWN))


def check_comments(found: Article) -> None:
    assert [comment.author for comment in found.comments] == ["tesfa", "abebe"]
    assert [comment.text for comment in found.comments] == [
        "Nobody won there, I was in town.",
        "They killed 40 people.",
    ]
    assert all(comment.span.of(found.text) == comment.text for comment in found.comments)
    said = own_words(found)
    assert "Nobody won" not in said
    assert "40 people" not in said
    assert "twelve people were killed" in said


@pytest.mark.parametrize("layout", LAYOUTS)
def test_comments_at_the_end_need_no_heading(layout: str) -> None:
    found = article(BODY + LAYOUTS[layout])
    check_comments(found)
    nested = layout in ("arrows", "hooks", "indented")
    assert [comment.parent for comment in found.comments] == [None, "k1" if nested else None]


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("layout", [*LAYOUTS, *HEADED_ONLY])
def test_comments_below_a_heading_in_any_layout(heading: str, layout: str) -> None:
    text = (
        f"{BODY}{heading}\n\n{(LAYOUTS | HEADED_ONLY)[layout]}\n(Reporting by Ann Lee in Beirut)\n\n© 2015 The Times\n"
    )
    found = article(text)
    check_comments(found)
    assert "Ann Lee" not in own_words(found)


def test_comments_below_a_heading_in_no_known_layout_are_nobodys_words() -> None:
    found = article(f"{BODY}Comments (2)\n\nAll of it is a lie.\n\nThey killed 40 people.\n")
    assert found.comments == ()
    assert "40 people" not in own_words(found)
    assert "twelve people were killed" in own_words(found)


def test_times_after_names_are_read() -> None:
    found = article(BODY + LAYOUTS["dates"].replace("2021", "2021 10:15 GMT"))
    assert [comment.at for comment in found.comments] == [
        datetime(2021, 3, 3, 10, 15, tzinfo=UTC),
        datetime(2021, 3, 4, 10, 15, tzinfo=UTC),
    ]


PROSE = (
    "The ministry said in a statement on Tuesday that its troops had entered the town from the south, and that three of its "
    "soldiers were killed there on the road.\n\n"
)


@pytest.mark.parametrize(
    "listed",
    [
        "- Sarmin: army in the centre\n- Idlib: twelve killed\n- Aleppo: quiet\n",
        "Key points:\n\n* Army: We hold the town\n* Rebels: You do not\n",
        "Minister: Why would we leave?\n\nReporter: What about your losses?\n\nMinister: I know of none.\n",
        "- Minister: Why would we leave?\n- Reporter: What about your losses?\n- Minister: I know of none.\n",
        "- Khan: Why would we leave?\n- Lee: What about your losses?\n- Khan: I know of none.\n",
        "1. Ceasefire: an end to all shelling\n2. Prisoners: an exchange of all\n3. Aid: a road to the town\n",
        "1. An end to all shelling.\n2. An exchange of prisoners.\n",
        'The army wrote: "We hold the town."\n\nThe rebels wrote: "They do not."\n',
        'Khan said: "We hold the town."\n\nLee said: "They do not."\n',
    ],
)
@pytest.mark.parametrize("place", ["top", "middle", "end"])
def test_lists_and_speech_in_the_article_stay(listed: str, place: str) -> None:
    pieces = {"top": [listed, BODY, PROSE], "middle": [BODY, listed, PROSE], "end": [BODY, PROSE, listed]}[place]
    found = article("\n".join(pieces))
    assert found.comments == ()
    said = own_words(found)
    lines = [line.lstrip("-* ") for line in listed.splitlines() if line.strip()]
    assert not [line for line in lines if line not in said]
    assert "three of its soldiers were killed" in said


@pytest.mark.parametrize(
    "heading", ["Comments", "Comments (4)", "Discussion", "Leave a comment", "Responses", "Comment"]
)
@pytest.mark.parametrize("place", ["top", "middle"])
def test_prose_below_a_heading_stays(heading: str, place: str) -> None:
    before = "Army takes Sarmin\n\n" if place == "top" else BODY
    days = ("Monday", "Sunday", "Friday")
    found = article(f"{before}{heading}\n\n" + "".join(f"On {day}: {PROSE}" for day in days))
    assert found.comments == ()
    assert own_words(found).count("three of its soldiers were killed") == 3


def test_a_byline_with_a_date_opens_no_run() -> None:
    found = article(f"Army takes Sarmin\n\nAnn Lee | May 4, 2015\n\n{PROSE}Bob Poe | May 5, 2015\n\n{PROSE}")
    assert found.comments == ()


@pytest.mark.slow
def test_many_headings_cost_little() -> None:
    found = article(BODY + "Comments\n\n" + "Leave a comment\n\n" * 20_000 + PROSE)
    assert "twelve people were killed" in own_words(found)


def test_a_dateline_with_a_year_dates_the_page() -> None:
    story = "Army takes the town of Sarmin\n\nBEIRUT, May 4, 2015 (Reuters) - The army said it had taken the town.\n"
    assert article(story).published == date(2015, 5, 4)
    assert article(story.replace(", 2015", "")).published is None


@pytest.mark.parametrize(
    "line",
    ["Lakes Monitor, 16 February 2025", "Bamako Wire | Sunday, February 16, 2025", "The Ledger of Goma — Feb 16, 2025"],
)
def test_a_date_beside_the_outlet(line: str) -> None:
    story = f"Rebels enter Bukavu\n{line}\n\nGOMA, DR Congo (LMN) — Rebels entered Bukavu on Friday, residents said."
    found = article(story)
    assert found.published == date(2025, 2, 16)
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.agency) == ("Goma", "LMN")


def test_a_sentence_that_ends_in_a_date_is_prose() -> None:
    story = "Rebels enter Bukavu\n\nThe Army of Goma, which rebels took on 16 February 2025\n\nIt denied that."
    assert article(story).published is None
