"""On a slow 4G and a mid-range telephone, one types within a second of the tap on the button."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import PATIENCE
from tests.journeys.serving import Serving, TalkativeEngine

# Lighthouse's slow 4G, in bytes a second and milliseconds; and its mid-range telephone.
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
SLOWER = 4
TRIES = 3
TELEPHONE = {"width": 390, "height": 844}
# From the tap until the field is drawn, enabled, and the browser has had time to paint it.
MEASURE = """() => new Promise((resolve) => {
  const host = document.querySelector('quebec-ville-etudes');
  host.shadowRoot.querySelector('button').addEventListener('pointerdown', () => {
    const tapped = performance.now();
    const look = () => {
      const panel = host.shadowRoot.querySelector('qve-panel');
      const field = panel?.shadowRoot?.querySelector('qve-composer')?.shadowRoot
        ?.querySelector('textarea');
      if (field?.checkVisibility() && !field.disabled) resolve(performance.now() - tapped);
      else requestAnimationFrame(look);
    };
    look();
  });
  window.ready = true;
})"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    serving = Serving(tmp_path_factory.mktemp("ready"), TalkativeEngine())
    serving.start()
    yield serving
    serving.stop()


def seconds_to_type(browser: Browser, url: str) -> float:
    """For somebody who has never come, so that nothing is in the browser's cache."""
    context = browser.new_context(viewport=TELEPHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    button = page.get_by_role("button", name="Ouvrir la discussion")
    expect(button).to_be_visible(timeout=PATIENCE)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.evaluate(f"() => {{ window.measured = ({MEASURE})(); }}")
    button.tap()
    milliseconds = page.evaluate("window.measured")
    context.close()
    return float(milliseconds) / 1000


def test_one_types_within_a_second_of_the_tap(browser: Browser, serving: Serving) -> None:
    """The best of a few tries: whatever else the machine does is not the telephone's fault."""
    measured: list[float] = []
    while len(measured) < TRIES and min(measured, default=9) > 1:
        measured.append(seconds_to_type(browser, serving.url))
    assert min(measured) <= 1, measured
