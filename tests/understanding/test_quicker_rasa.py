"""What is taken out of Rasa changes nothing but the time it takes."""

import copy

import pytest

pytest.importorskip("rasa")


def test_an_event_is_still_found_by_its_type() -> None:
    from rasa.shared.core.events import Event, SlotSet, UserUttered

    from bot.understanding.quicker_rasa import make_rasa_quicker

    make_rasa_quicker()
    make_rasa_quicker()
    found = [Event.resolve_by_type(name) for name in ("user", "slot", "user")]
    assert found == [UserUttered, SlotSet, UserUttered]
    with pytest.raises(ValueError, match="nothing_of_the_kind"):
        Event.resolve_by_type("nothing_of_the_kind")


def test_a_copied_slot_is_one_of_its_own() -> None:
    from rasa.shared.core.slots import FloatSlot

    from bot.understanding.quicker_rasa import make_rasa_quicker

    make_rasa_quicker()
    slot = FloatSlot("tries", [], min_value=0, max_value=10)
    alike = copy.copy(slot)
    alike.value = 2.0
    assert (type(alike), alike.name, alike.max_value) == (FloatSlot, "tries", 10)
    assert (slot.value, alike.value) == (None, 2.0)


def test_what_rasa_copies_in_those_modules_only_goes_to_its_debug_log() -> None:
    """Rasa 3.6.21: a version that copies something else there would be given the thing itself."""
    import inspect
    import re

    from rasa.core import processor
    from rasa.core.policies import rule_policy

    for module in (processor, rule_policy):
        source = inspect.getsource(module)
        logged = re.findall(r"structlogger\.debug\((?:[^()]|\([^()]*\))*\)", source)
        copied = source.count("copy.deepcopy(")
        assert copied > 0
        assert sum(call.count("copy.deepcopy(") for call in logged) == copied
        assert not re.search(r"\bcopy\.copy\(", source)
