"""What the terminal says once the service is ready, with one process or several."""

import pytest

from bot.commands.terminal import log_of, show_ready
from bot.settings import Settings
from bot.texts import say

PUBLIC = "https://assistant.example"


@pytest.mark.parametrize(
    ("settings", "warned"),
    [
        ({"public_url": PUBLIC}, True),
        ({"public_url": PUBLIC, "trusted_proxies": ["10.0.0.1"]}, False),
        ({}, False),
    ],
)
def test_a_proxy_that_nobody_named_is_told_of_in_one_sentence(
    settings: dict[str, object], warned: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    show_ready(Settings(**settings))
    assert (say("terminal.no_trusted_proxies") in capsys.readouterr().out) is warned


def test_the_log_is_said_to_be_where_it_is() -> None:
    assert log_of(Settings(log_to="stderr")) == "la sortie d’erreur"
    assert log_of(Settings(log_to="file")).endswith("qve.log")
