"""Whatever fails, at whatever level it is logged, no secret and nobody's words are in the log."""

import logging
from collections.abc import Iterator

import pytest
from builders import EchoEngine, service_on
from desk_bench import PASSWORD
from sqlalchemy import text
from web_client import ME
from world import World, world_of

from bot.channels.post import SmtpPostman
from bot.handover.letters import Letter, NotPosted
from bot.messages import Message, Outcome
from bot.quiet import TOO_TALKATIVE

SENTENCE = "mon cousin Barnabé a été refoulé à Dorval"
ADDRESS = "barnabe.inoubliable@exemple.fr"
SMTP = "smtp://facteur:mot-de-passe-du-courrier@127.0.0.1:9"
KEYS = "clé-de-scellement-plantée-de-quarante-signes-et-plus"
TELEGRAM = "123456:jeton-planté-de-telegram-de-trente-cinq"


class FailingEngine(EchoEngine):
    """Fails in the middle of a sentence that holds the person's words."""

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        if message.text.startswith("panne"):
            raise RuntimeError("the model is gone")
        return await super().respond(message, waiting=waiting)


@pytest.fixture
def log() -> Iterator[list[str]]:
    """Every line at every level, tracebacks and extras included; of the libraries that the service
    keeps quiet, their warnings."""
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{self.format(record)} {record.__dict__}")

    handler = Keeping(logging.DEBUG)
    root = logging.getLogger()
    before = root.level
    for name in TOO_TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)


async def test_no_secret_and_no_words_are_logged_through_a_life_of_failures(
    sqlite_url: str, log: list[str]
) -> None:
    service = service_on(
        sqlite_url,
        FailingEngine(),
        smtp_url=SMTP,
        mail_from="desk@qve.test",
        secret_keys=KEYS,
        telegram_token=TELEGRAM,
        telegram_api_url="http://127.0.0.1:9",
    )
    async with world_of(service) as world:
        person, case = await world.waiting_person("Barnabé", ADDRESS)
        await person.send(SENTENCE)
        await person.send(f"panne {SENTENCE}")  # the engine
        _, browser = await world.adviser()
        await browser.get(f"/desk/cases/{case}")
        await browser.post(f"/desk/cases/{case}/claim")
        await browser.get("/desk/sign-in")
        await _sign_in_wrongly(world)
        letter = Letter(ADDRESS, "Une réponse", SENTENCE)
        with pytest.raises(NotPosted):  # the mail server
            await SmtpPostman(SMTP, "desk@qve.test").post(letter)
        async with service.database.write() as session:  # the database
            await session.execute(text("DROP TABLE tracker_events"))
            await session.execute(text("ALTER TABLE messages RENAME TO gone"))
        broken = await person.send(SENTENCE)
        assert broken.status_code == 500
        assert SENTENCE not in broken.text
        await world.http.get(f"{ME}/messages", headers=person.bearer)
    secrets = {
        *(person.token, PASSWORD, "mot-de-passe-du-courrier", KEYS, TELEGRAM),
        *(SENTENCE, ADDRESS, "Barnabé", world.invitations[0].url.rsplit("/", 1)[1]),
        *browser.http.cookies.values(),
    }
    written = "\n".join(log)
    assert "the model is gone" in written  # the failures were logged
    assert "no such table" in written
    assert {secret for secret in secrets if secret in written} == set()


async def _sign_in_wrongly(world: World) -> None:
    stranger = await world.client()
    page = (await stranger.get("/desk/sign-in")).text
    token = page.split('name="form_token" value="')[1].split('"')[0]
    wrong = {"form_token": token, "email": ADDRESS, "password": f"faux {PASSWORD}"}
    assert (await stranger.post("/desk/sign-in", data=wrong)).status_code == 401


def test_settings_print_no_secret() -> None:
    service = service_on(
        "sqlite+aiosqlite://",
        smtp_url=SMTP,
        secret_keys=KEYS,
        telegram_token=TELEGRAM,
        redis_url="redis://:mot-de-passe-de-redis@127.0.0.1:6379/0",
    )
    printed = f"{service.settings!r} {service.settings}"
    for secret in ("mot-de-passe-du-courrier", KEYS, TELEGRAM, "mot-de-passe-de-redis"):
        assert secret not in printed
