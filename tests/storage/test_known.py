"""What the desk knows of a person is how their last turn left it."""

from typing import Any

from builders import Bench, Person

from bot.messages import Outcome, Reply
from bot.storage.known import SqlKnown
from bot.storage.memory import ending_with


async def tells(person: Person, slots: dict[str, Any]) -> None:
    """One turn that ends with these slots."""
    await person.write("je vous dis tout")
    turn = await person.bench.store.next_turn(person.id)
    assert turn is not None
    memory = (
        {"event": "user", "text": "je vous dis tout"},
        ending_with({"event": "action", "name": "action_listen"}, {"slots": slots, "loop": None}),
    )
    assert await person.bench.store.commit(turn, Outcome(memory=memory), replies=[Reply("noté")])


async def test_nothing_is_known_of_who_has_not_been_answered(bench: Bench) -> None:
    person = await bench.person()
    await tells(await bench.person(), {"level": "master"})
    assert await SqlKnown(bench.database).of(person.id) == {}


async def test_the_profile_is_what_the_last_turn_left(bench: Bench) -> None:
    person = await bench.person()
    await tells(person, {"level": "dec", "city": "Lyon"})
    await tells(person, {"level": "master", "tries": 2, "field": ""})
    assert await SqlKnown(bench.database).of(person.id) == {"level": "master", "tries": "2"}


async def test_lists_and_marks_say_nothing_of_a_person(bench: Bench) -> None:
    person = await bench.person()
    await tells(person, {"suggested": ["a"], "plan_open": True, "compared": None, "age": "minor"})
    assert await SqlKnown(bench.database).of(person.id) == {"age": "minor"}
