"""What docs/securite.md says is proved by a test that exists."""

import ast
import re

from bot.settings import ROOT

DOCUMENT = (ROOT / "docs" / "securite.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def missing(document: str) -> list[str]:
    found = []
    for file, test in NAMED.findall(document):
        path = ROOT / file
        names = set()
        if path.exists():
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            kinds = ast.FunctionDef | ast.AsyncFunctionDef
            names = {node.name for node in nodes if isinstance(node, kinds)}
        if not path.exists() or (test and test not in names):
            found.append(f"{file}::{test}")
    return found


def test_every_test_that_is_named_exists() -> None:
    assert len(NAMED.findall(DOCUMENT)) > 40
    assert missing(DOCUMENT) == []


def test_one_that_does_not_exist_would_be_seen() -> None:
    assert missing("`tests/nowhere.py`") == ["tests/nowhere.py::"]
    assert missing("`tests/security/test_securite_md.py::test_nothing`") != []


def test_every_line_without_a_proof_says_how_or_what_is_missing() -> None:
    table = DOCUMENT.split("## ASVS")[1].split("## Les dépendances")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(lines) > 45
    assert [line for line in lines if not NAMED.search(line) and not line.endswith("| – |")] == []


EXCEPTIONS = (ROOT / "scripts" / "audit_exceptions.txt").read_text("utf-8")
PUBLISHED = re.compile(r"\b(?:CVE-\d{4}-\d{4,}|GHSA(?:-\w{4}){3}|PYSEC-\d{4}-\d+)\b")


def test_every_hole_that_is_let_pass_is_argued_for_here_and_its_package_is_still_locked() -> None:
    locked = set(re.findall(r'^name = "(.+)"$', (ROOT / "uv.lock").read_text("utf-8"), re.M))
    kept = DOCUMENT.split("### Ce qui reste")[1].split("###")[0]
    lines = [line.split(" ", 2) for line in EXCEPTIONS.splitlines() if line[:1].isupper()]
    assert len(lines) > 5
    for hole, package, reason in lines:
        assert PUBLISHED.fullmatch(hole)
        assert package in locked, package
        assert len(reason) > 20, hole
    assert {hole for hole, _, _ in lines} == set(PUBLISHED.findall(kept))
