"""Files between a person in Telegram and the adviser who has the floor."""

import io

from bot_api import DOCUMENT, LOCATION
from builders import handing_over
from phone import Phone, TelegramBench
from PIL import Image

from bot.files.checking import FitFile, checked
from bot.handover.case import Adviser, State
from bot.messages import FileRef
from bot.storage.file_store import SqlFileStore
from bot.texts import say


def picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    return file.getvalue()


async def advised(bench: TelegramBench, lea: Phone) -> tuple[int, Adviser]:
    claire = await bench.adviser()
    bench.answers_next(handing_over())
    lea.writes("un conseiller")
    await lea.reads("C’est transmis")
    [summary] = await bench.parts.cases.queue(state=State.waiting)
    await bench.service.work.claim(summary.case.id, claire)
    await lea.reads("Claire L. a pris votre dossier")
    return summary.case.id, claire


async def test_a_document_goes_to_the_adviser_who_has_the_floor(
    bench: TelegramBench, lea: Phone
) -> None:
    await advised(bench, lea)
    bench.api.files["x"] = picture()
    lea.sends(document={**DOCUMENT, "file_name": "relevé.png"})
    await lea.reads(say("telegram.passed_on", adviser="Claire L."))
    messages = await bench.service.conversations.store.messages(await lea.conversation())
    [carried] = [message for message in messages if message.files]
    content = await SqlFileStore(bench.service.database).content(
        carried.conversation_id, carried.files[0].id
    )
    assert content is not None
    assert (content.ref.name, content.content) == ("relevé.png", picture())


async def test_what_is_no_document_is_refused_though_an_adviser_has_the_floor(
    bench: TelegramBench, lea: Phone
) -> None:
    await advised(bench, lea)
    bench.api.files["x"] = b"MZ: a program"
    lea.sends(document=DOCUMENT)
    await lea.reads(say("files.wrong_kind", megabytes=5))
    lea.sends(document={**DOCUMENT, "file_size": 6 * 1024 * 1024})
    await lea.reads(say("files.too_large", megabytes=5))
    lea.sends(location=LOCATION)
    await lea.reads("ne peut pas être transmis à Claire L.")


async def test_a_document_sent_to_the_assistant_is_refused_and_never_fetched(
    bench: TelegramBench, lea: Phone
) -> None:
    lea.sends(document=DOCUMENT)
    await lea.reads(say("telegram.document"))
    assert not [call for call in bench.api.calls if call.method == "getFile"]


async def test_the_file_of_an_adviser_comes_as_a_document_after_the_answer(
    bench: TelegramBench, lea: Phone
) -> None:
    case_id, claire = await advised(bench, lea)
    fit = checked("guide.png", picture())
    assert isinstance(fit, FitFile)
    files = SqlFileStore(bench.service.database)
    ref = await files.prepare(
        await lea.conversation(), fit, adviser_id=claire.id, at=bench.service.conversations._clock()
    )
    assert isinstance(ref, FileRef)
    await bench.service.work.answer(case_id, claire, "Voici le guide.", files=(ref,))
    await lea.reads("Voici le guide.")
    name, content, caption = await lea.gets_file()
    assert (name, content, caption) == ("guide.png", picture(), "")
