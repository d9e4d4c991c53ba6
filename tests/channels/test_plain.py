"""The page that needs no JavaScript: the same conversation, by forms and links alone."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from builders import CAQ_STEP, EchoEngine, handing_over, service_on, showing
from web_client import Writer, web, writer

from bot.channels.plain import COOKIE, PAGE
from bot.messages import ASK_ADVISER, Button, Citation, Outcome, Reply

HERE = {"Origin": "http://qve.test"}
SOURCED = Reply(
    "Le CAQ coûte 134 $, voir https://quebec.example/caq.",
    topic="caq/fee",
    buttons=(Button("Parler à un conseiller", ASK_ADVISER),),
    sources=(Citation("Frais", "https://quebec.example/frais", "Québec", True, "juin 2026"),),
)


@pytest_asyncio.fixture
async def engine() -> EchoEngine:
    return EchoEngine()


@pytest_asyncio.fixture
async def plain(sqlite_url: str, engine: EchoEngine) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without JavaScript: it follows redirections and keeps its cookies."""
    service = service_on(sqlite_url, engine)
    async with web(service) as http:
        http.follow_redirects = True
        http.headers.update(HERE)
        yield http
    await service.database.close()


async def write(plain: httpx.AsyncClient, text: str, **more: str) -> httpx.Response:
    return await plain.post(PAGE, data={"text": text, **more})


def messages(page: httpx.Response) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="text">(.*?)</p>', page.text)]


async def test_nothing_is_kept_before_the_first_message(plain: httpx.AsyncClient) -> None:
    page = await plain.get(PAGE)
    assert page.status_code == 200
    assert "C’est un assistant automatique, pas une personne" in page.text
    assert not page.cookies
    assert not plain.cookies
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_a_message_opens_the_conversation_and_is_answered_in_the_same_breath(
    plain: httpx.AsyncClient,
) -> None:
    page = await write(plain, "c’est quoi le CAQ?")
    assert page.url.path == PAGE
    assert messages(page)[1:] == ["c’est quoi le CAQ?", "écho : c’est quoi le CAQ?"]
    again = await write(plain, "et combien?")
    assert messages(again)[1::2] == ["c’est quoi le CAQ?", "et combien?"]


async def test_what_is_kept_is_said_first_with_a_link_to_the_page_that_says_it_all(
    plain: httpx.AsyncClient,
) -> None:
    [notice, *_] = messages(await write(plain, "bonjour"))
    assert re.search(r'<a href="(http\S+/vie-privee)" rel="noopener">\1</a>$', notice)


async def test_its_cookie_goes_to_this_page_alone_and_no_script_reads_it(
    plain: httpx.AsyncClient,
) -> None:
    plain.follow_redirects = False
    cookie = (await write(plain, "bonjour")).headers["set-cookie"]
    for part in (f"{COOKIE}=", f"Path={PAGE}", "HttpOnly", "SameSite=lax"):
        assert part in cookie
    assert "expires" not in cookie.lower()


async def test_the_same_form_sent_twice_is_one_message(plain: httpx.AsyncClient) -> None:
    await write(plain, "bonjour")
    await write(plain, "une fois", key="abc")
    page = await write(plain, "une fois", key="abc")
    assert messages(page).count("une fois") == 1


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [("  ", 422, "Votre message est vide"), ("é" * 2001, 422, "la limite est de 2000")],
)
async def test_what_cannot_be_sent_comes_back_in_its_field_with_the_reason(
    plain: httpx.AsyncClient, text: str, status: int, says: str
) -> None:
    page = await write(plain, text)
    assert page.status_code == status
    assert says in page.text
    assert f">\n{text}</textarea>" in page.text
    assert 'aria-invalid="true"' in page.text
    assert "<title>Erreur" in page.text
    assert not plain.cookies, "no conversation was opened for nothing"


async def test_text_is_never_html_and_links_are_only_of_the_web(
    plain: httpx.AsyncClient, engine: EchoEngine
) -> None:
    engine.outcomes.append(Outcome((SOURCED,)))
    page = await write(plain, "<script>alert(1)</script> javascript:alert(1)")
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    assert 'href="javascript' not in page.text
    assert '<a href="https://quebec.example/caq" rel="noopener">' in page.text


async def test_sources_buttons_and_an_opinion_are_there(
    plain: httpx.AsyncClient, engine: EchoEngine
) -> None:
    engine.outcomes.append(Outcome((SOURCED,)))
    page = await write(plain, "combien")
    assert "<summary>1 source</summary>" in page.text
    assert "source officielle · juin 2026" in page.text
    assert f'name="button" value="{ASK_ADVISER}"' in page.text

    rated = await plain.post(f"{PAGE}/avis", data={"seq": "3", "useful": "true"})
    assert "Merci de votre avis." in rated.text

    pressed = await write(plain, "Parler à un conseiller", button=ASK_ADVISER)
    assert messages(pressed)[-1] == "écho : Parler à un conseiller"
    assert 'name="button"' not in pressed.text, "what was answered cannot be pressed again"


async def test_a_card_is_read_ticked_and_put_into_a_calendar(
    plain: httpx.AsyncClient, engine: EchoEngine
) -> None:
    engine.outcomes.append(showing(CAQ_STEP))
    page = await write(plain, "mon plan")
    for words in ("Demander le CAQ", "en retard", "Du 1er mars 2027 au 30 avril 2027", "134 $"):
        assert words in page.text
    ticked = await plain.post(
        f"{PAGE}/cases", data={"seq": "3", "item": "plan/caq", "done": "true"}
    )
    assert "☑ C’est fait" in ticked.text
    back = await plain.post(f"{PAGE}/cases", data={"seq": "3", "item": "plan/caq", "done": "false"})
    assert "☐ À faire" in back.text
    file = await plain.get(f"{PAGE}/calendrier/3")
    assert "DTSTART;VALUE=DATE:20270301" in file.text
    assert (await plain.get(f"{PAGE}/calendrier/2")).status_code == 404


async def test_who_waits_for_an_adviser_reads_the_promise(
    plain: httpx.AsyncClient, engine: EchoEngine
) -> None:
    engine.outcomes.append(handing_over())
    page = await write(plain, "un conseiller")
    assert re.search(
        r"Votre demande est transmise au service-conseil. Réponse prévue d’ici", page.text
    )
    assert ">Parler à un conseiller<" not in page.text
    assert "Voir s’il y a du nouveau" in page.text


async def test_one_sees_what_is_kept_and_has_it_erased(plain: httpx.AsyncClient) -> None:
    await write(plain, "bonjour")
    kept = await plain.get(f"{PAGE}/donnees")
    assert "bonjour" in kept.text
    assert "attachment" in kept.headers["content-disposition"]
    assert "Effacer la conversation?" in (await plain.get(f"{PAGE}/effacer")).text
    erased = await plain.post(f"{PAGE}/effacer")
    assert "La conversation est effacée" in erased.text
    assert not plain.cookies
    assert "bonjour" not in (await plain.get(PAGE)).text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://ailleurs.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
@pytest.mark.parametrize("door", ["", "/effacer", "/reprendre", "/avis", "/cases"])
async def test_another_site_cannot_write_erase_or_change_the_conversation(
    plain: httpx.AsyncClient, headers: dict[str, str], door: str
) -> None:
    await write(plain, "à moi")
    form = {
        "text": "à eux",
        "token": "x",
        "seq": "2",
        "useful": "true",
        "item": "a",
        "done": "true",
    }
    refused = await plain.post(PAGE + door, data=form, headers=headers)
    assert refused.status_code == 403
    page = await plain.get(PAGE)
    assert messages(page)[1] == "à moi"
    assert "à eux" not in page.text


async def test_the_conversation_of_the_widget_goes_on_here(plain: httpx.AsyncClient) -> None:
    lea: Writer = await writer(plain)
    await lea.send("dans le widget")
    page = await plain.post(f"{PAGE}/reprendre", data={"token": lea.token})
    assert messages(page)[1] == "dans le widget"
    await write(plain, "sur la page simple")
    assert ("person", "sur la page simple") in await lea.thread()
    unknown = await plain.post(f"{PAGE}/reprendre", data={"token": "inconnu"})
    assert unknown.status_code == 401


async def test_a_spent_cookie_begins_again_without_a_fuss(plain: httpx.AsyncClient) -> None:
    plain.cookies.set(COOKIE, "inconnu", path=PAGE)
    page = await write(plain, "bonjour")
    assert messages(page)[1:] == ["bonjour", "écho : bonjour"]


@pytest.mark.parametrize(
    ("method", "door", "form", "status", "says"),
    [
        ("POST", "/avis", {"seq": "2", "useful": "true"}, 401, "n’existe pas ou plus"),
        ("POST", "/cases", {"seq": "2", "item": "a", "done": "true"}, 401, "n’existe pas ou plus"),
        ("POST", "/reprendre", {"token": "inconnu"}, 401, "n’existe pas ou plus"),
        ("GET", "/donnees", None, 401, "n’existe pas ou plus"),
        ("GET", "/documents/inconnu", None, 401, "n’existe pas ou plus"),
        ("GET", "/calendrier/2", None, 401, "n’existe pas ou plus"),
        ("POST", "/avis", {"seq": "zéro"}, 422, "n’a pas la forme attendue"),
        ("GET", "/calendrier/demain", None, 422, "n’a pas la forme attendue"),
        ("GET", "/avis", None, 405, "n’est pas prévue ici"),
        ("PUT", "", None, 405, "n’est pas prévue ici"),
        ("GET", "/ailleurs", None, 404, "Cette page n’existe pas"),
        ("POST", "", {"text": "é" * 70_000}, 413, "trop volumineuse"),
    ],
)
async def test_whatever_goes_wrong_is_a_page_to_read_with_the_way_on(
    plain: httpx.AsyncClient, method: str, door: str, form: object, status: int, says: str
) -> None:
    plain.cookies.set(COOKIE, "spent", path=PAGE)
    page = await plain.request(method, PAGE + door, data=form)  # type: ignore[arg-type]
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-store"
    assert says in page.text
    assert f'<a href="{PAGE}">' in page.text
    let_go = f'{COOKIE}=""' in page.headers.get("set-cookie", "")
    assert let_go is (status == 401), "a spent cookie is let go"


async def test_a_failure_of_ours_is_a_page_as_well(sqlite_url: str) -> None:
    service = service_on(sqlite_url)
    async with web(service) as http:
        await service.database.close()
        Path(str(service.database.engine.url.database)).unlink()
        http.cookies.set(COOKIE, "a", path=PAGE)
        page = await http.get(PAGE)
        assert page.status_code == 500
        assert "Une erreur est survenue de notre côté" in page.text
        assert f'<a href="{PAGE}">' in page.text


async def test_elsewhere_a_refusal_keeps_its_shape(plain: httpx.AsyncClient) -> None:
    for path in ("/chat/formulaires", "/api/conversations/me/messages"):
        answer = await plain.get(path)
        assert answer.headers["content-type"] == "application/problem+json"


async def test_a_document_of_the_adviser_is_downloaded(sqlite_url: str) -> None:
    pdf = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"
    service = service_on(sqlite_url, EchoEngine(handing_over()))
    async with web(service) as http:
        http.headers.update(HERE)
        lea = await writer(http)
        await lea.send("un conseiller")
        adviser = await service.accounts.add(
            email="c@cegep.example", display_name="Claire L.", role="adviser", institution=None
        )
        assert adviser is not None
        await service.work.claim(1, adviser)
        headers = {**lea.bearer, "Idempotency-Key": "a"}
        form = {"file": ("relevé.pdf", pdf)}
        await http.post("/api/conversations/me/files", files=form, headers=headers)
        await http.post(f"{PAGE}/reprendre", data={"token": lea.token})
        page = (await http.get(PAGE)).text
        [address] = re.findall(r'<a href="([^"]+)">Télécharger relevé.pdf</a>', page)
        assert (await http.get(address)).content == pdf
        assert "Claire L. a pris le relais" in page
        http.cookies.clear()
        assert (await http.get(address)).status_code == 401
    await service.database.close()
