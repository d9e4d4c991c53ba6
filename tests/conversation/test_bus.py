"""Listeners are told; none of them can hold anybody up."""

from bot.conversation.bus import Bus, Changed, Erased, Typing


def test_a_listener_hears_of_its_conversation_only() -> None:
    bus = Bus()
    with bus.listen("lea") as hers, bus.listen("marc") as his:
        bus.tell(Changed("lea"))
        bus.tell(Typing("lea", "Claire L."))
        assert [hers.get_nowait(), hers.get_nowait()] == [
            Changed("lea"),
            Typing("lea", "Claire L."),
        ]
        assert his.empty()


def test_who_listens_to_everything_hears_of_every_conversation() -> None:
    bus = Bus()
    with bus.listen() as everything:
        bus.tell(Changed("lea"))
        bus.tell(Erased("marc"))
        assert [everything.get_nowait(), everything.get_nowait()] == [
            Changed("lea"),
            Erased("marc"),
        ]


def test_a_slow_listener_neither_blocks_nor_costs_the_others_anything() -> None:
    bus = Bus()
    with bus.listen("lea") as slow, bus.listen("lea") as quick:
        for _ in range(1000):
            bus.tell(Changed("lea"))
            assert quick.get_nowait() == Changed("lea")
        assert 0 < slow.qsize() <= 100, "what it missed is in the store"


def test_nobody_is_remembered_after_leaving() -> None:
    bus = Bus()
    with bus.listen("lea") as queue:
        pass
    bus.tell(Changed("lea"))
    assert queue.empty()
    assert bus._listeners == {}
