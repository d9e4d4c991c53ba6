"""A whole case without a mouse, and where the focus goes when the page changes under it."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.office import Office, Seat
from tests.journeys.people import PATIENCE

# Whether what has the focus can be seen to have it.
SHOWN = """() => {
  const focused = document.activeElement;
  const ring = (one, part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one, part);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const { top, bottom, width } = focused.getBoundingClientRect();
  return focused !== document.body && width > 0 && bottom > 0 && top < innerHeight
    && (ring(focused) || ring(focused, '::after') || focused.matches('.skip'));
}"""


def test_a_case_is_found_taken_answered_and_closed_with_keys_alone(
    office: Office, claire: Seat
) -> None:
    person = office.somebody_waits("Léa")
    page = claire.opens().page
    claire.is_live()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Chercher")).to_be_focused()
    page.keyboard.type("Léa")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=L"), timeout=PATIENCE)
    page.keyboard.press("j")
    expect(page.locator(f"#case-{person.case_id}")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/cases/{person.case_id}$"), timeout=PATIENCE)
    claire.is_live()

    page.keyboard.press("p")
    expect(claire.box).to_be_focused(timeout=PATIENCE)
    page.keyboard.type("Bonjour Léa.")
    page.keyboard.press("Control+Enter")
    expect(claire.thread).to_contain_text("Bonjour Léa.", timeout=PATIENCE)
    expect(claire.box).to_be_focused()

    leaves_the_box(page)
    page.keyboard.press("n")
    page.keyboard.type("vue au téléphone")
    for _ in ("to the button", "and press it"):
        page.keyboard.press("Tab" if _ == "to the button" else "Enter")
    claire.reads("vue au téléphone")
    expect(page.get_by_label("Ajouter une note")).to_have_value("", timeout=PATIENCE)

    leaves_the_box(page)
    page.keyboard.press("t")
    expect(page.get_by_label("Comment cela finit-il?")).to_be_focused()
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("p.standing")).to_have_text("Terminé", timeout=PATIENCE)
    expect(page.locator("#case-name")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Terminé")).to_have_count(1)
    page.keyboard.press("f")
    page.wait_for_url(re.compile("/desk/$"), timeout=PATIENCE)


def test_the_keys_are_shown_kept_from_what_is_behind_and_may_be_switched_off(
    office: Office, claire: Seat
) -> None:
    person = office.somebody_waits("Noé")
    page = claire.opens_case(person.case_id).page
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Les touches")
    expect(dialog).to_be_visible()
    page.keyboard.press("p")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Prendre ce dossier")).to_be_visible()

    page.get_by_role("button", name="Touches").press("Enter")
    page.get_by_label("Touches d’une seule lettre").press("Space")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Touches")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("button", name="Touches")).to_be_focused()
    page.reload()
    page.keyboard.press("n")
    expect(page.get_by_label("Ajouter une note")).not_to_be_focused()


def test_the_focus_is_seen_at_every_stop(office: Office, claire: Seat) -> None:
    person = office.somebody_waits("Maé")
    claire.takes(person.case_id)
    for where in ("", f"cases/{person.case_id}"):
        page = claire.opens(where).page
        stops = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            stop = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            if stop in stops or stop.startswith("<body"):
                break
            stops.add(stop)
            assert page.evaluate(SHOWN), stop
        assert len(stops) > 12


def test_the_focus_stays_in_the_list_when_a_colleague_takes_the_case_it_was_on(
    office: Office, browser: Browser, claire: Seat
) -> None:
    taken, left = office.somebody_waits("Ana"), office.somebody_waits("Bao")
    page = claire.opens().page
    claire.is_live()
    page.locator(f"#claim-{left.case_id}").focus()
    with office.at_a_desk(browser, office.hires("Paul R.")) as paul:
        paul.takes(taken.case_id)
        expect(claire.line_of(taken.case_id)).to_have_count(0, timeout=PATIENCE)
        expect(page.locator(f"#claim-{left.case_id}")).to_be_focused()
        paul.takes(left.case_id)
        expect(claire.line_of(left.case_id)).to_have_count(0, timeout=PATIENCE)
    assert page.evaluate("document.activeElement.closest('#lists') !== null")


def test_what_is_announced_is_announced_once(office: Office, claire: Seat) -> None:
    person = office.somebody_waits("Lia")
    page = claire.takes(person.case_id).page
    given_what_live_regions_say_is_written_down(page)
    person.writes("première chose")
    claire.reads("première chose")
    person.writes("seconde chose")
    claire.reads("seconde chose")
    said = page.evaluate("window.said")
    assert [sum(words in each for each in said) for words in ("première", "seconde")] == [1, 1], (
        said
    )
    assert not [each for each in said if "À vous" in each], said


def leaves_the_box(page: Page) -> None:
    """To the messages, where a letter is a key."""
    page.get_by_role("log").focus()


def given_what_live_regions_say_is_written_down(page: Page) -> None:
    """As a screen reader hears it: text put into a region that is live."""
    page.evaluate(
        """() => {
          window.said = [];
          const live = '[role=log], [role=status], [role=alert]';
          new MutationObserver((changes) => {
            for (const { target, addedNodes } of changes) {
              const region = target.nodeType === 1 ? target : target.parentElement;
              if (!region?.closest(live)) continue;
              for (const node of addedNodes) window.said.push(node.textContent.trim());
            }
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
