"""The widget on a page of another origin: it works under a strict policy and leaves no trace."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.journeys.conftest import CHROMIUM_FLAGS
from tests.journeys.host_site import HOSTILE_STYLE, HostSite
from tests.journeys.people import PATIENCE, Student, somebody
from tests.journeys.serving import Serving, TalkativeEngine

PARIS = "Europe/Paris"
TRACES = """() => ({
  storage: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
  cookies: document.cookie,
})"""
GLOBALS = "() => Object.getOwnPropertyNames(window)"


@pytest.fixture(scope="module")
def site() -> Iterator[HostSite]:
    with HostSite() as site:
        yield site


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, site: HostSite) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("embedded")
    serving = Serving(folder, TalkativeEngine(), allowed_origins=[site.url])
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with somebody(browser, PARIS) as page:
        yield page


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser says against the page: errors, refusals of its policy."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "favicon" not in message.location["url"]:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def script(serving: Serving, attributes: str = "async") -> str:
    return f'<script src="{serving.url}/widget.js" data-lang="fr" {attributes}></script>'


def strict(serving: Serving) -> str:
    """The policy that the README gives, with nothing else allowed."""
    return (
        f"default-src 'none'; script-src {serving.url}; connect-src {serving.url}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; "
        "trusted-types quebec-ville-etudes quebec-ville-etudes-page lit-html"
    )


def talks(page: Page, address: str) -> Student:
    student = Student(page, address)
    student.opens_the_page()
    student.writes("bonjour")
    student.reads("écho : bonjour")
    return student


def test_it_works_under_the_strict_policy_that_the_readme_gives(
    page: Page, site: HostSite, serving: Serving, complaints: list[str]
) -> None:
    address = site.page("strict", body=script(serving), policy=strict(serving))
    student = talks(page, address)
    student.writes("mon plan")
    student.reads("Demander le CAQ")
    with page.expect_download() as download:
        page.get_by_role("button", name="Ajouter à mon calendrier").click()
    assert download.value.suggested_filename == "quebec-ville-etudes.ics"
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Imprimer").click()
    expect(opened.value.get_by_role("heading", name="Demander le CAQ")).to_be_visible()
    assert complaints == []


def test_a_nonce_is_enough_and_is_passed_on(
    page: Page, site: HostSite, serving: Serving, complaints: list[str]
) -> None:
    policy = f"default-src 'none'; script-src 'nonce-abc123'; connect-src {serving.url}"
    tag = script(serving, 'nonce="abc123" async')
    talks(page, site.page("nonce", body=tag, policy=policy))
    assert complaints == []


def test_before_it_is_opened_it_asks_nothing_keeps_nothing_and_adds_one_name(
    page: Page, site: HostSite, serving: Serving
) -> None:
    page.goto(site.page("bare"))
    before = set(page.evaluate(GLOBALS))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = site.page("quiet", body=script(serving))
    page.goto(address)
    button = page.get_by_role("button", name="Ouvrir la discussion")
    expect(button).to_be_visible()
    page.wait_for_timeout(300)
    assert [url for url in asked if "favicon" not in url] == [address, f"{serving.url}/widget.js"]
    assert page.evaluate(TRACES) == {"storage": [], "cookies": ""}
    button.click()
    expect(page.get_by_role("textbox")).to_be_visible()
    assert set(page.evaluate(GLOBALS)) - before == {"QuebecVilleEtudes"}
    assert {url.split("/")[2] for url in asked} == {
        site.url.split("/")[2],
        serving.url.split("/")[2],
    }, "something came from a third party"


def test_twice_by_mistake_it_is_there_once(
    page: Page, site: HostSite, serving: Serving, complaints: list[str]
) -> None:
    head, body = script(serving, ""), script(serving) + script(serving, "defer")
    talks(page, site.page("twice", head=head, body=body))
    expect(page.locator("quebec-ville-etudes")).to_have_count(1)
    assert complaints == []


def test_in_the_head_it_waits_for_the_body_and_may_already_be_asked(
    page: Page, site: HostSite, serving: Serving
) -> None:
    ask = "<script>QuebecVilleEtudes.ask('depuis la page')</script>"
    page.goto(site.page("head", head=script(serving, "") + ask))
    student = Student(page, "")
    student.reads("écho : depuis la page")
    expect(page.locator("body > quebec-ville-etudes")).to_have_count(1)


def test_the_styles_of_the_page_and_of_the_widget_do_not_touch_each_other(
    page: Page, site: HostSite, serving: Serving
) -> None:
    plain = "<p id=own>texte</p>"
    style = f"<style>{HOSTILE_STYLE}</style><base href='https://ailleurs.example/'>"
    address = site.page("hostile", head=style, body=plain + script(serving))
    student = talks(page, address)
    box = student.box.bounding_box()
    assert box is not None
    assert box["y"] > 300, "the panel is not at the foot of the window"
    look = "getComputedStyle(document.querySelector('quebec-ville-etudes'))"
    seen = page.evaluate(
        f"(({{position, opacity, zIndex, fontFamily, transform}}) => "
        f"[position, opacity, zIndex, fontFamily.includes('cursive'), transform])({look})"
    )
    assert seen == ["fixed", "1", "2147483000", False, "none"]
    own = "getComputedStyle(document.querySelector('#own')).fontSize"
    assert page.evaluate(own) == "40px"


def test_a_site_that_is_not_allowed_says_that_the_talk_cannot_begin(
    page: Page, serving: Serving
) -> None:
    with HostSite() as stranger:
        student = Student(page, stranger.page("stranger", body=script(serving)))
        student.opens_the_page()
        expect(page.get_by_text("Connexion interrompue")).to_be_visible(timeout=PATIENCE)
        assert page.evaluate(TRACES)["storage"] == []


def test_what_is_written_is_never_html_and_links_are_only_of_the_web(
    page: Page, site: HostSite, serving: Serving
) -> None:
    student = talks(page, site.page("html", body=script(serving)))
    tag = "<img src=x onerror=\"document.title='pris'\"><b>gras</b>"
    student.writes(f"{tag} javascript:alert(1) https://quebec.example/a?b=1")
    student.reads(f"écho : {tag}")
    links = page.locator("qve-message").last.locator("a")
    expect(links).to_have_count(1)
    assert links.get_attribute("href") == "https://quebec.example/a?b=1"
    assert "noopener" in (links.get_attribute("rel") or "")
    assert page.title() == "Un lycée"


def test_where_storage_is_blocked_it_works_as_long_as_the_page(
    browser: Browser, tmp_path: Path, site: HostSite, serving: Serving
) -> None:
    """A browser that is set to refuse cookies and storage to every site."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    refused = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Preferences").write_text(json.dumps(refused))
    address = site.page("blocked", body=script(serving))
    context = browser.browser_type.launch_persistent_context(
        profile.parent, executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS
    )
    try:
        page = context.pages[0]
        page.goto(address)
        refusal = "() => { try { return !localStorage } catch (error) { return error.name } }"
        assert page.evaluate(refusal) == "SecurityError"
        talks(page, address)
    finally:
        context.close()
