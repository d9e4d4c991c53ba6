"""What one writes is text to whoever reads it: from the person to the adviser, and back."""

from html.parser import HTMLParser

from web_client import ME
from world import World

from bot.conversation.conversations import hash_token

SCRIPT = "<script>piege()</script><img src=x onerror=piege()><a href='javascript:piege()'>ici</a>"
NAMED = '"><img src=x onerror=piege()>.pdf'
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n"


class Acting(HTMLParser):
    """What of a page would run, or be followed to something that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and not (given.get("src") or "").startswith("/"):
            self.found.append("script")
        self.found += [name for name in given if name.startswith("on")]
        addresses = (given.get(name) or "" for name in ("href", "src", "action", "formaction"))
        self.found += [each for each in addresses if each.startswith("javascript:")]


def acting_in(html: str) -> list[str]:
    parser = Acting()
    parser.feed(html)
    return parser.found


async def test_what_a_person_writes_runs_nothing_at_the_desk(world: World) -> None:
    person, case = await world.waiting_person(first_name=f"Léa {SCRIPT}"[:60])
    await person.send(SCRIPT)
    _, claire = await world.adviser()
    await claire.get(f"/desk/cases/{case}")
    await claire.post(f"/desk/cases/{case}/claim")
    sent = await world.http.post(
        f"{ME}/files",
        files={"file": (NAMED, PDF, "text/html")},
        headers={**person.bearer, "Idempotency-Key": "a-file"},
    )
    assert sent.status_code == 201, sent.text
    for path in (f"/desk/cases/{case}", "/desk/queue?view=open&q=piege", "/desk/?view=open"):
        page = await claire.get(path)
        assert page.status_code == 200, path
        assert acting_in(page.text) == [], path
    thread = (await claire.get(f"/desk/cases/{case}")).text
    assert "&lt;script&gt;piege()" in thread
    file_id = sent.json()["message"]["files"][0]["id"]
    file = await claire.get(f"/desk/cases/{case}/files/{file_id}")
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert not set('"\r\n<>;') & set(file.headers["content-disposition"].split("''")[1])


async def test_what_an_adviser_writes_runs_nothing_at_the_persons(world: World) -> None:
    person, case = await world.waiting_person()
    await world.adviser(f"Claire {SCRIPT}"[:60])
    adviser = await world.service.accounts.by_email("claire@cegep.example")
    assert adviser is not None
    await world.service.work.claim(case, adviser)
    await world.service.work.answer(case, adviser, SCRIPT)
    assert await world.service.conversations.store.find_by_token(hash_token(person.token))
    plain = await world.client(cookies={"qve_conversation": person.token})
    for page in (await plain.get("/chat/formulaire"), await person.get("page")):
        assert page.status_code == 200
        assert "&lt;script&gt;piege()" in page.text
        assert acting_in(page.text) == []
    answered = await person.get()
    assert answered.headers["content-type"] == "application/json"


def test_a_page_that_acts_would_be_seen() -> None:
    assert acting_in(SCRIPT) == ["script", "onerror", "javascript:piege()"]
