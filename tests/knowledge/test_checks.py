"""Each check a curator needs, seen to refuse a broken file with its path and a sentence."""

from datetime import date
from pathlib import Path

import pytest
from small_knowledge import FEE, QUESTIONS, TODAY, SmallKnowledge

from bot.commands.knowledge import held_out_sentences
from knowledge.checks import check
from knowledge.files import Problem, Severity
from knowledge.library import FOLDER

DOCUMENTS = "topics/caq/documents.yml"


def sentences(problems: list[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


def errors(problems: list[Problem]) -> list[str]:
    """Without what is only due: a file that cannot be read quotes no figure."""
    return sentences([problem for problem in problems if problem.severity is Severity.error])


def test_the_small_knowledge_of_these_tests_is_sound(small: SmallKnowledge) -> None:
    assert small.check() == []


def test_1_an_unknown_key_is_refused(small: SmallKnowledge) -> None:
    small.change(FEE, "related:", "releated:")
    assert errors(small.check()) == [f"{FEE}: unknown key 'releated'"]


def test_1_an_unknown_key_inside_an_answer_is_refused(small: SmallKnowledge) -> None:
    small.change(FEE, "  - text: Le CAQ", "  - txt: rien\n    text: Le CAQ")
    assert errors(small.check()) == [f"{FEE}: unknown key 'answers.0.txt'"]


def test_2_an_unknown_source_is_refused(small: SmallKnowledge) -> None:
    small.change(FEE, "sources: [quebec]", "sources: [quebec, ottawa]")
    assert sentences(small.check()) == [f"{FEE}: unknown source 'ottawa'"]


def test_2_an_unknown_source_of_a_figure_is_refused(small: SmallKnowledge) -> None:
    small.change("figures.yml", "source: quebec", "source: ottawa")
    assert "figures.yml: fee: unknown source 'ottawa'" in sentences(small.check())


def test_3_an_unknown_figure_is_refused(small: SmallKnowledge) -> None:
    small.change(FEE, "{fee}", "{fee} et {photo_fee}")
    assert sentences(small.check()) == [f"{FEE}: unknown figure 'photo_fee'"]


def test_4_a_missing_date_is_refused(small: SmallKnowledge) -> None:
    small.change(FEE, "review_by: 2027-01-15", "")
    assert errors(small.check()) == [f"{FEE}: 'review_by' is missing"]


@pytest.mark.parametrize(
    ("file", "line", "problem"),
    [
        ("sources.yml", 'as_of: "2026-06"', "sources.yml: quebec: 'as_of' is missing"),
        ("figures.yml", "from: 2026-01-01", "figures.yml: fee: 'values.0.from' is missing"),
    ],
)
def test_4_sources_and_figures_without_their_date_are_refused(
    small: SmallKnowledge, file: str, line: str, problem: str
) -> None:
    small.change(file, line, "")
    assert problem in sentences(small.check())


@pytest.mark.parametrize("again", ["Quel est le prix du CAQ ?", "QUEL EST LE PRIX DU CAQ…"])
def test_5_a_question_of_another_topic_is_refused_whatever_its_accents_and_case(
    small: SmallKnowledge, again: str
) -> None:
    small.change(FEE, QUESTIONS["fee"][0], "quel est le prix du càq")
    small.change(DOCUMENTS, QUESTIONS["documents"][0], again)
    assert sentences(small.check()) == [
        f"{FEE}: the question « quel est le prix du càq » is in {DOCUMENTS}"
    ]


def test_5_a_question_asked_twice_in_its_topic_is_refused(small: SmallKnowledge) -> None:
    small.change(FEE, QUESTIONS["fee"][1], QUESTIONS["fee"][0].upper())
    assert sentences(small.check()) == [
        f"{FEE}: the question « {QUESTIONS['fee'][0].upper()} » is in this topic already"
    ]


def test_6_a_topic_without_an_answer_for_everybody_is_refused(small: SmallKnowledge) -> None:
    small.change(FEE, "  - text: Le CAQ", "  - when: {citizenship: [france]}\n    text: Le CAQ")
    assert sentences(small.check()) == [f"{FEE}: the last answer must be for everybody: no `when`"]


def test_6_an_answer_that_can_never_be_given_is_refused(small: SmallKnowledge) -> None:
    small.change(FEE, "  - text: Le CAQ", "  - text: Pour tous.\n  - text: Le CAQ")
    assert sentences(small.check()) == [
        f"{FEE}: only the last answer may be for everybody: the ones after are dead"
    ]


def test_7_a_related_topic_that_is_gone_is_refused(small: SmallKnowledge) -> None:
    (small.folder / DOCUMENTS).unlink()
    assert sentences(small.check()) == [f"{FEE}: unknown topic (related) 'caq/documents'"]


def test_8_a_review_past_its_day_is_due(small: SmallKnowledge) -> None:
    problems = small.check(on=date(2027, 1, 16))
    assert sentences(problems) == [f"{FEE}: the review was due on 2027-01-15"]
    assert [problem.severity for problem in problems] == [Severity.due]
    assert small.check(on=date(2027, 1, 15)) == []


def test_9_a_question_that_is_a_held_out_sentence_is_refused(small: SmallKnowledge) -> None:
    held_out = [QUESTIONS["fee"][3].upper() + " !"]
    assert (
        f"{FEE}: the question « {QUESTIONS['fee'][3]} » is a held-out sentence, within a word"
    ) in sentences(small.check(held_out=held_out))


def test_10_too_few_questions_are_refused(small: SmallKnowledge) -> None:
    small.change(FEE, f"  - {QUESTIONS['fee'][0]}\n", "")
    assert sentences(small.check()) == [f"{FEE}: 14 questions; at least 15 are needed"]


def test_a_figure_nobody_quotes_is_said(small: SmallKnowledge) -> None:
    small.change(FEE, "{fee}", "cher")
    [problem] = small.check()
    assert str(problem) == "figures.yml: fee: no topic quotes this figure"
    assert problem.severity is Severity.due


def test_all_that_is_wrong_is_said_at_once_path_first(small: SmallKnowledge) -> None:
    small.change(FEE, "sources: [quebec]", "sources: [ottawa]")
    small.change(DOCUMENTS, "sources: [quebec]", "sources: [toronto]")
    (small.folder / "topics/caq/empty.yml").write_text("")
    assert sentences(small.check()) == [
        f"{DOCUMENTS}: unknown source 'toronto'",
        "topics/caq/empty.yml: a mapping of keys to values is expected",
        f"{FEE}: unknown source 'ottawa'",
    ]


def test_the_cards_are_checked_too(small: SmallKnowledge) -> None:
    card = small.folder / "relays" / "info_jeunes.yml"
    card.parent.mkdir()
    card.write_text(
        "name: Info Jeunes\naliases: []\nregion: Occitanie\ncities: [Toulouse]\nsummary: Un relais."
        "\ncertainty: official\ncontact: {}\nsources: [toulouse]\nreview_by: 2026-01-01\n"
    )
    assert sentences(small.check()) == [
        "relays/info_jeunes.yml: the review was due on 2026-01-01",
        "relays/info_jeunes.yml: unknown source 'toulouse'",
    ]


def test_the_knowledge_that_is_shipped_has_no_error() -> None:
    held_out = held_out_sentences()
    assert len(held_out) > 100, "the sentences the assistant is measured with are there"
    problems = check(FOLDER, on=TODAY, held_out=held_out)
    assert errors(problems) == []


def test_an_empty_folder_is_not_a_knowledge_base(tmp_path: Path) -> None:
    assert sentences(check(tmp_path, on=TODAY)) == [
        "equivalences.yml: the file is missing",
        "figures.yml: the file is missing",
        "glossary.yml: the file is missing",
        "plan/sessions.yml: the file is missing",
        "plan/steps.yml: the file is missing",
        "sources.yml: the file is missing",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Il coûte 134 $.",
        "Environ 20 000 $ par an.",
        "Comptez 25 jours ouvrables.",
        "Il faut six mois.",
        "Avant le 1er mars.",
        "Le 31 mai 2027.",
        "Au plus 24 heures par semaine.",
        "De 10 % plus cher.",
    ],
)
def test_11_a_number_that_changes_must_be_a_figure(small: SmallKnowledge, text: str) -> None:
    small.change(FEE, "Le CAQ coûte {fee}.", f"{text} {{fee}}.")
    [problem] = errors(small.check())
    assert problem.startswith(f"{FEE}: « ")
    assert problem.endswith("must be a figure of figures.yml")


@pytest.mark.parametrize(
    "text", ["Depuis le 8 novembre 2024.", "À 17 ans.", "Un DEC de 3 ans.", "Le formulaire Q-102."]
)
def test_11_a_number_that_does_not_change_may_stand(small: SmallKnowledge, text: str) -> None:
    small.change(FEE, "Le CAQ coûte {fee}.", f"{text} {{fee}}.")
    assert errors(small.check()) == []


def test_12_questions_of_two_topics_that_are_alike_are_shown(small: SmallKnowledge) -> None:
    small.change(DOCUMENTS, "quels papiers a", "le caq coute combien aa")
    found = [p for p in small.check() if p.severity is Severity.alike]
    assert found
    assert all("% like" in str(problem) for problem in found)


def test_13_a_topic_and_a_card_cannot_have_one_name(small: SmallKnowledge) -> None:
    (small.folder / "topics/institutions").mkdir()
    (small.folder / FEE).rename(small.folder / "topics/institutions/garneau.yml")
    assert (
        "institutions/garneau.yml: the topic institutions/garneau has this name too"
        in sentences(small.check())
    )


@pytest.mark.parametrize(
    ("file", "old", "problem"),
    [
        ("glossary.yml", "sources: [quebec]", "glossary.yml: caq: unknown source 'ottawa'"),
        (
            "equivalences.yml",
            "sources: [college]",
            "equivalences.yml: bts: unknown source 'ottawa'",
        ),
        ("events/lyon.yml", "sources: [college]", "events/lyon.yml: unknown source 'ottawa'"),
    ],
)
def test_14_cards_and_terms_cite_known_sources(
    small: SmallKnowledge, file: str, old: str, problem: str
) -> None:
    small.change(file, old, "sources: [ottawa]")
    assert problem in sentences(small.check())


def test_14_a_term_leads_to_a_known_topic(small: SmallKnowledge) -> None:
    small.change("glossary.yml", "sources: [quebec]", "topic: caq/price\n  sources: [quebec]")
    assert "glossary.yml: caq: unknown topic 'caq/price'" in sentences(small.check())
