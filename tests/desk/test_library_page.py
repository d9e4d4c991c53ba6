"""What the assistant knows, as the desk shows it."""

import pytest
from desk_bench import Bench

pytestmark = pytest.mark.asyncio


async def test_the_page_counts_what_is_known_and_what_is_due(bench: Bench) -> None:
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/knowledge")).text
    for words in (
        "Connaissances",
        "275 programmes",
        "À réviser d’ici 60 jours",
        "Par thème",
        "CAQ",
    ):
        assert words in page, words


async def test_words_are_looked_for_and_shown_as_words(bench: Bench) -> None:
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/knowledge?q=logement%20%3Cscript%3E")).text
    assert "Trouver un logement" in page
    assert "<script>" not in page.split("<main", 1)[1]
    assert "logement &lt;script&gt;" in page


async def test_nothing_found_says_so(bench: Bench) -> None:
    _, browser = await bench.adviser()
    page = (await browser.get("/desk/knowledge?q=zzzqqq")).text
    assert "Aucun résultat." in page
