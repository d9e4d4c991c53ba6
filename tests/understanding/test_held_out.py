"""The measure is worth something only if the messages it uses were never learnt."""

import yaml

from bot.commands.knowledge import held_out_sentences
from bot.settings import ROOT
from knowledge.held_out import HeldOut


def test_no_held_out_sentence_is_in_the_dialogues_training_data() -> None:
    held_out = held_out_sentences()
    assert len(held_out) > 400
    learnt = {
        line.removeprefix("- ")
        for path in (ROOT / "data" / "nlu").glob("*.yml")
        for entry in yaml.safe_load(path.read_text("utf-8"))["nlu"]
        for line in entry["examples"].splitlines()
    }
    assert len(learnt) > 500

    known = HeldOut(held_out)

    assert [message for message in sorted(learnt) if message in known] == []
