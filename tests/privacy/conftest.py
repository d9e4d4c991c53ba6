"""The language model, loaded once for all the tests that need it: some seconds."""

import pytest

from bot.privacy.people import People
from knowledge import at_hand


@pytest.fixture(scope="session")
def people() -> People:
    return People.load(at_hand.library())
