"""`qve knowledge suggestions`, on a small knowledge folder of its own."""

from datetime import datetime, timezone
from pathlib import Path

import pytest
from builders import Bench, EchoEngine, missing_the_point
from small_knowledge import FEE, SmallKnowledge

from bot.commands.learning import propose
from bot.handover.case import Adviser
from bot.learning.suggestion import Decision, State
from knowledge.adding import Proposal, add_questions

NOW = datetime(2026, 11, 24, 15, tzinfo=timezone.utc)


@pytest.fixture
def knowledge(tmp_path: Path) -> SmallKnowledge:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    return SmallKnowledge.write(folder)


async def decided(bench: Bench, adviser: Adviser, **decisions: tuple[str, Decision]) -> None:
    for text, decision in decisions.values():
        person = await bench.with_engine(EchoEngine(missing_the_point())).person()
        await person.ask(text)
        await bench.gathering.gather()
        [one] = await bench.suggestions.open(after=0, limit=2)
        await bench.suggestions.decide(one.id, decision, adviser=adviser, now=NOW)


def accepted(topic: str) -> Decision:
    return Decision(State.accepted, topic)


async def run(
    bench: Bench, knowledge: SmallKnowledge, *held_out: str, dry_run: bool = False
) -> None:
    await propose(bench.suggestions, knowledge.folder, list(held_out), dry_run=dry_run)


async def test_accepted_questions_are_written_once_and_missing_topics_listed(
    bench: Bench, knowledge: SmallKnowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    await decided(
        bench,
        await bench.adviser(),
        new=("le prix pour un bébé, écrivez à a@b.fr", accepted("caq/fee")),
        known=("Le CAQ coûte combien A?", accepted("caq/fee")),
        measured=("tenue à l’écart", accepted("caq/fee")),
        gone=("un sujet effacé", accepted("caq/gone")),
        missing=("et mon chien", Decision(State.missing)),
        dismissed=("recette de crêpes", Decision(State.dismissed)),
    )
    before = (knowledge.folder / FEE).read_text("utf-8")

    await run(bench, knowledge, "Tenue à l’écart!", dry_run=True)

    told = capsys.readouterr().out
    assert "knowledge/topics/caq/fee.yml\u00a0: questions à ajouter, 1" in told
    assert (knowledge.folder / FEE).read_text("utf-8") == before

    await run(bench, knowledge, "Tenue à l’écart!")

    told = capsys.readouterr().out
    for words in (
        "knowledge/topics/caq/fee.yml\u00a0: questions ajoutées, 1",
        "+ le prix pour un bébé, écrivez à",
        "- Le CAQ coûte combien A?  (déjà dans caq/fee)",
        "- tenue à l’écart  (phrase tenue à l’écart pour mesurer l’assistant)",
        "- un sujet effacé  (le sujet caq/gone n’existe plus)",
        "Sujets manquants\u00a0: 1",
        "1\u00a0fois  et mon chien",
        "qve knowledge check",
    ):
        assert words in told, words
    assert "crêpes" not in told
    assert '  - "le prix pour un bébé, écrivez à"\n' in (knowledge.folder / FEE).read_text("utf-8")
    assert knowledge.check(held_out=["Tenue à l’écart!"]) == []

    after = (knowledge.folder / FEE).read_bytes()
    await run(bench, knowledge, "Tenue à l’écart!")

    told = capsys.readouterr().out
    assert (knowledge.folder / FEE).read_bytes() == after
    assert "Aucune question acceptée" in told
    assert "un sujet effacé" in told, "what no file could take waits"
    assert "tenue à l’écart" not in told
    assert "et mon chien" in told


async def test_cut_after_the_files_and_before_the_marks_it_adds_nothing_twice(
    bench: Bench, knowledge: SmallKnowledge
) -> None:
    await decided(bench, await bench.adviser(), one=("le prix pour un bébé", accepted("caq/fee")))
    add_questions(knowledge.folder, [Proposal("caq/fee", "le prix pour un bébé")], held_out=())
    before = (knowledge.folder / FEE).read_bytes()
    await run(bench, knowledge)
    assert (knowledge.folder / FEE).read_bytes() == before
    assert await bench.suggestions.accepted() == []
