"""A new case is heard of in another tab, if its adviser wants it; a lost link is told."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.office import Office, Seat
from tests.journeys.people import PATIENCE

# What the browser is asked to show and to play, and whether the tab is in the background.
WITNESS = """
  window.told = []; window.notes = 0;
  window.Notification = class extends EventTarget {
    static permission = 'granted';
    static requestPermission = async () => 'granted';
    constructor(title) { super(); window.told.push(title); }
  };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...given) {
    window.notes += 1;
    start.apply(this, given);
  };
  Object.defineProperty(document, 'hidden', { get: () => window.isBehind === true });
"""


@pytest.fixture
def claire(claire: Seat) -> Seat:
    claire.page.add_init_script(WITNESS)
    return claire


def test_nothing_is_shown_nor_played_until_it_is_wanted(office: Office, claire: Seat) -> None:
    goes_behind(claire)
    count = arrives(office, claire)
    assert claire.page.title().startswith(f"({count}) ")
    assert heard(claire.page) == ([], 0)


def test_a_case_is_told_by_what_its_adviser_wants_and_names_nobody(
    office: Office, claire: Seat
) -> None:
    claire.opens()
    claire.page.get_by_label("m’avertir").check()
    claire.page.get_by_label("un court son").check()
    goes_behind(claire)
    count = arrives(office, claire)
    told, notes = heard(claire.page)
    assert told == ["Un dossier attend au bureau des conseillers."]
    assert notes == 1
    assert claire.page.title() == f"({count}) File · Bureau des conseillers"


def test_of_two_tabs_one_tells_and_a_case_open_counts_in_its_title(
    office: Office, claire: Seat
) -> None:
    person = office.somebody_waits()
    claire.opens()
    claire.page.get_by_label("m’avertir").check()
    goes_behind(claire)
    case = claire.page.context.new_page()
    case.add_init_script(WITNESS)
    case.goto(f"{office.url}/desk/cases/{person.case_id}")
    live = expect(case.locator("html"))
    live.to_have_attribute("data-live", "yes", timeout=PATIENCE)
    case.evaluate("window.isBehind = true")
    count = arrives(office, claire)
    expect(case).to_have_title(f"({count}) Dossier {person.case_id}, Léa · Bureau des conseillers")
    assert len(heard(claire.page)[0]) + len(heard(case)[0]) == 1


def test_a_browser_that_refuses_says_so_and_nothing_is_pretended(
    office: Office, claire: Seat
) -> None:
    claire.page.add_init_script(
        "Notification.permission = 'denied'; Notification.requestPermission = async () => 'denied';"
    )
    claire.opens()
    claire.page.get_by_label("m’avertir").click()
    claire.reads("Ce navigateur refuse les avertissements de ce site")
    expect(claire.page.get_by_label("m’avertir")).not_to_be_checked()


def test_a_colleague_in_the_same_browser_chooses_anew(
    browser: Browser, office: Office, claire: Seat
) -> None:
    claire.opens()
    claire.page.get_by_label("un court son").check()
    claire.page.reload()
    expect(claire.page.get_by_label("un court son")).to_be_checked()
    with office.at_a_desk(browser, office.hires("Paul R.")) as paul:
        claire.page.context.clear_cookies()
        claire.page.context.add_cookies(paul.page.context.cookies())  # type: ignore[arg-type]
        claire.page.reload()
        expect(claire.page.get_by_label("un court son")).not_to_be_checked()


def test_a_service_that_restarts_is_told_quietly_and_nothing_is_lost(
    browser: Browser, tmp_path: Path
) -> None:
    office = Office(tmp_path)
    office.serving.start()
    try:
        mine, other = office.somebody_waits("Léa"), office.somebody_waits("Ugo")
        adviser = office.hires("Claire L.")
        with (
            office.at_a_desk(browser, adviser) as case,
            office.at_a_desk(browser, adviser) as queue,
        ):
            queue.opens().is_live()
            case.takes(mine.case_id)
            office.serving.stop()
            lost = "Connexion interrompue. Nouvel essai en cours…"
            for seat in (case, queue):
                expect(seat.page.get_by_role("status").filter(has_text=lost)).to_be_visible(
                    timeout=PATIENCE
                )
            case.box.press_sequentially("Écrit pendant la panne")
            case.box.press("Control+Enter")
            case.is_told("L’envoi n’a pas abouti. Votre texte est gardé ici")

            office.serving.start()
            mine.writes("êtes-vous là?")
            new = office.somebody_waits("Zoé")
            expect(queue.line_of(new.case_id)).to_be_visible(timeout=3 * PATIENCE)
            expect(queue.line_of(other.case_id)).to_be_visible()
            expect(queue.page).to_have_title("(2) File · Bureau des conseillers")
            case.reads("êtes-vous là?")
            for seat in (case, queue):
                seat.never_reads(lost)
            expect(case.box).to_have_value("Écrit pendant la panne")
            case.answers("Écrit pendant la panne")
            assert mine.was_told().count("Écrit pendant la panne") == 1
    finally:
        office.serving.stop()


def goes_behind(seat: Seat) -> None:
    if not seat.page.url.endswith("/desk/"):
        seat.opens()
    seat.is_live()
    seat.page.evaluate("window.told = []; window.notes = 0; window.isBehind = true")


def arrives(office: Office, seat: Seat) -> int:
    """Somebody new waits; how many do now."""
    person = office.somebody_waits()
    expect(seat.line_of(person.case_id)).to_be_visible(timeout=PATIENCE)
    waiting = seat.page.locator("#counts [data-waiting]")
    count = int(waiting.get_attribute("data-waiting") or 0)
    expect(seat.page).to_have_title(f"({count}) File · Bureau des conseillers", timeout=PATIENCE)
    return count


def heard(page: Page) -> tuple[list[str], int]:
    """What the browser was asked to show, and how many times to play."""
    told, notes = page.evaluate("[window.told, window.notes]")
    return told, notes
