"""What `make eval` shows beside its table: the worst confusions and the curve."""

from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.coverage import Point, Scored
from benchmarks.understanding import HeldOut, Judged, worst_confusions
from benchmarks.understanding_curve import draw


def judged(text: str, expect: str, got: str) -> Judged:
    answer: dict[str, Any] = {"theme": got.split("/")[0], "topics": [], "personal_case": False}
    if "/" in got:
        answer["topics"] = [{"id": got, "theme": answer["theme"], "confidence": 0.9}]
    return Judged(HeldOut("topics", text, (expect,)), answer)


def test_the_worst_confusions_come_first_and_what_is_right_not_at_all() -> None:
    lines = worst_confusions(
        [
            judged("prix du permis", "study_permit/fee", "caq/fee"),
            judged("prix du caq", "caq/fee", "caq/fee"),
            judged("délai du caq", "caq/delay", "out_of_scope"),
            judged("permis, combien", "study_permit/fee", "caq/fee"),
        ]
    )
    assert [line.strip() for line in lines] == [
        "2  study_permit/fee → caq/fee: prix du permis | permis, combien",
        "1  caq/delay → out_of_scope: délai du caq",
    ]


def test_there_are_thirty_confusions_at_the_most() -> None:
    many = [judged("?", f"caq/topic_{number}", "caq/fee") for number in range(40)]
    assert len([*worst_confusions(many)]) == 30


def test_the_same_measures_draw_the_same_picture(tmp_path: Path) -> None:
    asked = [Scored(0.9, True), Scored(0.4, False), Scored(0.6, True)]
    today = Point(threshold=0.0, coverage=0.9, precision=0.8, refusal=0.9)
    drawn = []
    for name in ("first.svg", "again.svg"):
        draw(tmp_path / "images" / name, asked, [0.3, 0.0], today, date(2026, 11, 23))
        drawn.append((tmp_path / "images" / name).read_bytes())
    assert drawn[0] == drawn[1]
    assert drawn[0].startswith(b"<?xml")
