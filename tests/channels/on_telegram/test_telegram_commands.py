"""`qve telegram`: one sentence for each outcome, against a Bot API server."""

import pytest
from bot_api import TOKEN, BotApi

from bot.__main__ import main
from bot.channels.telegram.receiving import secret_of

ADDRESS = "https://qve.example/telegram/webhook"


@pytest.fixture(autouse=True)
def _settings(api: BotApi, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("QVE_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("QVE_TELEGRAM_API_URL", api.url)
    monkeypatch.setenv("QVE_TELEGRAM_WEBHOOK_URL", ADDRESS)
    monkeypatch.setenv("QVE_VAR", str(tmp_path))


def test_the_webhook_is_registered_with_its_secret_shown_then_removed(
    api: BotApi, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["telegram", "set-webhook"]) == 0
    [call] = [call for call in api.calls if call.method == "setWebhook"]
    assert (call.values["url"], call.values["secret_token"]) == (ADDRESS, secret_of(TOKEN))
    assert "callback_query" in call.values["allowed_updates"]
    assert main(["telegram", "status"]) == 0
    assert main(["telegram", "delete-webhook"]) == 0
    assert main(["telegram", "status"]) == 0
    assert capsys.readouterr().out.replace("\u00a0", " ").splitlines() == [
        f"Webhook enregistré : {ADDRESS}",
        "Robot : @QuebecTestBot",
        f"Réception : webhook {ADDRESS}",
        "Messages en attente chez Telegram : 0",
        "Webhook retiré : le service ira lui-même chercher les messages.",
        "Robot : @QuebecTestBot",
        "Réception : le service va chercher les messages (aucun webhook enregistré).",
        "Messages en attente chez Telegram : 0",
    ]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("QVE_TELEGRAM_TOKEN", "42:wrong", "est refusé"),
        ("QVE_TELEGRAM_TOKEN", None, "Réglez d’abord QVE_TELEGRAM_TOKEN"),
        ("QVE_TELEGRAM_WEBHOOK_URL", None, "Réglez d’abord QVE_TELEGRAM_WEBHOOK_URL"),
        ("QVE_TELEGRAM_WEBHOOK_URL", "pas une adresse", "Réglage refusé"),
        ("QVE_TELEGRAM_API_URL", "http://127.0.0.1:9", "Telegram a refusé"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_never_the_token(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str | None,
    sentence: str,
) -> None:
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    assert main(["telegram", "set-webhook"]) > 0
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert "42:" not in said
