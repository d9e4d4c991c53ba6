"""Redaction in its own process: nothing of the model comes into this one."""

import sys

import pytest

from bot.privacy.apart import RedactionStopped, redaction_apart
from bot.privacy.redaction import Personal


@pytest.mark.slow
async def test_batches_come_back_redacted_in_order() -> None:
    loaded_before = "spacy" in sys.modules
    async with redaction_apart() as redaction:
        first = await redaction.redact(
            [Personal("je m'appelle kevin\net le caq?"), Personal("olive veut venir", ("Olive",))]
        )
        second = await redaction.redact([Personal("à " * 25_000 + "a@b.fr")])
    assert first == ["je m'appelle [nom]\net le caq?", "[nom] veut venir"]
    assert second[0].endswith("[courriel]")
    assert ("spacy" in sys.modules) == loaded_before


async def test_a_process_that_dies_is_an_error_and_no_text() -> None:
    async with redaction_apart() as redaction:
        redaction._process.kill()
        with pytest.raises(RedactionStopped):
            await redaction.redact([Personal("je m'appelle kevin")])
