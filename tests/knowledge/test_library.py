"""What is said of a topic: the figure of the day, its doubts, its sources, for this person."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_knowledge import FEE, TODAY, SmallKnowledge

from knowledge.library import Library, Profile, choose
from knowledge.schema import Answer, Citizenship, Handover, Level, Topic, When

NOBODY = Profile()
FRENCH = Profile(citizenship=Citizenship.france)
FOREIGN = [Citizenship.other, Citizenship.european_union]
LEVELS = [None, *Level]
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.load()


@pytest.mark.parametrize(
    ("on", "quoted"),
    [
        (date(2026, 1, 1), "134\u00a0$ (2026)"),
        (date(2026, 12, 31), "134\u00a0$ (2026)"),
        (NEW_YEAR, "140,50\u00a0$ (2027)"),
        (date(2031, 5, 5), "140,50\u00a0$ (2027)"),
        (date(2025, 12, 31), "à confirmer"),
    ],
)
def test_the_figure_in_force_that_day_is_quoted_with_its_year(
    small: SmallKnowledge, on: date, quoted: str
) -> None:
    assert f"Le CAQ coûte {quoted}." in small.load().say("caq/fee", NOBODY, on).text


def test_values_may_be_written_in_any_order(small: SmallKnowledge) -> None:
    small.change("figures.yml", "from: 2026-01-01", "from: 2028-01-01")
    assert "140,50\u00a0$" in small.load().say("caq/fee", NOBODY, NEW_YEAR).text
    assert "134\u00a0$" in small.load().say("caq/fee", NOBODY, date(2028, 1, 1)).text


def test_an_official_figure_is_said_without_a_doubt(small: SmallKnowledge) -> None:
    assert small.load().say("caq/fee", NOBODY, TODAY).text == "Le CAQ coûte 134\u00a0$ (2026)."


def test_an_indicative_figure_is_said_to_be_one(small: SmallKnowledge) -> None:
    said = small.load().say("caq/fee", NOBODY, NEW_YEAR)
    assert "À titre indicatif\u00a0: frais du CAQ. Vérifiez à la source" in said.text


def test_a_figure_without_a_value_yet_is_to_be_confirmed(small: SmallKnowledge) -> None:
    said = small.load().say("caq/fee", NOBODY, date(2025, 1, 1))
    assert "À confirmer\u00a0: frais du CAQ." in said.text


def test_a_figure_quoted_twice_is_doubted_once(small: SmallKnowledge) -> None:
    small.change(FEE, "{fee}.", "{fee}, oui {fee}.")
    assert small.load().say("caq/fee", NOBODY, NEW_YEAR).text.count("indicatif") == 1


def test_past_its_review_an_answer_says_that_it_is_being_verified(small: SmallKnowledge) -> None:
    library = small.load()
    hedge = "Cette information est en cours de vérification"
    assert hedge not in library.say("caq/fee", NOBODY, date(2027, 1, 15)).text
    assert hedge in library.say("caq/fee", NOBODY, date(2027, 1, 16)).text


def test_the_source_of_the_figure_of_the_day_is_cited_before_those_of_the_topic(
    small: SmallKnowledge,
) -> None:
    library = small.load()
    before, after = (library.say("caq/fee", NOBODY, on).sources for on in (TODAY, NEW_YEAR))
    assert [source.title for source in before] == ["Demande de CAQ"]
    assert [source.title for source in after] == ["Budget", "Demande de CAQ"]
    assert [source.as_of for source in after] == ["vers 2025", "juin 2026"]


def test_whether_an_adviser_is_offered_is_the_topics_choice(small: SmallKnowledge) -> None:
    library = small.load()
    assert library.say("caq/fee", NOBODY, TODAY).handover is Handover.never
    assert library.say("caq/documents", NOBODY, TODAY).handover is Handover.always


def test_there_is_no_answer_to_a_topic_that_is_not_there(small: SmallKnowledge) -> None:
    with pytest.raises(KeyError):
        small.load().say("caq/weather", NOBODY, TODAY)


def test_a_library_cannot_be_changed(small: SmallKnowledge) -> None:
    library = small.load()
    with pytest.raises(TypeError):
        library.topics["caq/fee"] = library.topics["caq/documents"]  # type: ignore[index]


def a_topic(*whens: When | None) -> Topic:
    return Topic(
        title="Sujet",
        questions=[],
        answers=[Answer(text=str(n), when=when) for n, when in enumerate((*whens, None))],
        sources=["quebec"],
        review_by=TODAY,
    )


FRENCH_ONLY = When(citizenship=[Citizenship.france])
FRENCH_CEGEP = When(citizenship=[Citizenship.france], level=[Level.cegep])


@pytest.mark.parametrize(
    ("when", "profile", "chosen", "missing"),
    [
        (FRENCH_ONLY, FRENCH, "0", None),
        (FRENCH_ONLY, Profile(citizenship=Citizenship.other), "1", None),
        (FRENCH_ONLY, NOBODY, "1", "citizenship"),
        (FRENCH_ONLY, Profile(level=Level.cegep), "1", "citizenship"),
        (FRENCH_CEGEP, Profile(Citizenship.france, Level.cegep), "0", None),
        (FRENCH_CEGEP, Profile(Citizenship.france, Level.graduate), "1", None),
        (FRENCH_CEGEP, FRENCH, "1", "level"),
        (FRENCH_CEGEP, Profile(level=Level.cegep), "1", "citizenship"),
        (FRENCH_CEGEP, Profile(level=Level.graduate), "1", None),
        (FRENCH_CEGEP, Profile(citizenship=Citizenship.other), "1", None),
    ],
)
def test_the_answer_fits_what_is_known_and_only_what_would_change_it_is_asked(
    when: When, profile: Profile, chosen: str, missing: str | None
) -> None:
    answer, asked = choose(a_topic(when), profile)
    assert (answer.text, asked) == (chosen, missing)


def conditional(shipped: Library) -> list[str]:
    return [name for name, topic in shipped.topics.items() if len(topic.answers) > 1]


def for_the_french_only(when: When | None, of: Citizenship) -> bool:
    return when is not None and bool(when.citizenship) and of not in when.citizenship


def test_nobody_who_is_not_french_receives_the_answer_for_the_french(shipped: Library) -> None:
    looked_at = 0
    for topic, of, level in product(shipped.topics.values(), FOREIGN, LEVELS):
        answer, _ = choose(topic, Profile(of, level))
        assert not for_the_french_only(answer.when, of), topic.title
        looked_at += any(for_the_french_only(each.when, of) for each in topic.answers)
    assert looked_at >= 8, "some topics do have an answer for the French only"


def test_who_may_not_be_french_is_asked_before_they_are_told_the_french_rule(
    shipped: Library,
) -> None:
    asked = 0
    for topic, level in product(shipped.topics.values(), LEVELS):
        answer, missing = choose(topic, Profile(level=level))
        assert answer.when is None or not answer.when.citizenship, topic.title
        asked += missing == "citizenship"
    assert asked > 0


_WHENS = st.builds(
    When,
    citizenship=st.lists(st.sampled_from(Citizenship), min_size=1, unique=True),
    level=st.lists(st.sampled_from(Level), unique=True),
)


@given(
    st.lists(_WHENS, max_size=5),
    st.sampled_from([None, *Citizenship]),
    st.sampled_from(LEVELS),
)
def test_no_answer_is_ever_given_to_somebody_it_may_not_be_for(
    whens: list[When], citizenship: Citizenship | None, level: Level | None
) -> None:
    answer, missing = choose(a_topic(*whens), Profile(citizenship, level))
    if answer.when is not None:
        assert citizenship in answer.when.citizenship
        assert not answer.when.level or level in answer.when.level
    if missing is not None:
        assert {"citizenship": citizenship, "level": level}[missing] is None


def test_every_shipped_answer_can_be_said_in_every_profile_on_any_day(shipped: Library) -> None:
    said = 0
    profiles = [Profile(of, level) for of in (None, *Citizenship) for level in LEVELS]
    for name, profile, year in product(shipped.topics, profiles, (2024, 2026, 2030)):
        answer = shipped.say(name, profile, date(year, 12, 31))
        assert answer.text, name
        assert "{" not in answer.text, name
        assert answer.sources, name
        said += 1
    assert said > 1000
    assert len(conditional(shipped)) >= 5
