"""A person's browser is told that an adviser answered, by a push service that cannot read it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from builders import Bench, EchoEngine, Person, handing_over, now, service_on
from push_service import PushService, Subscriber, claims
from sqlalchemy import Text, cast, func, select
from web_client import ME, assert_problem, web, writer

from bot.channels.push import WebPush, is_push_service
from bot.handover.notifications import MOST_DEVICES, Device, Notifications
from bot.keys import push_key
from bot.messages import Address
from bot.storage.desk_tables import DeviceRow
from bot.storage.device_store import SqlDevices

CONTACT = "mailto:equipe@qve.example"
PHONE = "phone-0123456789"


@pytest.fixture
def service_of_push() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def push(tmp_path: Path) -> WebPush:
    return WebPush(lambda: push_key(None, (), tmp_path), CONTACT)


def notifications(bench: Bench, push: WebPush, at: datetime | None = None) -> Notifications:
    return Notifications(SqlDevices(bench.database), push, lambda: at or now())


def device(subscriber: Subscriber, name: str = PHONE) -> Device:
    subscription = subscriber.subscription()
    return Device(name, subscription["endpoint"], **subscription["keys"])


async def waiting(bench: Bench, *subscribers: Subscriber) -> Person:
    """Somebody who asked for an adviser, and to be told."""
    engine = EchoEngine(handing_over())
    person = await bench.with_engine(engine).person()
    await person.ask("je veux parler à quelqu’un de mon refus")
    for number, subscriber in enumerate(subscribers):
        added = device(subscriber, f"{PHONE}-{number}")
        assert await SqlDevices(bench.database).add(person.id, added, at=now())
    return person


async def answer(bench: Bench, person: Person, words: str = "Voici pour votre refus.") -> None:
    adviser = await bench.adviser()
    case_id = await person.case_id()
    await bench.work.claim(case_id, adviser)
    await bench.work.answer(case_id, adviser, words)


async def devices_of(bench: Bench) -> int:
    async with bench.database.read() as session:
        return await session.scalar(select(func.count()).select_from(DeviceRow)) or 0


async def test_only_the_device_reads_the_word_and_it_says_nothing_of_what_was_said(
    bench: Bench, service_of_push: PushService, push: WebPush
) -> None:
    phone = service_of_push.subscriber("phone")
    person = await waiting(bench, phone)
    assert await notifications(bench, push).tell_who_is_due() == 0, "nobody has answered"
    await answer(bench, person)
    assert await notifications(bench, push).tell_who_is_due() == 1
    assert await notifications(bench, push).tell_who_is_due() == 0, "told once"
    [delivery] = service_of_push.deliveries
    assert phone.reads(delivery) == {
        "title": "Québec ville études",
        "body": "Une personne conseillère vous a répondu.",
    }
    assert (delivery.headers["ttl"], delivery.headers["topic"]) == ("86400", "answer")
    key, said = claims(delivery)
    assert key == push.public_key
    assert (said["aud"], said["sub"]) == (service_of_push.url, CONTACT)
    with pytest.raises(Exception):  # noqa: B017, PT011
        service_of_push.subscriber("another").reads(delivery)


async def test_each_answer_is_told_to_each_device(
    bench: Bench, service_of_push: PushService, push: WebPush
) -> None:
    person = await waiting(
        bench, service_of_push.subscriber("phone"), service_of_push.subscriber("laptop")
    )
    await answer(bench, person)
    assert await notifications(bench, push).tell_who_is_due() == 2
    said = {delivery.path for delivery in service_of_push.deliveries}
    assert said == {"/phone", "/laptop"}
    await bench.work.answer(await person.case_id(), await bench.adviser("Paul M."), "autre")
    assert await notifications(bench, push).tell_who_is_due() == 0, "not their case: nothing said"


async def test_an_answer_said_while_another_is_being_told_is_told_too(
    bench: Bench, service_of_push: PushService, push: WebPush
) -> None:
    person = await waiting(bench, service_of_push.subscriber())
    adviser = await bench.adviser()
    case_id = await person.case_id()
    await bench.work.claim(case_id, adviser)
    await bench.work.answer(case_id, adviser, "un")
    store = SqlDevices(bench.database)
    [due] = await store.claim(now=now(), until=now() + timedelta(minutes=1))
    assert await store.claim(now=now(), until=now() + timedelta(minutes=1)) == []
    await bench.work.answer(case_id, adviser, "deux")
    await store.told(due)
    assert await notifications(bench, push).tell_who_is_due() == 1


@pytest.mark.parametrize("status", [404, 410])
async def test_a_device_that_is_gone_is_forgotten(
    bench: Bench, service_of_push: PushService, push: WebPush, status: int
) -> None:
    person = await waiting(
        bench, service_of_push.subscriber("gone"), service_of_push.subscriber("there")
    )
    service_of_push.status["/gone"] = status
    await answer(bench, person)
    assert await notifications(bench, push).tell_who_is_due() == 1
    assert await devices_of(bench) == 1


async def test_a_push_service_in_trouble_is_asked_again_later_and_not_for_ever(
    bench: Bench, service_of_push: PushService, push: WebPush
) -> None:
    person = await waiting(bench, service_of_push.subscriber())
    service_of_push.status[""] = 503
    service_of_push.answers["Retry-After"] = "120"
    await answer(bench, person)
    assert await notifications(bench, push).tell_who_is_due() == 0
    soon = now() + timedelta(seconds=60)
    assert await notifications(bench, push, soon).tell_who_is_due() == 0
    assert len(service_of_push.deliveries) == 1, "no sooner than it said"
    for hours in range(1, 20):
        await notifications(bench, push, now() + timedelta(hours=hours)).tell_who_is_due()
    assert len(service_of_push.deliveries) == 8
    assert await devices_of(bench) == 1
    service_of_push.status.clear()
    later = now() + timedelta(hours=30)
    assert await notifications(bench, push, later).tell_who_is_due() == 0, "given up"


async def test_a_push_service_that_is_away_loses_nothing(bench: Bench, push: WebPush) -> None:
    with PushService() as service:
        person = await waiting(bench, service.subscriber())
    await answer(bench, person)
    assert await notifications(bench, push).tell_who_is_due() == 0
    assert await SqlDevices(bench.database).claim(
        now=now() + timedelta(minutes=5), until=now() + timedelta(minutes=6)
    )


async def test_it_is_not_sent_on_to_where_a_push_service_points(
    bench: Bench, service_of_push: PushService, push: WebPush
) -> None:
    with PushService() as elsewhere:
        service_of_push.status[""] = 307
        service_of_push.answers["Location"] = f"{elsewhere.url}/inside"
        person = await waiting(bench, service_of_push.subscriber())
        await answer(bench, person)
        assert await notifications(bench, push).tell_who_is_due() == 0
        assert elsewhere.deliveries == []


async def test_who_goes_on_in_telegram_is_told_there_and_not_here(
    bench: Bench, service_of_push: PushService, push: WebPush
) -> None:
    person = await waiting(bench, service_of_push.subscriber())
    offer = await bench.moving.offer(person.id, "telegram")
    assert await bench.moving.to(Address("telegram", "42"), offer.code)
    await answer(bench, person)
    assert await notifications(bench, push).tell_who_is_due() == 0


async def test_a_conversation_has_so_many_devices_and_the_oldest_makes_room(
    bench: Bench, service_of_push: PushService
) -> None:
    person = await bench.person()
    store = SqlDevices(bench.database)
    for number in range(MOST_DEVICES + 2):
        at = now() + timedelta(seconds=number)
        name = f"{PHONE}-{number}"
        await store.add(person.id, device(service_of_push.subscriber(), name), at=at)
    async with bench.database.read() as session:
        kept = set(await session.scalars(select(DeviceRow.id)))
    assert kept == {f"{PHONE}-{number}" for number in range(2, MOST_DEVICES + 2)}


async def test_devices_are_shown_to_the_person_and_erased_with_the_rest(
    bench: Bench, service_of_push: PushService
) -> None:
    person = await waiting(bench, service_of_push.subscriber("phone"))
    exported = await bench.conversations.export(person.id)
    assert exported is not None
    assert exported["devices"][0]["endpoint"] == f"{service_of_push.url}/phone"
    async with bench.database.read() as session:
        written = await session.scalar(select(cast(DeviceRow.endpoint, Text)))
    assert service_of_push.url not in str(written), "sealed, as all that people are reached by"
    await bench.conversations.erase(person.id)
    assert await devices_of(bench) == 0
    added = await SqlDevices(bench.database).add(
        person.id, device(service_of_push.subscriber()), at=now()
    )
    assert not added


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://push.example/a?b=c%2Fd", True),
        ("https://eu.push.example/a", True),
        ("https://push.example:443/a", True),
        ("http://own.example:99/a", True),
        ("http://push.example/a", False),
        ("https://push.example:8443/a", False),
        ("https://push.example.evil.example/a", False),
        ("https://evilpush.example/a", False),
        ("https://push.example@127.0.0.1/a", False),
        ("https://me@push.example/a", False),
        ("https://169.254.169.254/latest", False),
        ("https://push.example:port/a", False),
        ("https://[broken/a", False),
        ("", False),
    ],
)
def test_only_the_push_services_that_are_named_are_written_to(address: str, taken: bool) -> None:
    assert is_push_service(address, ["push.example", "http://own.example:99"]) is taken


async def test_a_browser_asks_to_be_told_changes_its_mind_and_only_for_its_own_conversation(
    sqlite_url: str, service_of_push: PushService, tmp_path: Path
) -> None:
    service = service_on(
        sqlite_url, team_email="equipe@qve.example", push_services=[service_of_push.url],
        var=tmp_path,
    )  # fmt: skip
    async with web(service) as http:
        lea, marc = await writer(http), await writer(http)
        assert "notifications" in (await lea.get()).json()["offers"]
        key = (await lea.get("notifications")).json()["key"]
        assert len(key) == 87
        subscription = service_of_push.subscriber().subscription()
        for _ in range(2):
            asked = await lea.asks("PUT", f"notifications/{PHONE}", **subscription)
            assert asked.status_code == 204
        exported = (await lea.get("export")).json()
        assert len(exported["devices"]) == 1
        await marc.asks("DELETE", f"notifications/{PHONE}")
        assert len((await lea.get("export")).json()["devices"]) == 1
        await lea.asks("DELETE", f"notifications/{PHONE}")
        assert (await lea.get("export")).json()["devices"] == []
        nobody = await http.put(f"{ME}/notifications/{PHONE}", json=subscription)
        assert_problem(nobody, 401)
    await service.database.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "https://127.0.0.1/a"},
        {"keys": {"p256dh": "BAAA", "auth": "c2l4dGVlbiBieXRlcyEhIQ"}},
        {"keys": {"p256dh": "é", "auth": "c2l4dGVlbiBieXRlcyEhIQ"}},
    ],
)
async def test_an_address_that_cannot_be_written_to_is_refused(
    sqlite_url: str, service_of_push: PushService, tmp_path: Path, wrong: dict[str, object]
) -> None:
    settings = {"push_services": [service_of_push.url], "team_email": "a@qve.example"}
    service = service_on(sqlite_url, var=tmp_path, **settings)
    async with web(service) as http:
        lea = await writer(http)
        subscription = {**service_of_push.subscriber().subscription(), **wrong}
        refused = await lea.asks("PUT", f"notifications/{PHONE}", **subscription)
        assert_problem(refused, 422, says="Votre navigateur n’a pas donné")
    await service.database.close()


@pytest.mark.parametrize("settings", [{}, {"team_email": "a@b.example", "push_services": []}])
async def test_nothing_is_offered_where_nobody_would_answer_for_it(
    sqlite_url: str, settings: dict[str, object]
) -> None:
    service = service_on(sqlite_url, **settings)
    async with web(service) as http:
        lea = await writer(http)
        assert "notifications" not in (await lea.get()).json()["offers"]
        assert_problem(await lea.get("notifications"), 404, says="ne sont pas offertes")
    await service.database.close()
