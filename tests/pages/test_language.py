"""Which language a page is in; short English is not taken for anything else."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from whosays.nouns import Refusal
from whosays.pages import read
from whosays.pages.language import identify

OTHERS = {
    "de": "Die Armee teilte am Mittwoch mit, sie habe die Stadt nach vier Tagen eingenommen. Beobachter bestritten das.",
    "fr": "L'armée a déclaré mercredi avoir pris la ville après quatre jours de combats. Des observateurs le démentent.",
    "es": "El ejército dijo el miércoles que había tomado la ciudad tras cuatro días de combates, algo que otros niegan.",
    "ru": "Армия заявила в среду, что взяла город после четырёх дней боёв. Наблюдатели это отрицают.",
    "uk": "Армія заявила в середу, що взяла місто після чотирьох днів боїв. Спостерігачі це заперечують.",
    "ar": "قال الجيش يوم الأربعاء إنه سيطر على المدينة بعد أربعة أيام من القتال، ونفى مراقبون ذلك.",
}
SHORT = (
    "Army takes Raqqa.",
    "Syria: 12 killed in Idlib",
    "Houthi drone hits Jizan",
    "Clashes in Tal Abyad.",
    "IS enters Palmyra",
)


@pytest.mark.parametrize(("language", "text"), OTHERS.items())
def test_other_languages_are_refused(language: str, text: str) -> None:
    assert identify(text * 3) == language
    refusal = read((text * 3).encode())
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "language"
    assert f"`{language}`" in refusal.detail


@pytest.mark.parametrize("text", SHORT)
def test_short_english_is_english(text: str) -> None:
    assert identify(text) == "en"


def test_a_short_text_is_what_the_page_declares() -> None:
    assert identify("Mossul", "de-DE") == "de"
    assert identify("", "fr") == "fr"
    assert identify("") == "und"


def test_news_in_english_is_english(shared: Path) -> None:
    """Share of FA-KES articles (short, bad punctuation, full of names) that are taken for English."""
    paths = sorted((shared / "data" / "fakes").glob("*.jsonl*"))
    opener = gzip.open if paths[0].suffix == ".gz" else open
    with opener(paths[0], "rt", encoding="utf-8") as rows:
        texts = [
            str(row.get("text") or row.get("content") or row.get("article_content") or "")
            for row in map(json.loads, rows)
        ]
    texts = [text for text in texts if len(text) > 40]
    assert len(texts) > 100
    assert sum(identify(text) == "en" for text in texts) / len(texts) == 1
    assert sum(identify(text[:60]) == "en" for text in texts) / len(texts) > 0.98
