"""The plan's form answered at random: it never gets stuck, never loops, never loses what was said.

The default run says 120 messages; `QVE_FUZZ_TURNS=1000` the full thousand (some seconds a hundred).
"""

import os
import random

import pytest

from bot.messages import Message
from bot.wiring import Service
from tests.understanding.talk import Talk, words

pytestmark = pytest.mark.asyncio(loop_scope="package")

_TURNS = int(os.environ.get("QVE_FUZZ_TURNS", "120"))
_SEED = 20261128
# More messages than this without a plan, a pause or a stop would be a loop.
_LONGEST = 60
_SAID = (
    "française", "je suis belge", "un bts", "bac +2", "licence", "terminale", "en maîtrise",
    "un dec technique", "laval", "limoilou ?", "septembre prochain", "rentrée 2028", "janvier",
    "l'an prochain", "oui", "non", "pas encore", "oui j'ai ma lettre", "j'ai 17 ans", "22",
    "je ne sais pas", "jsp", "pourquoi ?", "retour", "combien coûte le caq ?", "merci", "bonjour",
    "blorp", "😀", "12/13/14", "finalement en doctorat", "non, en fait hiver 2029",
    "la recette des crêpes", "mon permis a été refusé je fais quoi", "mon profil", "mon plan",
    "je suis française et j'ai un bts", "can you help",
    "septembre 2028, et c'est combien le loyer ?",
)  # fmt: skip
_ENDS = ("Votre plan", "La prochaine session à viser", "De l’admission")
_ASKS = "?"


def _is_over(said: list[Message]) -> bool:
    return any(message.cards for message in said) or any(
        message.text.startswith(end) for message in said for end in _ENDS
    )


async def test_random_answers_always_lead_to_a_plan(assistant: Service) -> None:
    chance = random.Random(_SEED)
    turns = 0
    while turns < _TURNS:
        talk = await Talk.begin(assistant)
        said = await talk.say("mon plan")
        for _ in range(_LONGEST):
            turns += 1
            said = await _something(talk, said, chance)
            assert said, "silence"
            assert "Je n’ai pas réussi" not in words(said)
            if _is_over(said):
                break
            assert _ASKS in words(said) or said[-1].buttons, words(said)
        else:
            said = await _settle(talk)
        assert _is_over(said), words(said)


async def test_what_was_said_outlives_every_detour(assistant: Service) -> None:
    chance = random.Random(_SEED)
    detours = [text for text in _SAID if text.endswith("?") or text in ("merci", "bonjour", "😀")]
    talk = await Talk.begin(assistant)
    await talk.say("mon plan")
    await talk.say("marocaine")
    await talk.say("un bts")
    for _ in range(8):
        await talk.say(chance.choice(detours))
    profile = words(await talk.say("mon profil"))
    assert "citoyenneté\u00a0: marocaine" in profile
    assert "BTS" in profile


async def _something(talk: Talk, said: list[Message], chance: random.Random) -> list[Message]:
    """A button of the last message, or words."""
    buttons = [b for b in said[-1].buttons if b.payload.startswith(("/inform", "/skip"))]
    if buttons and chance.random() < 0.4:
        button = chance.choice(buttons)
        return await talk.say(button.title, button=button.payload)
    return await talk.say(chance.choice(_SAID))


async def _settle(talk: Talk) -> list[Message]:
    """Who goes on saying that they do not know reaches the end."""
    said: list[Message] = []
    for _ in range(8):
        said = await talk.say("je ne sais pas")
        if _is_over(said):
            break
    return said
