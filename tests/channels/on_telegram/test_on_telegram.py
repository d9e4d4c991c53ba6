"""A conversation in Telegram, from the first word to an answer; by polling, on SQLite."""

import pytest
from bot_api import STICKER, BotApi
from builders import CAQ_STEP, handing_over, showing
from phone import NOTICE, Phone, TelegramBench

from bot.handover.case import State
from bot.messages import Button, Citation, Outcome, Reply
from bot.texts import say

CAQ = Citation("CAQ & frais", "https://quebec.example/frais?a=1&b=2", "Québec", True, "juin 2026")


async def test_the_notice_comes_first_then_the_welcome(lea: Phone) -> None:
    lea.writes("/start")
    assert f"{lea.bench.service.settings.url}vie-privee" in (await lea.reads(NOTICE)).text
    await lea.reads("ouvrez le menu")
    assert len(lea.api.texts(lea.chat)) == 2


async def test_a_first_message_without_start_gets_the_notice_then_its_answer(lea: Phone) -> None:
    lea.writes("combien coûte le CAQ")
    await lea.reads(NOTICE)
    await lea.reads("écho : combien coûte le CAQ")


async def test_an_answer_is_shown_with_its_sources_as_links_and_nothing_of_it_is_markup(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.answers_next(Outcome((Reply("Le CAQ coûte <134 $> & plus", sources=(CAQ,)),)))
    lea.writes("combien")
    call = await lea.reads("Le CAQ coûte <134 $> & plus")
    assert "CAQ & frais, Québec (juin 2026)" in call.text
    link = '<a href="https://quebec.example/frais?a=1&amp;b=2">CAQ &amp; frais</a>'
    assert link in call.values["text"]


async def test_a_button_says_what_it_stands_for_and_is_then_shown_as_chosen(
    bench: TelegramBench, lea: Phone
) -> None:
    payload = '/inform{"citizenship": "' + "x" * 200 + '"}'
    asked = Reply("Quelle est votre citoyenneté?", buttons=(Button("Française", payload),))
    bench.answers_next(Outcome((asked,)))
    lea.writes("mon plan")
    await lea.chooses("Française")
    await lea.reads("écho : Française")
    await lea.button("✓ Française")
    messages = await bench.service.conversations.store.messages(await lea.conversation())
    assert messages[-2].button == payload
    assert messages[-2].text == "Française"


async def test_a_press_is_never_taken_for_the_message_of_the_same_number(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.answers_next(Outcome((Reply("Oui ou non?", buttons=(Button("Oui", "/yes"),)),)))
    written = lea.writes("bonjour")
    _, data = await lea.button("Oui")
    press = lea.api.press(lea.chat, data)
    press["callback_query"]["id"] = str(written["message"]["message_id"])
    lea.api.push(press)
    await lea.reads("écho : Oui")


async def test_a_button_of_a_conversation_that_is_over_is_answered_kindly(
    bench: TelegramBench, lea: Phone
) -> None:
    lea.writes("bonjour")
    await lea.reads("écho : bonjour")
    for data in ("b:00000000:2:0", "nonsense", "b:x:y:z", ""):
        lea.presses(data)
    await bench.until(lambda: len(answers(bench.api)) == 4)
    assert {each["text"] for each in answers(bench.api)} == {say("telegram.old_button")}
    assert len(await lea.thread()) == 3


async def test_whether_an_answer_is_useful_is_kept_and_why_and_an_adviser_is_offered(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.answers_next(Outcome((Reply("134 $", topic="caq/fee"),)))
    lea.writes("combien")
    await lea.chooses("Pas utile")
    await lea.chooses("C’est faux ou dépassé")
    await bench.until(lambda: len(answers(bench.api)) == 2)
    messages = await bench.service.conversations.store.messages(await lea.conversation())
    assert (messages[-1].useful, messages[-1].why and messages[-1].why.value) == (False, "wrong")
    await lea.chooses("Parler à un conseiller")
    await lea.reads("écho : Je voudrais parler à un conseiller")


async def test_a_useful_answer_is_thanked_for(bench: TelegramBench, lea: Phone) -> None:
    bench.answers_next(Outcome((Reply("134 $", topic="caq/fee"),)))
    lea.writes("combien")
    await lea.chooses("Utile")
    await lea.button("Merci de votre avis.")
    messages = await bench.service.conversations.store.messages(await lea.conversation())
    assert messages[-1].useful


async def test_a_plan_is_shown_its_steps_ticked_its_dates_and_its_page_sent_as_files(
    bench: TelegramBench, lea: Phone
) -> None:
    bench.answers_next(showing(CAQ_STEP))
    lea.writes("mon plan")
    call = await lea.reads("Voici votre plan.")
    assert "Demander le CAQ (en retard)" in call.text
    assert "Frais\u00a0: 134 $" in call.text
    await lea.chooses("☐ Demander le CAQ")
    await lea.button("☑ Demander le CAQ")
    assert await bench.service.conversations.store.ticked(await lea.conversation()) == ("plan/caq",)
    await lea.chooses("Ajouter à mon calendrier")
    name, content, _ = await lea.gets_file()
    assert name.endswith(".ics")
    assert b"BEGIN:VEVENT" in content
    await lea.chooses("Imprimer")
    await bench.until(lambda: len(lea.api.sent(lea.chat, "sendDocument")) == 2)
    name, content, _ = await lea.gets_file()
    assert name.endswith(".html")
    assert b"Demander le CAQ" in content


async def test_pressing_the_same_box_twice_ticks_it_once(bench: TelegramBench, lea: Phone) -> None:
    bench.answers_next(showing(CAQ_STEP))
    lea.writes("mon plan")
    _, data = await lea.button("☐ Demander le CAQ")
    lea.presses(data)
    lea.presses(data)
    await bench.until(lambda: len(answers(bench.api)) == 2)
    assert await bench.service.conversations.store.ticked(await lea.conversation()) == ("plan/caq",)
    await lea.chooses("☑ Demander le CAQ")
    await bench.until(lambda: len(answers(bench.api)) == 3)
    assert await bench.service.conversations.store.ticked(await lea.conversation()) == ()


async def test_an_adviser_is_announced_by_name_answers_and_gives_back(
    bench: TelegramBench, lea: Phone
) -> None:
    claire = await bench.adviser()
    bench.answers_next(handing_over())
    lea.writes("/conseiller")
    await lea.reads("C’est transmis, Léa")
    [summary] = await bench.parts.cases.queue(state=State.waiting)
    work = bench.service.work
    await work.claim(summary.case.id, claire)
    await lea.reads("Claire L. a pris votre dossier")
    await work.answer(summary.case.id, claire, "Bonjour Léa.")
    call = await lea.reads("Bonjour Léa.")
    assert call.values["text"] == "<b>Claire L.</b>\nBonjour Léa."
    lea.writes("merci")
    await bench.until(lambda: len(lea.api.updates) == 0)
    lea.sends(sticker=STICKER)
    await lea.reads("ne peut pas être transmis à Claire L.")
    assert ("person", "merci") in await lea.thread()
    assert "écho : merci" not in lea.api.texts(lea.chat)
    await work.give_back(summary.case.id, claire)
    await lea.reads("l’assistant automatique vous répond de nouveau")
    lea.writes("et le CAQ")
    await lea.reads("écho : et le CAQ")


async def test_that_somebody_is_writing_is_shown(bench: TelegramBench, lea: Phone) -> None:
    lea.writes("bonjour")
    await lea.reads("écho : bonjour")
    lea.writes("encore")
    await bench.until(lambda: lea.api.sent(lea.chat, "sendChatAction"))
    assert lea.api.sent(lea.chat, "sendChatAction")[0].values["action"] == "typing"


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/plan", "écho : mon plan"),
        ("/conseiller", "écho : Je voudrais parler à un conseiller"),
        ("/aide", "ouvrez le menu"),
        ("/aide@QuebecTestBot", "ouvrez le menu"),
        ("/inconnue", "ouvrez le menu"),
    ],
)
async def test_a_command_does_what_it_says(lea: Phone, command: str, text: str) -> None:
    lea.writes(command)
    await lea.reads(text)


async def test_the_menu_names_the_commands_in_french(bench: TelegramBench) -> None:
    await bench.until(lambda: [c for c in bench.api.calls if c.method == "setMyCommands"])
    [call] = [call for call in bench.api.calls if call.method == "setMyCommands"]
    for name in ("plan", "conseiller", "donnees", "effacer", "site", "aide"):
        assert f'"command": "{name}"' in call.values["commands"]
    await bench.until(lambda: bench.told)
    assert bench.told == ["Telegram\u00a0: https://t.me/QuebecTestBot répond."]


async def test_my_data_come_as_a_file_with_every_word_and_no_secret(
    bench: TelegramBench, lea: Phone
) -> None:
    lea.writes("je suis belge")
    await lea.reads("écho : je suis belge")
    lea.writes("/donnees")
    name, content, caption = await lea.gets_file()
    assert name.endswith(".json")
    assert "je suis belge" in content.decode()
    assert "token_hash" not in content.decode()
    assert "/effacer" in caption
    assert f"{bench.service.settings.url}vie-privee" in caption


async def test_everything_is_erased_after_one_confirmation_even_while_an_adviser_has_the_floor(
    bench: TelegramBench, lea: Phone
) -> None:
    claire = await bench.adviser()
    bench.answers_next(handing_over())
    lea.writes("un conseiller")
    await lea.reads("C’est transmis")
    [summary] = await bench.parts.cases.queue(state=State.waiting)
    await bench.service.work.claim(summary.case.id, claire)
    conversation_id = await lea.conversation()
    lea.writes("/effacer")
    await lea.chooses("Oui, tout effacer")
    await lea.reads("il ne reste rien de notre conversation")
    assert await bench.service.conversations.export(conversation_id) is None
    lea.writes("bonjour")
    await lea.reads(NOTICE)
    assert await lea.conversation() != conversation_id


@pytest.mark.parametrize("command", ["/donnees", "/effacer"])
async def test_who_has_no_conversation_is_told_that_nothing_is_kept(
    lea: Phone, command: str
) -> None:
    lea.writes(command)
    await lea.reads("Rien n’est conservé")
    assert await lea.bench.parts.outbox.waiting("telegram") == []


def answers(api: BotApi) -> list[dict[str, str]]:
    return [call.values for call in api.calls if call.method == "answerCallbackQuery"]
