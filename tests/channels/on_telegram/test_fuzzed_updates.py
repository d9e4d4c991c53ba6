"""Whatever comes with the right secret, nothing breaks and the next message is answered."""

from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from phone import Phone
from test_webhook import BELIEVED, Webhook, webhook

from bot.channels.telegram.receiving import WEBHOOK

assert webhook, "the fixture of this name is used below"
_chats = count(50_000)
_words = st.text(max_size=20)
_anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=6,
)
_chat = st.fixed_dictionaries(
    {"id": st.integers(-(2**63), 2**63) | _anything},
    optional={"type": st.sampled_from(["private", "group", "channel", "x"]) | _anything},
)
_message: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        "message_id": st.integers() | _anything,
        "date": st.integers(0, 2**33) | _anything,
        "chat": _chat | _anything,
        "from": _anything,
        "text": _words | _anything,
        **dict.fromkeys(("entities", "photo", "document", "contact", "sticker"), _anything),
    },
)
_KINDS = (
    *("message", "edited_message", "channel_post", "callback_query", "my_chat_member"),
    *("inline_query", "chat_join_request", "x"),
)
_update = st.fixed_dictionaries(
    {"update_id": st.integers(1, 10**6) | _anything},
    optional={
        kind: _message | st.fixed_dictionaries({"message": _message}) | _anything for kind in _KINDS
    },
)


def examples(count: int) -> list[list[Any]]:
    """Some updates each. Not shrunk: each try would wait for somebody who is never answered."""
    found: list[list[Any]] = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.lists(_update | _anything, min_size=1, max_size=4))
    def collect(updates: list[Any]) -> None:
        found.append(updates)

    collect()
    return found


async def test_random_updates_break_nothing_and_lose_nobody(webhook: Webhook) -> None:
    """Everybody's answer is waited for at the end: an update is a while held for the one before."""
    written = {}
    for updates in examples(30):
        for update in updates:
            assert await webhook.calls(update) in (200, 400), update
        chat = next(_chats)
        person = Phone(webhook.bench, chat)
        assert await webhook.calls(person.api.message(chat, f"après {chat}")) == 200, updates
        written[chat] = (person, updates)
    assert len(written) > 20
    for chat, (person, updates) in written.items():
        try:
            await person.reads(f"écho : après {chat}")
        except AssertionError as lost:
            raise AssertionError(f"nobody was answered after {updates}") from lost


async def test_bytes_that_are_no_json_are_refused(webhook: Webhook) -> None:
    for body in (b"", b"\xff\xfe", b"{", b"[" * 20_000, b'{"update_id": NaN}', b"\x00"):
        answer = await webhook.http.post(WEBHOOK, content=body, headers=BELIEVED)
        assert answer.status_code == 400, body[:20]
