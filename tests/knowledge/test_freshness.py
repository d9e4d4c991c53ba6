"""The lists that keep the knowledge true."""

from datetime import date

from small_knowledge import TODAY, SmallKnowledge

from knowledge.freshness import Review, by_theme, freshness


def test_a_review_is_listed_sixty_days_ahead_soonest_first(small: SmallKnowledge) -> None:
    assert freshness(small.load(), TODAY).reviews == (Review(date(2027, 1, 15), "caq/fee"),)
    later = freshness(small.load(), date(2027, 7, 1)).reviews
    assert next(review.name for review in later) == "caq/fee"
    assert "institutions/garneau" in {review.name for review in later}


def test_a_figure_without_a_value_for_next_year_is_listed(small: SmallKnowledge) -> None:
    assert freshness(small.load(), TODAY).without_next_value == ()
    assert freshness(small.load(), date(2027, 6, 1)).without_next_value == ("fee",)


def test_a_settled_figure_needs_no_next_value(small: SmallKnowledge) -> None:
    small.change("figures.yml", "  unit: cad", "  unit: cad\n  settled: true")
    assert freshness(small.load(), date(2027, 6, 1)).without_next_value == ()


def test_a_figure_to_confirm_is_listed(small: SmallKnowledge) -> None:
    assert freshness(small.load(), TODAY).unconfirmed == ()
    small.change("figures.yml", "certainty: official", "certainty: to_confirm")
    assert freshness(small.load(), TODAY).unconfirmed == ("fee",)


def test_a_topic_without_a_recent_official_source_is_listed(small: SmallKnowledge) -> None:
    assert freshness(small.load(), TODAY).weak == ()
    small.change("sources.yml", 'as_of: "2026-06"', 'as_of: "2019"')
    assert {weak.name for weak in freshness(small.load(), TODAY).weak} == {
        "caq/fee",
        "caq/documents",
    }


def test_links_are_grouped_by_publisher(small: SmallKnowledge) -> None:
    links = freshness(small.load(), TODAY).links
    assert list(links) == ["Collège", "Gouvernement du Québec"]
    assert [source.title for source in links["Collège"]] == ["Budget"]


def test_a_theme_counts_what_it_has_and_its_oldest_page(small: SmallKnowledge) -> None:
    [caq] = by_theme(small.load())
    assert (caq.theme, caq.topics, caq.questions, caq.sources) == ("caq", 2, 30, 1)
    assert caq.oldest == "2026-06"
