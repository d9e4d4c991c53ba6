"""Files at the desk: joined to an answer, and downloaded."""

import httpx
import pytest
from desk_bench import Bench, Browser

from bot.files.checking import FitFile

pytestmark = pytest.mark.asyncio
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"


async def opened(bench: Bench, browser: Browser) -> int:
    case_id = await bench.open_case()
    await browser.get(f"/desk/cases/{case_id}")
    await browser.post(f"/desk/cases/{case_id}/claim")
    await browser.get(f"/desk/cases/{case_id}")
    return case_id


async def choose(browser: Browser, case_id: int, *files: tuple[str, bytes]) -> httpx.Response:
    token = browser.hidden()["form_token"]
    return await browser.http.post(
        f"/desk/cases/{case_id}/files",
        data={"form_token": token},
        files=[("files", file) for file in files],
        headers={"hx-request": "true"},
    )


async def test_files_are_joined_to_the_next_answer_and_leave_the_box(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await opened(bench, browser)
    chosen = await choose(browser, case_id, ("lettre.pdf", PDF), ("autre.pdf", PDF))
    assert chosen.text.count("Retirer ") == 2
    await browser.get(f"/desk/cases/{case_id}")
    prepared = await bench.files.prepared(await bench.conversation_of(case_id), adviser_id=1)
    [first] = [file.id for file in prepared if file.name == "lettre.pdf"]
    await browser.post(f"/desk/cases/{case_id}/files/{first}/discard")
    await browser.get(f"/desk/cases/{case_id}")
    assert (await browser.post(f"/desk/cases/{case_id}/answer", text="Voici.")).is_redirect
    said = (await bench.thread(case_id))[-1]
    assert (said.text, [file.name for file in said.files]) == ("Voici.", ["autre.pdf"])
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    assert "Retirer " not in page
    got = await browser.http.get(f"/desk/cases/{case_id}/files/{said.files[0].id}")
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith("attachment")


async def test_a_file_alone_is_an_answer(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await opened(bench, browser)
    await choose(browser, case_id, ("lettre.pdf", PDF))
    assert (await browser.post(f"/desk/cases/{case_id}/answer", text="")).is_redirect
    assert (await bench.thread(case_id))[-1].text == "lettre.pdf"


async def test_a_refused_file_is_explained_and_the_good_one_kept(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await opened(bench, browser)
    chosen = await choose(browser, case_id, ("a.exe", b"MZ"), ("b.pdf", PDF))
    assert chosen.status_code == 422
    assert "Ce genre de fichier" in chosen.text
    assert "Retirer b.pdf" in chosen.text


async def test_a_file_of_another_case_is_not_found(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id, other = await opened(bench, browser), await bench.open_case()
    await choose(browser, case_id, ("lettre.pdf", PDF))
    [ref] = await bench.files.prepared(await bench.conversation_of(case_id), adviser_id=1)
    assert (await browser.http.get(f"/desk/cases/{other}/files/{ref.id}")).status_code == 404
    stranger = bench.browser()
    assert (await stranger.http.get(f"/desk/cases/{case_id}/files/{ref.id}")).status_code == 404


async def test_what_the_person_sent_stands_in_the_thread(bench: Bench) -> None:
    _, browser = await bench.adviser()
    case_id = await opened(bench, browser)
    file = FitFile("relevé.pdf", "application/pdf", PDF)
    await bench.files.receive(
        await bench.conversation_of(case_id), file, external_id="k", at=bench.clock()
    )
    page = (await browser.get(f"/desk/cases/{case_id}")).text
    assert "Télécharger relevé.pdf" in page
