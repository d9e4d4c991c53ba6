"""What is loaded at the start is not looked through for garbage."""

import gc

import pytest

from bot.lasting import lasting


@pytest.fixture(autouse=True)
def _thawed() -> None:
    gc.unfreeze()


def test_nothing_is_collected_within() -> None:
    with lasting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_loaded_is_left_alone_ever_after() -> None:
    with lasting():
        loaded: list[object] = [[]]
    assert not any(each is loaded for each in gc.get_objects())
    assert gc.get_freeze_count() > 0


def test_garbage_is_collected_again_though_loading_failed() -> None:
    with pytest.raises(OSError, match="no model"), lasting():
        raise OSError("no model")
    assert gc.isenabled()
