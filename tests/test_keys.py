"""The key that seals: given, or made once and kept for its owner alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from py_vapid import Vapid02
from pydantic import ValidationError

from bot.keys import push_key, secret_keys
from bot.settings import Settings


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    first = secret_keys(None, folder)
    assert secret_keys(None, folder) == first
    assert len(first[0]) >= 32
    assert [file.name for file in folder.iterdir()] == ["secret.key"]
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: secret_keys(None, tmp_path), range(8)))
    assert len(made) == 1


def test_keys_that_are_given_are_used_the_newest_first(tmp_path: Path) -> None:
    keys = f"{'n' * 40}, {'o' * 40}"
    assert Settings(secret_keys=keys, var=tmp_path).keys() == ("n" * 40, "o" * 40)
    assert list(tmp_path.iterdir()) == []


def test_a_short_key_is_refused_and_none_is_printed() -> None:
    with pytest.raises(ValidationError, match="32 characters"):
        Settings(secret_keys="court")
    assert "n" * 40 not in repr(Settings(secret_keys="n" * 40))


def test_the_key_of_notifications_is_made_once_beside_the_other(tmp_path: Path) -> None:
    first = push_key(None, (), tmp_path)
    assert push_key(None, (), tmp_path) == first
    assert (tmp_path / "push.key").stat().st_mode & 0o777 == 0o600
    assert push_key("given", ("k" * 40,), tmp_path) == "given"


def test_machines_that_share_their_keys_have_the_same_and_a_newer_key_changes_nothing(
    tmp_path: Path,
) -> None:
    one = Settings(secret_keys="o" * 40, var=tmp_path / "one").vapid_key()
    assert Settings(secret_keys=f"{'n' * 40},{'o' * 40}", var=tmp_path).vapid_key() == one
    assert Settings(secret_keys="n" * 40, var=tmp_path).vapid_key() != one
    assert list(tmp_path.iterdir()) == []
    assert Vapid02.from_raw(one.encode()).public_key.curve.name == "secp256r1"
