"""The `qve` command as people run it: its own process, its own folder."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.keys import secret_keys


@pytest.fixture
def qve(tmp_path: Path):  # type: ignore[no-untyped-def]
    def run(*words: str, given: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            input=given,
            env={**os.environ, "QVE_VAR": str(tmp_path), **settings},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def test_ask_jsonl_answers_each_line_in_order_with_the_promised_keys(qve) -> None:  # type: ignore[no-untyped-def]
    lines = [
        {"id": "a", "conversation": "1", "text": "combien coute le caq"},
        {"id": "b", "conversation": "2", "text": "mon permis a été refusé, je fais quoi ?"},
        {"id": "c", "conversation": "1", "text": "recette de crêpes"},
    ]

    done = qve("ask", "--jsonl", given="\n".join(json.dumps(line) for line in lines))

    assert done.returncode == 0, done.stderr
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert [answer["id"] for answer in (first, second, third)] == ["a", "b", "c"]
    assert set(first) == {
        "id", "conversation", "theme", "topics", "replies", "floor", "handover_offered",
        "personal_case", "language", "ms",
    }  # fmt: skip
    assert first["theme"] == "caq"
    assert first["topics"][0].keys() == {"id", "theme", "confidence"}
    assert first["replies"][0]["sources"][0].keys() == {"title", "url", "as_of"}
    assert first["replies"][0]["buttons"][0].keys() == {"title", "payload"}
    assert second["personal_case"]
    assert second["handover_offered"]
    assert second["theme"] == "personal_case"
    assert third["theme"] == "out_of_scope"


def test_ask_jsonl_answers_a_line_before_the_next_and_presses_the_buttons_it_offered(
    tmp_path: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        env={**os.environ, "QVE_VAR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as asking:

        def answered(text: str, **more: str) -> dict[str, Any]:
            line = {"id": "1", "conversation": "1", "text": text, **more}
            print(json.dumps(line), file=asking.stdin, flush=True)
            answer: dict[str, Any] = json.loads(asking.stdout.readline())  # type: ignore[union-attr]
            return answer

        case = answered("mon permis a été refusé, je fais quoi ?")
        offer = case["replies"][-1]["buttons"][0]
        pressed = answered(offer["title"], button=offer["payload"])
        invented = answered("Marie", button="/erase_everything")
        asking.stdin.close()  # type: ignore[union-attr]

    assert "Comment peut-elle vous appeler" in pressed["replies"][-1]["text"]
    assert "courriel" in invented["replies"][-1]["text"], "a button nobody offered is only words"


def test_a_line_that_is_no_question_is_said_by_its_number(qve) -> None:  # type: ignore[no-untyped-def]
    done = qve("ask", "--jsonl", given='{"id": "1", "conversation": "1", "text": "x"}\n{oops')
    assert done.returncode == 1
    assert json.loads(done.stdout)["id"] == "1", "the lines before it are answered"
    assert "Ligne 2" in done.stderr
    assert "Traceback" not in done.stderr


def test_ask_prints_the_answer_with_its_sources(qve) -> None:  # type: ignore[no-untyped-def]
    done = qve("ask", "combien coute le caq")
    assert "134" in done.stdout
    assert "https://" in done.stdout
    assert done.stderr == ""


def test_a_port_in_use_is_one_clear_sentence(qve) -> None:  # type: ignore[no-untyped-def]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = qve("serve", QVE_PORT=port)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Le port {port} est déjà utilisé")
    assert len(done.stderr.splitlines()) == 1


def test_a_wrong_setting_is_one_clear_sentence(qve) -> None:  # type: ignore[no-untyped-def]
    done = qve("knowledge", "check", QVE_PORT="beaucoup")
    assert done.returncode == 2
    assert done.stderr.startswith("Réglage refusé")
    assert "QVE_PORT" in done.stderr


def test_a_database_that_cannot_be_written_is_one_clear_sentence(qve) -> None:  # type: ignore[no-untyped-def]
    url = "sqlite+aiosqlite:////proc/nowhere/qve.sqlite3"
    done = qve("purge", QVE_DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.startswith("La base de données")
    assert "Traceback" not in done.stderr


def test_who_is_locked_out_gets_a_new_link(qve) -> None:  # type: ignore[no-untyped-def]
    qve("desk", "add-adviser", "claire@exemple.org", "--name", "Claire L.")
    reset = qve("desk", "reset-adviser", "Claire@exemple.org")
    unknown = qve("desk", "reset-adviser", "paul@exemple.org")

    assert "/desk/invitation/" in reset.stdout
    assert (unknown.returncode, "Aucun compte" in unknown.stderr) == (1, True)


def test_an_adviser_is_added_once(qve) -> None:  # type: ignore[no-untyped-def]
    added = qve("desk", "add-adviser", "claire@exemple.org", "--name", "Claire L.")
    again = qve("desk", "add-adviser", "claire@exemple.org", "--name", "Claire L.")
    wrong = qve("desk", "add-adviser", "claire", "--name", "Claire L.")

    assert "/desk/invitation/" in added.stdout
    assert again.returncode == wrong.returncode == 1
    assert "existe déjà" in again.stderr
    assert "n’est pas une adresse" in wrong.stderr


def test_exporting_nobody_says_so(qve) -> None:  # type: ignore[no-untyped-def]
    done = qve("export", "00000000-0000-0000-0000-000000000000")
    assert done.returncode == 1
    assert "Aucune conversation" in done.stderr


def test_knowledge_can_be_listed_and_searched(qve) -> None:  # type: ignore[no-untyped-def]
    assert "caq/fee" in qve("knowledge", "list").stdout
    assert "housing/" in qve("knowledge", "search", "logement").stdout
    assert qve("knowledge", "search", "xylophone").returncode == 1


def test_a_new_key_is_made_and_what_is_sealed_is_sealed_again(qve, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    key = secret_keys(None, tmp_path)
    done = qve("rotate-keys", "--new-key")
    assert (done.returncode, "scellées" in done.stdout) == (0, True), done.stderr
    assert secret_keys(None, tmp_path)[1:] == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    refused = qve("rotate-keys", "--new-key", QVE_SECRET_KEYS="n" * 40)
    assert (refused.returncode, "QVE_SECRET_KEYS" in refused.stderr) == (1, True)
