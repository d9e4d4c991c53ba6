"""What stock Rasa is given, and what the load tool counts, before minutes are spent on either."""

import asyncio
import json
import tarfile
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import yaml
from aiohttp import ClientSession, web

from benchmarks.beside.doors import OurPerson, Side, StockPerson, Unanswered
from benchmarks.beside.load import Heard, Load, _run
from benchmarks.beside.measuring import _best
from benchmarks.beside.stock_project import write_project
from benchmarks.growth.topics import widen
from knowledge import at_hand


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stock")
    write_project(folder, at_hand.library(), 3)
    return folder


def _read(path: Path) -> dict[str, object]:
    return dict(yaml.safe_load(path.read_text("utf-8")))


def test_stock_learns_as_many_questions_of_each_topic_and_a_rule_for_it(project: Path) -> None:
    topics = len(at_hand.library().topics)
    nlu = _read(project / "data" / "nlu.yml")["nlu"]
    assert [one["examples"].count("\n") for one in nlu] == [3] * topics  # type: ignore[index,attr-defined]
    assert len(_read(project / "data" / "rules.yml")["rules"]) == topics + 1  # type: ignore[arg-type]


def test_stock_is_what_rasa_init_writes_but_for_the_language(project: Path) -> None:
    config = _read(project / "config.yml")
    assert config["language"] == "fr"
    assert config["pipeline"] is None
    assert config["policies"] is None


def test_stock_has_a_text_for_each_of_its_intents(project: Path) -> None:
    texts = json.loads((project / "actions" / "texts.json").read_text("utf-8"))
    assert list(texts) == _read(project / "domain.yml")["intents"]
    assert all(texts.values())


@pytest.fixture
async def late() -> AsyncIterator[str]:
    """A service that acknowledges before it has answered; its address."""
    asked = 0

    async def start(_: web.Request) -> web.Response:
        return web.json_response({"token": "secret"})

    async def post(_: web.Request) -> web.Response:
        nonlocal asked
        asked = 0
        return web.json_response({"message": {"seq": 2}, "messages": []})

    async def read(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        answered = [{"author": "bot"}] if asked == 3 else [{"author": "person"}]
        return web.json_response({"message": {"seq": 2}, "messages": answered})

    async def mute(_: web.Request) -> web.Response:
        return web.json_response([])

    app = web.Application()
    app.router.add_post("/api/conversations", start)
    app.router.add_post("/api/conversations/me/messages", post)
    app.router.add_get("/api/conversations/me/messages", read)
    app.router.add_post("/webhooks/rest/webhook", mute)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_message_of_ours_counts_once_its_answer_is_there(late: str) -> None:
    async with ClientSession() as session:
        asking = asyncio.create_task(OurPerson(session, late).ask("le caq?"))
        await asyncio.wait_for(asking, 5)


async def test_a_silent_service_has_not_answered(late: str) -> None:
    async with ClientSession() as session:
        with pytest.raises(Unanswered):
            await StockPerson(session, late).ask("le caq?")


async def test_what_fails_is_counted_and_has_no_time(late: str) -> None:
    heard = await _run(Load(Side.stock, late, ("le caq?",), people=2, seconds=0.2, warm_up=0))
    assert heard.failed >= 2
    assert heard.times == ()


def test_the_ladder_keeps_its_best_rung_and_stops_at_the_first_that_is_too_slow() -> None:
    climbed = []

    def asked(people: int) -> Heard:
        climbed.append(people)
        return Heard(people, 1.0, (100.0 if people < 8 else 400.0,) * people * 10, people, 0)

    best = _best(asked)
    assert best is not None
    assert best.people == 4
    assert climbed == [1, 2, 4, 8]


def test_a_model_is_made_wider_and_keeps_what_it_knew(tmp_path: Path) -> None:
    weights, bias = np.arange(6, dtype=np.float16).reshape(3, 2), np.zeros(2)
    files = {"weights.npy": _saved(weights), "bias.npy": _saved(bias), "labels.txt": b"a/b\nc/d"}
    model, wide = tmp_path / "model.tar.gz", tmp_path / "wide.tar.gz"
    with tarfile.open(model, "w:gz") as written:
        for name, content in files.items():
            member = tarfile.TarInfo(f"components/train_TopicClassifier2/{name}")
            member.size = len(content)
            written.addfile(member, BytesIO(content))
    widen(model, wide, ["e/f", "g/h", "i/j"])
    with tarfile.open(wide) as read:
        found = {one.name.rpartition("/")[2]: read.extractfile(one).read() for one in read}  # type: ignore[union-attr]
    widened = np.load(BytesIO(found["weights.npy"]))
    assert widened.shape == (3, 5)
    assert (widened[:, :2] == weights).all()
    assert (np.load(BytesIO(found["bias.npy"]))[2:] < -10).all()
    assert found["labels.txt"] == b"a/b\nc/d\ne/f\ng/h\ni/j"


def _saved(array: object) -> bytes:
    content = BytesIO()
    np.save(content, array)  # type: ignore[arg-type]
    return content.getvalue()
