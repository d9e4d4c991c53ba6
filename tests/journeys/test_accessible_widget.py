"""The widget for who uses a keyboard, a screen reader, a large zoom, their own colours or spacing.

What a machine can check; `docs/verifier-le-clavardage.md` is for what only a person can.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.accessibility import violations
from tests.journeys.people import Student, somebody
from tests.journeys.serving import Serving, TalkativeEngine
from tests.journeys.widget_states import NO_POST, every_state

PARIS = "Europe/Paris"
HOST = "quebec-ville-etudes"
NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %

# What is shown, through our shadow roots; `each(act)` calls it on every element.
DEEP = """
  const each = (act, root = document.querySelector('quebec-ville-etudes').shadowRoot) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.checkVisibility({visibilityProperty: true})) act(element);
      if (element.shadowRoot) each(act, element.shadowRoot);
    }
  };
  const name = (element) => `${element.localName}.${element.className} ${element.innerText ?? ''}`;
"""
# A link within a sentence, and a box whose label is the target, are as large as they need to be.
SMALL = f"""() => {{ {DEEP} const small = []; each((element) => {{
  if (!element.matches('button, a, summary, textarea, label')) return;
  if (element.matches('.line a')) return;
  const {{width, height}} = element.getBoundingClientRect();
  if (width < 24 || height < 24) small.push(`${{name(element)}} ${{width}} × ${{height}}`);
}}); return small; }}"""
SIDEWAYS = f"""() => {{ {DEEP} const wide = []; each((element) => {{
  const scrolls = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
  const clips = getComputedStyle(element).overflowX !== 'visible';
  if (scrolls && clips) wide.push(name(element));
}});
  if (document.documentElement.scrollWidth > innerWidth) wide.push('page');
  return wide; }}"""
MOVING = f"""() => {{ {DEEP} let moving = 0;
  each((element) => moving += element.getAnimations().length); return moving; }}"""
FOCUSED = """() => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const {left, top, right, bottom} = focused.getBoundingClientRect();
  const style = getComputedStyle(focused);
  const form = focused.closest('form');
  const outlined = [style, form && getComputedStyle(form)].some(
    (one) => one && one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2);
  const shows = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot?.elementFromPoint(x, y)) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
      if (inner === found) break;
      found = inner;
    }
    const above = (it) => it && [it, ...(above(it.parentNode ?? it.host) ?? [])];
    return found !== null && (above(found).includes(focused) || found.contains(focused));
  };
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const seen = [Math.max(top, 0) + 2, Math.min(bottom, innerHeight) - 2].some((y) => shows(x, y));
  return {name: `${focused.localName} ${focused.ariaLabel ?? focused.innerText ?? ''}`.trim(),
    seen: seen && bottom > 0 && top < innerHeight, outlined};
}"""
SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
  const spread = (root) => {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    for (const element of root.querySelectorAll('*'))
      if (element.shadowRoot) spread(element.shadowRoot);
  };
  spread(document);
}"""
COUNT_ANNOUNCEMENTS = r"""() => {
  const root = document.querySelector('quebec-ville-etudes').shadowRoot;
  const thread = root.querySelector('qve-panel').shadowRoot.querySelector('qve-thread').shadowRoot;
  window.heard = [];
  const hear = ({textContent: said}) => said.trim() && window.heard.push(said.replace(/\s/g, ' '));
  const lives = '[aria-live=polite], [role=log]:not([aria-live=off])';
  for (const live of thread.querySelectorAll(lives))
    new MutationObserver((changes) => changes.forEach(({addedNodes}) => addedNodes.forEach(hear)))
      .observe(live, {childList: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(tmp_path_factory.mktemp("accessible"), TalkativeEngine(), smtp_url=NO_POST)
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with somebody(browser, PARIS) as page:
        page.set_viewport_size(NARROW)
        yield page


@pytest.fixture
def student(page: Page, serving: Serving) -> Student:
    return Student(page, serving.url)


def test_every_state_is_accessible_on_a_narrow_screen_in_light_and_dark(
    student: Student, serving: Serving
) -> None:
    page = student.page
    wrong: dict[str, list[str]] = {}
    for state in every_state(student, serving, serving.url):
        page.wait_for_timeout(220)  # what rises has risen
        found = violations(page, HOST) + page.evaluate(SMALL) + page.evaluate(SIDEWAYS)
        page.emulate_media(color_scheme="dark")
        found += violations(page, HOST, rules=["color-contrast"])
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(ZOOMED)
        found += page.evaluate(SIDEWAYS)
        page.set_viewport_size(NARROW)
        if found:
            wrong[state] = found
    assert wrong == {}


def test_at_400_percent_what_has_the_focus_is_seen_and_outlined_all_along(
    student: Student, serving: Serving
) -> None:
    page = student.page
    page.set_viewport_size(ZOOMED)
    student.opens_the_page()
    for text in ("combien", "mon plan"):
        student.writes(text)
    student.reads("Demander le CAQ")
    student.unfolds_the_last_sources()
    reached = []
    for key in ("Tab", "Shift+Tab"):
        for _ in range(24):
            page.keyboard.press(key)
            focused = page.evaluate(FOCUSED)
            if focused["name"].startswith("body"):
                continue
            reached.append(focused["name"])
            assert focused["seen"], f"{focused['name']} has the focus and is covered ({key})"
            assert focused["outlined"], f"{focused['name']} has the focus and nothing shows it"
    for expected in ("Votre message", "Imprimer", "Fermer la discussion", "Plus d’options"):
        assert any(expected in name for name in reached), (expected, reached)


def test_at_400_percent_the_line_that_says_what_is_wrong_is_in_sight(student: Student) -> None:
    page = student.page
    page.set_viewport_size(ZOOMED)
    student.opens_the_page()
    for text in ("combien", "mon plan"):
        student.writes(text)
    student.reads("Demander le CAQ")
    page.context.set_offline(True)
    offline = page.get_by_text("Vous êtes hors ligne")
    student.box.scroll_into_view_if_needed()
    expect(offline).to_be_in_viewport()
    expect(student.box).to_be_in_viewport()
    page.set_viewport_size(NARROW)
    expect(offline).to_be_in_viewport()
    page.context.set_offline(False)
    expect(offline).to_have_count(0)


def test_everything_is_done_with_a_keyboard_alone(student: Student, serving: Serving) -> None:
    page = student.page
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(serving.url)
    opener = page.get_by_role("button", name="Ouvrir la discussion")
    opener.focus()
    page.keyboard.press("Enter")
    expect(student.box).to_be_focused()
    page.keyboard.type("combien")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("ça coûte")
    page.keyboard.press("Enter")
    student.reads(re.compile("écho : combien"))
    expect(student.box).to_be_focused()
    page.keyboard.type("combien")
    page.keyboard.press("Enter")
    student.reads("Le CAQ coûte")

    reply = page.get_by_role("button", name="Et les délais?")
    then_tab_reaches(page, reply, "Shift+Tab")
    page.keyboard.press("Enter")
    student.reads("écho : Et les délais?")
    expect(student.box).to_be_focused()

    menu = page.get_by_role("button", name="Plus d’options")
    then_tab_reaches(page, menu, "Shift+Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Mes données")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Mes données")).to_be_hidden()
    expect(menu).to_be_focused()
    for choice, first in (("Effacer la conversation", "Annuler"), ("Recevoir par courriel", None)):
        page.keyboard.press("Space")
        then_tab_reaches(page, page.get_by_role("button", name=choice), "Tab")
        page.keyboard.press("Enter")
        field = page.get_by_role("textbox", name="Votre adresse courriel")
        expect(page.get_by_role("button", name=first) if first else field).to_be_focused()
        for key in ("Tab", "Tab", "Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"):
            page.keyboard.press(key)
            asked = page.locator("qve-confirmation, qve-mailing")
            assert asked.evaluate("(it) => it.shadowRoot.activeElement !== null"), "Tab got out"
        page.keyboard.press("Escape")
        expect(menu).to_be_focused()
    page.keyboard.press("Escape")
    expect(student.box).to_be_hidden()
    expect(opener).to_be_focused()


def test_what_is_kept_is_a_link_in_words_that_a_keyboard_opens_beside_the_chat(
    student: Student, serving: Serving
) -> None:
    page = student.page
    student.opens_the_page()
    student.never_reads(re.compile("http"))
    link = page.get_by_role("link", name="ce qui est gardé, et vos droits (nouvelle fenêtre)")
    then_tab_reaches(page, link, "Shift+Tab")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    expect(opened.value).to_have_url(f"{serving.url}/vie-privee")
    expect(opened.value.get_by_role("heading", level=1)).to_have_text(
        re.compile("^Ce qui est gardé")
    )
    expect(student.box).to_be_visible()


def then_tab_reaches(page: Page, wanted: Locator, key: str) -> None:
    for _ in range(20):
        page.keyboard.press(key)
        if wanted.evaluate("(it) => it.getRootNode().activeElement === it"):
            return
    raise AssertionError("not reached")


def test_a_new_message_is_announced_once_and_takes_no_focus(
    student: Student, serving: Serving
) -> None:
    page = student.page
    student.opens_the_page()
    student.writes("premier")
    student.reads("écho : premier")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")
    told = page.locator("qve-thread [aria-live=polite]")
    expect(told).to_contain_text("écho : premier")
    page.evaluate(COUNT_ANNOUNCEMENTS)
    student.writes("second")
    student.reads("écho : second")
    serving.stop()
    serving.start()
    student.writes("troisième")
    student.reads("écho : troisième")
    expect(student.box).to_be_focused()
    expect(told).to_contain_text("écho : troisième")
    heard = page.evaluate("window.heard")
    assert heard == [
        "Vous : second",
        "Assistant : écho : second",
        "Vous : troisième",
        "Assistant : écho : troisième",
    ]


def test_how_much_room_is_left_is_told_when_the_person_stops_not_at_each_letter(
    student: Student,
) -> None:
    page = student.page
    student.opens_the_page()
    page.clock.install()
    student.box.fill("à" * 1_989)
    told = page.get_by_role("status").filter(has_text="caractère")

    student.box.press_sequentially("e" * 10)
    expect(page.get_by_text("1 caractère restant", exact=True)).to_be_visible()
    expect(told).to_have_count(0)
    page.clock.run_for(1_100)
    expect(told).to_have_text("1 caractère restant")

    student.box.press_sequentially("é" * 3)
    page.clock.run_for(1_100)
    expect(told).to_have_text("2 caractères de trop")


def test_wide_spacing_of_text_hides_nothing(student: Student) -> None:
    page = student.page
    student.opens_the_page()
    for text in ("combien", "mon plan"):
        student.writes(text)
    student.reads("Demander le CAQ")
    page.evaluate(SPACING)
    page.wait_for_timeout(100)
    assert page.evaluate(SIDEWAYS) == []
    assert page.evaluate(SMALL) == []
    page.get_by_role("button", name="Plus d’options").click()
    assert page.evaluate(SIDEWAYS) == []


def test_who_wants_less_motion_sees_none(browser: Browser, serving: Serving) -> None:
    with somebody(browser, PARIS) as page:
        page.emulate_media(reduced_motion="reduce")
        student = Student(page, serving.url)
        student.opens_the_page()
        assert page.evaluate(MOVING) == 0
        page.route("**/me/messages", lambda _: None)
        student.writes("attente")
        expect(page.get_by_text("L’assistant écrit…")).to_be_visible()
        assert page.evaluate(MOVING) == 0
        page.unroute_all(behavior="ignoreErrors")


def test_with_forced_colours_what_is_a_button_or_a_message_keeps_its_edge(
    student: Student, serving: Serving
) -> None:
    page = student.page
    page.emulate_media(forced_colors="active")
    page.goto(serving.url)
    opener = page.get_by_role("button", name="Ouvrir la discussion")
    ground = opener.evaluate("(it) => getComputedStyle(it).backgroundColor")
    assert ground.startswith("rgb("), "the page is read through the button"
    student.opens_the_page()
    student.writes("combien")
    student.reads("Le CAQ coûte")
    edge = """(it) => [getComputedStyle(it).borderTopStyle, getComputedStyle(it).borderTopColor]"""
    for seen in (
        page.get_by_role("button", name="Envoyer"),
        page.get_by_role("button", name="Et les délais?"),
        page.locator("qve-message .bubble").last,
        page.locator("qve-composer form"),
    ):
        style, colour = seen.evaluate(edge)
        assert style == "solid"
        assert colour not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")


def test_it_speaks_english_on_request(page: Page, serving: Serving) -> None:
    page.route(
        f"{serving.url}/",
        lambda route: route.fulfill(
            content_type="text/html",
            body='<html lang="en"><title>EN</title><script src="/widget.js" data-lang="en">'
            "</script></html>",
        ),
    )
    page.goto(serving.url)
    expect(page.locator(HOST)).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Open the chat").click()
    expect(page.get_by_role("textbox", name="Your message")).to_be_visible()
    assert violations(page, HOST) == []
