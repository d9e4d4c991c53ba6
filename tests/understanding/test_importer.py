"""What Rasa is given from the knowledge base."""

from bot.understanding.importer import ANSWER, KnowledgeImporter
from knowledge.library import Library


def test_every_question_and_its_title_becomes_an_example_of_its_topic(library: Library) -> None:
    data = KnowledgeImporter().get_nlu_data()

    asked = {(e.get("intent_response_key"), e.get("text")) for e in data.intent_examples}

    expected = {
        (name, text)
        for name, topic in library.topics.items()
        for text in (topic.title, *topic.questions)
    }
    assert asked == expected
    assert len(asked) > 500


def test_one_rule_a_theme_answers_all_of_its_topics(library: Library) -> None:
    steps = KnowledgeImporter().get_stories().story_steps

    themes = {name.split("/")[0] for name in library.topics}
    assert {step.block_name for step in steps} == {f"answer about {theme}" for theme in themes}
    assert all(step.events[-1].action_name == ANSWER for step in steps)


def test_an_alias_means_its_institution() -> None:
    synonyms = KnowledgeImporter().get_nlu_data().entity_synonyms
    assert synonyms["ulaval"] == "laval"
