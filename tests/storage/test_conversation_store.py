"""Conversations and messages as the databases keep them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import (
    CAQ_STEP,
    WITHIN,
    Bench,
    EchoEngine,
    Person,
    handing_over,
    now,
    numbers,
    rows_by_table,
    showing,
)

from bot.conversation.conversations import hash_token
from bot.conversation.store import KeyReused, Received, Turn
from bot.handover.case import claim
from bot.messages import (
    ASK_ADVISER,
    Author,
    Button,
    Card,
    CardKind,
    Citation,
    Holder,
    Incoming,
    Outcome,
    Reply,
    TopicMatch,
    Understanding,
    Why,
)
from bot.storage.conversation_store import SqlConversationStore
from bot.storage.personal_records import SqlPersonalRecords

REPLY = Reply("réponse")


async def turn_of(person: Person, text: str = "une question") -> Turn:
    await person.write(text)
    turn = await person.bench.store.next_turn(person.id)
    assert turn is not None
    return turn


async def commit(
    person: Person,
    turn: Turn,
    outcome: Outcome | None = None,
    *,
    replies: Sequence[Reply] = (REPLY,),
) -> bool:
    kept = await person.bench.store.commit(
        turn, outcome or Outcome(), replies=replies, promised_at=now() + WITHIN
    )
    return kept is not None


async def test_a_conversation_is_found_by_its_secret_and_the_secret_is_not_kept(
    bench: Bench,
) -> None:
    person = await bench.person()
    assert await bench.store.find_by_token(hash_token(person.token)) == person.id
    assert await bench.store.find_by_token(hash_token("another")) is None
    exported = str(await bench.records.export(person.id))
    assert person.token not in exported


async def test_twenty_messages_at_once_are_numbered_without_a_gap(bench: Bench) -> None:
    person = await bench.person()
    received = await asyncio.gather(*(person.write(f"message {n}") for n in range(20)))
    assert all(isinstance(each, Received) for each in received)
    messages = await bench.store.messages(person.id)
    assert numbers(messages) == list(range(1, 22))
    assert {m.text for m in messages[1:]} == {f"message {n}" for n in range(20)}


async def test_the_same_external_id_twice_is_one_message(bench: Bench) -> None:
    person = await bench.person()
    received = await asyncio.gather(*(person.write("bonjour", key="same") for _ in range(8)))
    assert sorted(isinstance(r, Received) and r.again for r in received) == [False] + [True] * 7
    assert await person.thread() == [("person", "bonjour")]


async def test_the_same_external_id_in_two_conversations_is_two_messages(bench: Bench) -> None:
    lea, marc = await bench.person(), await bench.person()
    await lea.write("bonjour", key="same")
    await marc.write("salut", key="same")
    assert await lea.thread() == [("person", "bonjour")]
    assert await marc.thread() == [("person", "salut")]


async def test_a_key_used_for_another_text_is_refused_and_nothing_is_stored(bench: Bench) -> None:
    person = await bench.person()
    await person.write("bonjour", key="same")
    assert isinstance(await person.write("autre chose", key="same"), KeyReused)
    assert await person.thread() == [("person", "bonjour")]


async def test_a_key_used_for_another_button_is_refused(bench: Bench) -> None:
    person = await bench.person()
    pressed = Incoming(person.id, "Oui", "same", now(), button="/affirm")
    assert isinstance(await bench.store.receive(pressed), Received)
    again = await bench.store.receive(replace(pressed, button="/deny"))
    assert isinstance(again, KeyReused)


class ErasedInBetween(SqlConversationStore):
    """Another process erases the person once the message is known to be there already."""

    async def _received_before(self, incoming: Incoming) -> Received | KeyReused | None:
        await SqlPersonalRecords(self._database).erase(incoming.conversation_id, actor="person")
        return await super()._received_before(incoming)


async def test_a_message_sent_again_while_all_is_erased_is_to_nobody(bench: Bench) -> None:
    person = await bench.person()
    await person.write("bonjour", key="same")
    again = Incoming(person.id, "bonjour", "same", now())
    assert await ErasedInBetween(bench.database).receive(again) is None


async def test_a_message_to_nobody_is_not_stored(bench: Bench) -> None:
    incoming = Incoming("no such conversation", "bonjour", "key", now())
    assert await bench.store.receive(incoming) is None
    assert await rows_by_table(bench.database) == dict.fromkeys(
        await rows_by_table(bench.database), 0
    )


async def test_everything_in_a_message_comes_back_as_it_was(bench: Bench) -> None:
    person = await bench.person()
    turn = await turn_of(person, "le CAQ, c’est quoi ? 🇨🇦")
    reply = Reply(
        "Un certificat.",
        buttons=(Button("Oui", "/affirm"),),
        sources=(Citation("CAQ", "https://quebec.example", "Québec", True, "juin 2026"),),
        topic="caq/what_is_it",
    )
    match = TopicMatch("caq/what_is_it", "caq", 0.9)
    understood = Understanding("caq", topics=(match,), candidates=(match, match), language="fr")
    await bench.store.commit(turn, Outcome((), understood), replies=[reply], promised_at=now())
    asked, said = await bench.store.messages(person.id, after=1)
    assert (asked.text, asked.at) == ("le CAQ, c’est quoi ? 🇨🇦", turn.message.at)
    assert asked.understanding == understood
    assert (said.text, said.buttons, said.sources) == (reply.text, reply.buttons, reply.sources)
    assert (said.topic, said.author, said.at.utcoffset()) == (reply.topic, Author.bot, timedelta(0))


async def test_the_oldest_message_still_to_be_dealt_with_comes_first(bench: Bench) -> None:
    person = await bench.person()
    await person.write("un")
    await person.write("deux")
    for expected in ("un", "deux"):
        turn = await bench.store.next_turn(person.id)
        assert turn is not None
        assert turn.message.text == expected
        assert await commit(person, turn)
    assert await bench.store.next_turn(person.id) is None
    assert [text for _, text in await person.thread()] == ["un", "deux", "réponse", "réponse"]


async def test_who_stores_a_turn_learns_whether_the_person_said_something_since(
    bench: Bench,
) -> None:
    person = await bench.person()
    await person.write("un")
    await person.write("deux")
    for waiting in (True, False):
        turn = await bench.store.next_turn(person.id)
        assert turn is not None
        kept = await bench.store.commit(turn, Outcome(), replies=[REPLY])
        assert kept is not None
        assert kept.more is waiting


EVERYTHING = Reply(
    "Comptez 25 jours : écrivez à caq@exemple.fr.",
    buttons=(Button("Oui", "/affirm"),),
    sources=(Citation("CAQ", "https://quebec.example", "Québec", True, "juin 2026"),),
    topic="caq/what_is_it",
    cards=(CAQ_STEP,),
)


async def test_what_an_answer_leaves_to_be_read_is_what_is_read(bench: Bench) -> None:
    person = await bench.person()
    for text in ("une question", "une autre"):
        turn = await turn_of(person, text)
        kept = await bench.store.commit(turn, Outcome(), replies=[EVERYTHING, REPLY])
        assert kept is not None
        assert kept.page is not None
        assert kept.page == await bench.store.page(person.id, after=turn.message.seq)


async def say_something(person: Person) -> None:
    hours = Reply("Fermé demain.", author=Author.system)
    await person.bench.store.say(person.id, hours, at=now())


async def write_again(person: Person) -> None:
    await person.write("encore")


async def tick_something(person: Person) -> None:
    assert CAQ_STEP.tick is not None
    assert await person.bench.store.tick(person.id, CAQ_STEP.tick, at=now())


@pytest.mark.parametrize("meanwhile", [say_something, write_again, tick_something])
async def test_what_came_while_an_answer_was_sought_is_to_be_read(
    bench: Bench, meanwhile: Callable[[Person], Awaitable[None]]
) -> None:
    person = await bench.person()
    await commit(person, await turn_of(person), replies=[EVERYTHING])
    turn = await turn_of(person)
    await meanwhile(person)
    kept = await bench.store.commit(turn, Outcome(), replies=[REPLY])
    assert kept is not None
    assert kept.page is None


async def test_who_asks_for_an_adviser_or_waits_for_one_reads_how_things_stand(
    bench: Bench,
) -> None:
    person = await bench.person()
    for outcome in (handing_over(), Outcome()):
        turn = await turn_of(person)
        kept = await bench.store.commit(turn, outcome, replies=[REPLY], promised_at=now() + WITHIN)
        assert kept is not None
        assert kept.page is None


async def test_a_turn_is_stored_once(bench: Bench) -> None:
    person = await bench.person()
    turn = await turn_of(person)
    stored = await asyncio.gather(*(commit(person, turn) for _ in range(5)))
    assert sorted(stored) == [False] * 4 + [True]
    assert await person.thread() == [("person", "une question"), ("bot", "réponse")]


async def test_nothing_is_stored_when_the_floor_changed_meanwhile(bench: Bench) -> None:
    person = await bench.waiting_person()
    turn = await turn_of(person)
    before = await person.thread()
    taken = claim(await bench.adviser(), now=now(), announce=Reply("prise", author=Author.system))
    await bench.cases.apply(await person.case_id(), taken, actor="adviser:1")
    outcome = Outcome(understanding=Understanding("caq"), memory=({"event": "late"},))
    memory = (await rows_by_table(bench.database))["tracker_events"]
    assert not await commit(person, turn, outcome)
    assert await person.thread() == [*before, ("system", "prise")]
    assert (await rows_by_table(bench.database))["tracker_events"] == memory
    assert await bench.store.unanswered() == [person.id]


async def test_nothing_is_stored_when_the_conversation_was_erased_meanwhile(bench: Bench) -> None:
    person = await bench.person()
    turn = await turn_of(person)
    await bench.records.erase(person.id, actor="person")
    memory = Outcome(memory=({"event": "late"},), handover=handing_over().handover)
    assert not await commit(person, turn, memory)
    assert set((await rows_by_table(bench.database)).values()) == {0}


async def test_a_turn_cut_by_a_crash_is_found_again_until_it_is_dealt_with(bench: Bench) -> None:
    calm, cut = await bench.person(), await bench.person()
    await calm.ask("bonjour")
    turn = await turn_of(cut)
    assert await bench.store.unanswered() == [cut.id]
    await commit(cut, turn)
    assert await bench.store.unanswered() == []


async def test_the_memory_of_the_engine_is_appended_in_order(bench: Bench) -> None:
    person = await bench.person()
    for n in range(3):
        turn = await turn_of(person, f"message {n}")
        await commit(person, turn, Outcome(memory=({"n": 2 * n}, {"n": 2 * n + 1})))
    exported = await bench.records.export(person.id)
    assert exported is not None
    events = sorted(exported["tracker_events"], key=lambda row: int(row["position"]))
    assert [row["event"]["n"] for row in events] == list(range(6))


async def test_a_handover_opens_one_case_with_its_contact_and_its_promise(bench: Bench) -> None:
    person = await bench.person()
    turn = await turn_of(person)
    promised = (now() + WITHIN).replace(microsecond=0)
    await bench.store.commit(
        turn, handing_over("Léa", "lea@exemple.fr"), replies=[REPLY], promised_at=promised
    )
    floor = await bench.store.floor(person.id)
    assert (floor.holder, floor.promised_at) == (Holder.waiting, promised)
    assert floor.version != turn.conversation.floor.version
    file = await bench.cases.find(await person.case_id())
    assert file is not None
    assert (file.contact.first_name, file.contact.email) == ("Léa", "lea@exemple.fr")
    assert file.case.promised_at == promised


async def test_only_a_button_that_the_assistant_offered_here_was_offered(bench: Bench) -> None:
    lea, marc = await bench.person(), await bench.person()
    turn = await turn_of(lea)
    offer = Reply("Voulez-vous ?", buttons=(Button("Oui", "/affirm"),))
    await bench.store.commit(turn, Outcome(), replies=[offer], promised_at=now())
    assert await bench.store.was_offered(lea.id, "/affirm")
    assert not await bench.store.was_offered(lea.id, "/deny")
    assert not await bench.store.was_offered(marc.id, "/affirm")


@pytest.mark.parametrize("useful", [True, False])
async def test_only_an_answer_of_the_assistant_can_be_rated(bench: Bench, useful: bool) -> None:
    person = await bench.person()
    await person.ask("bonjour")
    assert await bench.store.rate(person.id, 3, useful=useful)
    assert [m.useful for m in await bench.store.messages(person.id)] == [None, None, useful]
    for seq in (1, 2, 4):
        assert not await bench.store.rate(person.id, seq, useful=useful)


async def test_a_card_is_read_as_it_was_said(bench: Bench) -> None:
    bare = Card(CardKind.event, "Salon de l’étudiant")
    person = await bench.with_engine(EchoEngine(showing(CAQ_STEP, bare))).person()
    await person.ask("mon plan")
    *_, said = await bench.store.messages(person.id)
    assert said.cards == (CAQ_STEP, bare)


async def test_why_an_answer_was_of_no_use_is_kept_until_it_is_judged_useful(bench: Bench) -> None:
    person = await bench.person()
    await person.ask("bonjour")

    async def rated(useful: bool, why: Why | None = None) -> Why | None:
        assert await bench.store.rate(person.id, 3, useful=useful, why=why)
        return (await bench.store.messages(person.id))[2].why

    assert await rated(False) is None
    assert await rated(False, Why.unclear) is Why.unclear
    assert await rated(False) is Why.unclear, "the same rating takes nothing back"
    assert await rated(False, Why.wrong) is Why.wrong
    assert await rated(True, Why.wrong) is None


async def test_an_answer_judged_unhelpful_offers_an_adviser(bench: Bench) -> None:
    person = await bench.person()
    await person.ask("bonjour")
    assert not await bench.store.was_offered(person.id, ASK_ADVISER)
    await bench.store.rate(person.id, 3, useful=True)
    assert not await bench.store.was_offered(person.id, ASK_ADVISER)
    await bench.store.rate(person.id, 3, useful=False)
    assert await bench.store.was_offered(person.id, ASK_ADVISER)
    assert not await bench.store.was_offered(person.id, "/affirm")


async def test_only_what_a_card_offers_here_can_be_ticked_and_once(bench: Bench) -> None:
    lea = await bench.with_engine(EchoEngine(showing(CAQ_STEP))).person()
    marc = await bench.person()
    await lea.ask("mon plan")
    assert not await bench.store.tick(lea.id, "plan/other", at=now())
    assert not await bench.store.tick(marc.id, "plan/caq", at=now())
    for _ in range(2):
        assert await bench.store.tick(lea.id, "plan/caq", at=now())
    assert await bench.store.ticked(lea.id) == ("plan/caq",)
    assert await bench.store.ticked(marc.id) == ()


async def test_ticked_twice_at_once_is_ticked_once(bench: Bench) -> None:
    person = await bench.with_engine(EchoEngine(showing(CAQ_STEP))).person()
    await person.ask("mon plan")
    ticked = [bench.store.tick(person.id, "plan/caq", at=now()) for _ in range(5)]
    assert set(await asyncio.gather(*ticked)) == {True}
    assert await bench.store.ticked(person.id) == ("plan/caq",)


async def test_unticking_takes_one_item_back_and_twice_changes_nothing(bench: Bench) -> None:
    visa = replace(CAQ_STEP, tick="plan/permit")
    person = await bench.with_engine(EchoEngine(showing(CAQ_STEP, visa))).person()
    await person.ask("mon plan")
    for item in ("plan/permit", "plan/caq"):
        await bench.store.tick(person.id, item, at=now())
    assert await bench.store.ticked(person.id) == ("plan/permit", "plan/caq")
    for _ in range(2):
        await bench.store.untick(person.id, "plan/permit")
    page = await bench.store.page(person.id, after=0)
    assert page is not None
    assert page.ticked == ("plan/caq",)
