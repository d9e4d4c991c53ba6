"""axe-core on a page as it stands, for any journey: `assert violations(page) == []`."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = Axe()


def violations(
    page: Page,
    within: str | None = None,
    *,
    rules: Sequence[str] = (),
    without: Sequence[str] = (),
) -> list[str]:
    """One line a violation: the rule, what it asks, the first element concerned.

    `within` is a selector; `rules` names the only rules tried (all of WCAG 2.2 AA and the best
    practices by default), `without` those left out.
    """
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": _RULES}
    options = {"runOnly": only, "rules": {name: {"enabled": False} for name in without}}
    found = _AXE.run(page, context=within, options=options).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['target']} {one['nodes'][0]['html'][:120]}"
        for one in found
    ]
