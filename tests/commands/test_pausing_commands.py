"""`qve pause` and `qve resume`, beside a service that runs."""

from pathlib import Path

import pytest
from builders import now, service_on

from bot.__main__ import main
from bot.messages import Incoming
from bot.storage.log import SqlJournal
from bot.storage.pause_store import SqlPauses
from bot.texts import say
from bot.wiring import Service, answer_resumed
from tests.conftest import run


@pytest.fixture
def service(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("QVE_VAR", str(tmp_path))
    monkeypatch.setenv("QVE_DATABASE_URL", sqlite_url)
    service = service_on(sqlite_url)
    yield service
    run(service.database.close())


def asks(service: Service, text: str) -> list[str]:
    """What a new person is told."""

    async def ask() -> list[str]:
        person, _ = await service.conversations.start(channel="web", timezone="UTC")
        await service.conversations.send(Incoming(person, text, "1", now()))
        return await said(service, person)

    return run(ask())


async def said(service: Service, person: str) -> list[str]:
    messages = await service.conversations.store.messages(person)
    return [each.text for each in messages if each.external_id != "notice"]


def test_people_are_told_politely_and_what_waited_is_answered_after(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pause", "web"]) == 0
    assert capsys.readouterr().out.strip() == say("terminal.paused", channel="web")
    assert asks(service, "combien coûte le CAQ?")[-2:] == [
        "combien coûte le CAQ?",
        say("pause.told"),
    ]
    [waiting] = run(service.conversations.store.unanswered())

    assert main(["resume", "web"]) == 0
    assert capsys.readouterr().out.strip() == say("terminal.resumed", channel="web")
    assert run(answer_resumed(service, frozenset({"web"}))) == frozenset()
    assert run(said(service, waiting))[-1] == "écho : combien coûte le CAQ?"
    assert [line.actor for line in run(SqlJournal(service.database).lines())] == ["command"] * 2


def test_the_sentence_can_be_chosen_and_changed_and_the_other_channel_goes_on(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pause", "web", "--say", "Fermé jusqu’à midi."]) == 0
    assert main(["pause", "web", "--say", "Fermé jusqu’à demain."]) == 0
    assert say("terminal.paused_already", channel="web") in capsys.readouterr().out
    assert asks(service, "bonjour")[-1] == "Fermé jusqu’à demain."
    assert main(["resume", "web"]) == 0
    assert main(["pause", "telegram"]) == 0
    assert asks(service, "bonjour")[-1] == "écho : bonjour"


def test_resuming_what_goes_on_says_so_and_an_unknown_channel_is_refused(
    service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["resume", "telegram"]) == 0
    assert capsys.readouterr().out.strip() == say("terminal.not_paused", channel="telegram")
    with pytest.raises(SystemExit):
        main(["pause", "fax"])
    assert run(SqlPauses(service.database).paused()) == {}
