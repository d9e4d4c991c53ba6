"""What somebody writes is shown as words to whoever reads it, in the browser that would run it.

Nothing ran, and the policy of the pages had nothing to stop: no tag was made of anybody's words.
"""

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

import httpx
import pytest
from builders import handing_over
from mail_server import Mailbox, mail_server
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import update

from bot.conversation.conversations import hash_token
from bot.handover.case import Adviser, State
from bot.handover.writing import SharedReply
from bot.messages import Message, Outcome
from bot.storage.case_store import SqlCaseStore
from bot.storage.tables import SuggestionRow
from bot.storage.writing_store import SqlWriting
from bot.wiring import Service, clock
from tests.journeys.office import PDF, DeskEngine, Office
from tests.journeys.people import PATIENCE, Student
from tests.journeys.test_every_desk_page import every_page, unfold_everything

SCRIPT = "<script>ran('script')</script>"
WRITTEN = (
    SCRIPT,
    "<img src=x onerror=ran('img')>",
    "<svg onload=ran('svg')><a xlink:href=\"javascript:ran('svg-link')\">ici</a></svg>",
    "</textarea></title></style></template></script><script>ran('closed')</script>",
    "[ici](javascript:ran('markdown')) ![là](x\"onerror=\"ran('alt'))",
    "javascript:ran('link') data:text/html,<script>ran('data')</script>",
    "https://exemple.fr/\"onmouseover=\"ran('over')\"x='<img/src=x/onerror=ran('in-link')>",
    "{{ran('braces')}} ${ran('dollar')} <%=ran('erb')%> &lt;img src=x onerror=ran('twice')&gt;",
    "\u202egnp\u202c\u2028\u200b\ufeff＜script＞ran('wide')＜/script＞ ı̇\u0338 👩🏽‍🎓",
)
NAME = "Léa <img src=x onerror=ran('name')>"
FILE = "<img src=x onerror=ran('file')>.pdf"
NAMED = "img src=x onerror=ran('file').pdf"
EMAIL = "\"<img/src=x/onerror=ran('email')>\"@exemple.fr"
CAMPAIGN = "<img src=x onerror=ran('campaign')>"
# A tag, an attribute or an address that could only come of somebody's words.
MADE = """() => [...document.querySelectorAll('*')].flatMap((each) => [
  ...(each.localName === 'img' && each.getAttribute('src') === 'x' ? ['img'] : []),
  ...(each.localName === 'script' && /ran\\(/.test(each.textContent) ? ['script'] : []),
  ...each.getAttributeNames().filter((name) => name.startsWith('on')),
  ...['href', 'xlink:href', 'src', 'action', 'formaction']
    .map((name) => each.getAttribute(name) ?? '')
    .filter((address) => /^\\W*(javascript|vbscript|data:text)/i.test(address)),
])"""
STOPPED = """addEventListener('securitypolicyviolation',
  (event) => ran(`${event.violatedDirective} stopped ${event.blockedURI}`))"""


@dataclass
class Watched:
    """A browser in which whatever runs, or would have but for the policy, is heard of."""

    context: BrowserContext
    ran: list[str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.context.expose_binding("ran", lambda _, what: self.ran.append(str(what)))
        self.context.add_init_script(STOPPED)
        self.context.on("dialog", lambda dialog: self.ran.append(dialog.message))
        self.page = self.context.new_page()

    def finds_nothing_made_of_words(self, where: str) -> None:
        assert (where, self.page.evaluate(MADE), self.ran) == (where, [], [])


class Believing(DeskEngine):
    """Hands over with whatever name and address the person gave."""

    async def respond(self, message: Message, *, waiting: bool) -> Outcome:
        if message.text == "un conseiller":
            return handing_over(NAME, EMAIL)
        return await super().respond(message, waiting=waiting)


@pytest.fixture(scope="module")
def mail() -> Iterator[tuple[Mailbox, int]]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, mail: tuple[Mailbox, int]) -> Iterator[Office]:
    settings = {"smtp_url": f"smtp://127.0.0.1:{mail[1]}", "mail_from": "q@qve.example"}
    settings |= {"messages_per_minute": "500"}
    office = Office(tmp_path_factory.mktemp("script"), Believing(), **settings)
    office.serving.start()
    yield office
    office.serving.stop()


@pytest.fixture(scope="module")
def anne(office: Office) -> Adviser:
    return office.hires("Anne <img src=x onerror=ran('adviser')>", role="administrator")


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    yield Watched(context)
    context.close()


def test_what_a_person_writes_is_words_on_every_page_of_the_desk(
    browser: Browser, office: Office, anne: Adviser
) -> None:
    token = somebody_writes(office)
    case_id = office.does(lambda service: taken(service, anne, token))
    person_sends_a_file(office, token)
    office.does(lambda service: noted(service, anne, case_id))
    addresses = every_page(office, anne, case_id)
    office.does(asked_and_not_understood)
    addresses |= {"found": "?q=ran", "queue, open": "?view=open"}
    with office.at_a_desk(browser, anne) as seat:
        watched = Watched(seat.page.context)
        seat.page = watched.page
        for name, address in addresses.items():
            seat.opens(address)
            unfold_everything(seat.page)
            watched.finds_nothing_made_of_words(name)
        seat.opens_case(case_id)
        seat.reads(SCRIPT)
        seat.reads(NAMED)
        seat.opens("?q=ran")
        expect(seat.line_of(case_id)).to_contain_text(NAME[:12])
        watched.finds_nothing_made_of_words("found")


def test_what_an_adviser_writes_is_words_in_the_widget_on_paper_and_by_post(
    watched: Watched, office: Office, anne: Adviser, mail: tuple[Mailbox, int]
) -> None:
    student = Student(watched.page, office.url)
    student.opens_the_page()
    for text in WRITTEN[:3]:
        student.writes(text)
        student.reads(f"écho : {text}")
    student.writes("un conseiller")
    student.reads("C’est transmis")
    session = json.loads(watched.page.evaluate("localStorage.getItem('quebec-ville-etudes')"))
    token = str(session["token"])
    office.does(lambda service: taken(service, anne, token))
    person_sends_a_file(office, token)
    for text in (*WRITTEN[:6], NAMED):
        student.reads(text)
    linked = watched.page.get_by_role("log").locator("a[href^='https://exemple.fr/']")
    expect(linked.last).to_be_visible()
    watched.finds_nothing_made_of_words("widget")

    watched.page.get_by_role("button", name="Plus d’options").click()
    with watched.context.expect_page() as opened:
        watched.page.get_by_role("button", name="Imprimer Toute la conversation").click()
    widget, watched.page = watched.page, opened.value
    expect(watched.page.get_by_text(SCRIPT).first).to_be_visible()
    watched.finds_nothing_made_of_words("paper")

    watched.page = widget
    path = "/chat/formulaire"
    cookie = {"name": "qve_conversation", "value": token, "domain": "127.0.0.1", "path": path}
    watched.context.add_cookies([cookie])  # type: ignore[list-item]
    watched.page.goto(office.url + path)
    expect(watched.page.get_by_text(SCRIPT).first).to_be_visible()
    watched.finds_nothing_made_of_words("plain page")

    posted = httpx.post(
        f"{office.url}/api/conversations/me/copies",
        json={"email": "lea@exemple.fr"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=PATIENCE / 1000,
    )
    assert posted.status_code == 204, posted.text
    watched.page.goto("about:blank")  # no policy of ours in a mail reader
    watched.page.set_content(html_of(mail[0].letters[-1]))
    expect(watched.page.get_by_text(SCRIPT).first).to_be_visible()
    watched.finds_nothing_made_of_words("letter")


def test_words_that_became_a_tag_would_be_heard_of(watched: Watched, office: Office) -> None:
    watched.page.goto("about:blank")
    watched.page.set_content("".join(WRITTEN[:2]))
    watched.page.wait_for_function("document.images[0].complete")
    assert set(watched.ran) == {"script", "img"}
    assert watched.page.evaluate(MADE) == ["script", "img", "onerror"]
    watched.ran.clear()
    watched.page.goto(f"{office.url}/chat/formulaire")
    watched.page.evaluate(f"document.body.insertAdjacentHTML('beforeend', {WRITTEN[1]!r})")
    watched.page.wait_for_timeout(200)
    assert any("stopped" in each for each in watched.ran)


def somebody_writes(office: Office) -> str:
    """The secret of a person who writes all there is, from a site that names its campaign."""
    opened = {"timezone": "Europe/Paris", "campaign": CAMPAIGN}
    with httpx.Client(base_url=office.url, timeout=PATIENCE / 1000) as http:
        token = str(http.post("/api/conversations", json=opened).json()["token"])
        for text in (*WRITTEN, "un conseiller"):
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": secrets.token_hex(8)}
            sent = http.post("/api/conversations/me/messages", json={"text": text}, headers=headers)
            assert sent.status_code == 201, sent.text
    return token


async def taken(service: Service, adviser: Adviser, token: str) -> int:
    """The person's case, in which the adviser answers with all that was written to them."""
    conversation = await service.conversations.store.find_by_token(hash_token(token))
    queue = await SqlCaseStore(service.database).queue(state=State.waiting, limit=1000)
    [case_id] = [each.case.id for each in queue if each.case.conversation_id == conversation]
    await service.work.claim(case_id, adviser)
    for text in WRITTEN:
        await service.work.answer(case_id, adviser, text)
    return case_id


async def noted(service: Service, adviser: Adviser, case_id: int) -> None:
    """What advisers write for each other; and what the assistant was asked and did not know."""
    writing = SqlWriting(service.database)
    for number, text in enumerate(WRITTEN):
        await writing.add_note(case_id, adviser, text, (adviser,), at=clock())
        reply = SharedReply(0, f"{number} {text}"[:60], text, None, f"r{number}{text}"[:20])
        await writing.keep_reply(reply, now=clock())
    await writing.tag(case_id, WRITTEN[1][:30])
    await writing.keep_draft(case_id, adviser, WRITTEN[3], now=clock())


async def asked_and_not_understood(service: Service) -> None:
    async with service.database.write() as session:
        await session.execute(update(SuggestionRow).values(text=WRITTEN[1]))


def html_of(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def person_sends_a_file(office: Office, token: str) -> None:
    sent = httpx.post(
        f"{office.url}/api/conversations/me/files",
        files={"file": (FILE, PDF, "text/html")},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": secrets.token_hex(8)},
        timeout=PATIENCE / 1000,
    )
    assert sent.status_code == 201, sent.text
