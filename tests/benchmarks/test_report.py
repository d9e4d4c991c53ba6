"""Measures are shown as they are: what misses its goal says so, what was not measured is blank."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.report import page
from benchmarks.report.goals import compared, table
from benchmarks.report.picture import picture

_SVG = "{http://www.w3.org/2000/svg}"


def test_a_share_above_its_goal_is_missed_and_one_at_it_is_met() -> None:
    assert compared("p50", 25.0, 100.0, 0.25, "ms").met
    assert not compared("p50", 26.0, 100.0, 0.25, "ms").met


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    row = list(table(("", "ours", "other"), [compared("training", None, 80.0, 0.33, "s")]))[-1]
    assert row == "| training | — | 80.0 s | — | ≤ 0.33 |  |"


def test_the_picture_draws_what_was_measured_and_marks_what_is_missed() -> None:
    rows = [
        compared("p50 & p95", 10.0, 100.0, 0.25, "ms"),
        compared("memory", 150.0, 100.0, 0.6, "MB"),
        compared("training", None, 80.0, 0.33, "s"),
    ]
    drawn = ElementTree.fromstring(picture("Ours & theirs", "less is better", rows))
    bars = {
        kind: [float(bar.attrib["width"]) for bar in drawn.iter(f"{_SVG}rect")
               if bar.attrib["class"] == kind]
        for kind in ("other", "ours", "missed")
    }  # fmt: skip
    assert bars["ours"][0] == pytest.approx(bars["other"][0] * 0.1, abs=0.1)
    assert bars["missed"][0] == pytest.approx(bars["other"][0] * 1.5, abs=0.1)
    assert len(bars["other"]) == 2


def test_what_is_endlessly_worse_is_missed_and_still_drawn() -> None:
    endless = replace(compared("rate", 1.0, 1.0, 0.2, "/s"), share=float("inf"))
    assert "**missed**" in list(table(("", "ours", "other"), [endless]))[-1]
    bars = ElementTree.fromstring(picture("Ours", "", [endless])).iter(f"{_SVG}rect")
    widths = [float(bar.attrib["width"]) for bar in bars]
    assert all(0 < width < 1000 for width in widths)


def test_only_what_is_between_the_marks_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = tmp_path / "performance.md"
    written.write_text("before\n<!-- turn -->\nold\n<!-- /turn -->\nafter\n", "utf-8")
    monkeypatch.setattr(page, "PAGE", written)
    page.write("turn", ["new"], quick=False)
    assert written.read_text("utf-8") == "before\n<!-- turn -->\nnew\n<!-- /turn -->\nafter\n"


def test_a_trial_leaves_the_page_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = page.PAGE.read_text("utf-8")
    monkeypatch.setattr(page, "_QUICK", tmp_path / "quick")
    page.write("turn", ["a trial"], quick=True)
    assert page.PAGE.read_text("utf-8") == kept
    assert "a trial" in (tmp_path / "quick" / "performance.md").read_text("utf-8")
