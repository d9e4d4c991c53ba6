"""The service's sentences and the code that says them agree, both ways; no prose in the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml

from bot.settings import ROOT
from bot.texts import say

TEXTS = yaml.safe_load((ROOT / "bot" / "texts.yml").read_text("utf-8"))
NAMES = {f"{section}.{name}" for section, texts in TEXTS.items() for name in texts}
A_NAME = re.compile(rf"({'|'.join(TEXTS)})\.[a-z_]+")
FEWEST_NAMES = 20
# Names that are put together where they are said, and from what.
MADE_UP_OF = {
    "files": re.compile(
        r'^    \w+ = "(empty|too_large|wrong_kind|damaged|active|unknown'
        r'|not_now|too_many|key_reused)"$',
        re.MULTILINE,
    ),
    "terminal": re.compile(r'step\("(\w+)"\)'),
    "handover": re.compile(r'^    \w+ = "(given_back|closed)"$', re.MULTILINE),
    "purged": re.compile(
        r'^    \w+ = "(conversations|files|suggestions|links|sessions|inbox|log)"$', re.MULTILINE
    ),
    "cases": re.compile(
        r'^    \w+ = "(unknown|taken|not_yours|ended|not_ended|other_open)"$', re.MULTILINE
    ),
}
# Patterns that read what people write, words of the command line’s help: none is said to a person.
PROSE_ALLOWED = {
    "actions/naming.py": 7,
    "bot/__main__.py": 2,
    "bot/settings.py": 2,
    "bot/wiring/doors.py": 1,
}


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        found = sorted((ROOT / folder).rglob("*.py"))
        yield from (path for path in found if "migrations" not in path.parts)  # they name columns


def said_in(source: str) -> Iterator[str]:
    """Every string of some code that is the name of a sentence, or is asked for as one."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(name)) if A_NAME.fullmatch(name):
                yield name
            case ast.Call(func=ast.Name(id="say"), args=[ast.Constant(value=str(name)), *_]):
                yield name
            case ast.Call(func=ast.Name(id="say_to"), args=[_, ast.Constant(value=str(name)), *_]):
                yield f"{name}_unnamed"  # for who left no first name


def put_together_in(source: str) -> Iterator[str]:
    for section, pattern in MADE_UP_OF.items():
        yield from (f"{section}.{found}" for found in pattern.findall(source))


def said() -> set[str]:
    sources = [path.read_text("utf-8") for path in modules("bot")]
    return {name for source in sources for name in said_in(source)}


def test_every_sentence_that_is_asked_for_exists() -> None:
    asked = said()
    assert len(asked) > FEWEST_NAMES, "something was looked at"
    assert asked - NAMES == set()


def test_every_sentence_that_exists_is_said() -> None:
    together = {
        name for path in modules("bot") for name in put_together_in(path.read_text("utf-8"))
    }
    assert NAMES - said() - together == set()


def test_a_sentence_that_does_not_exist_would_be_seen() -> None:
    broken = 'raise Problem(404, say("refusals.gone"))\nname = "handover.lost" if x else "a.b"'
    assert set(said_in(broken)) == {"refusals.gone", "handover.lost"}
    assert set(said_in('say("nowhere.at_all")')) == {"nowhere.at_all"}
    with pytest.raises(KeyError):
        say("refusals.gone")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_sentence_is_filled_in_with_what_it_names(name: str) -> None:
    section, short = name.split(".")
    wanted = {field for _, field, _, _ in Formatter().parse(TEXTS[section][short]) if field}
    filled = say(name, **{field: f"<{field}>" for field in wanted})
    assert all(f"<{field}>" in filled for field in wanted)
    assert "{" not in filled


def prose_in(source: str) -> Iterator[str]:
    """Strings with a letter that English has not, docstrings left out."""
    tree = ast.parse(source)
    skipped = {
        id(statement.value)
        for node in ast.walk(tree)
        if hasattr(node, "body") and isinstance(node.body, list)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in skipped and re.search(r"[^\W\d_a-zA-Z]|[«»’…]", node.value):
            yield node.value


def test_no_prose_stands_in_the_code() -> None:
    looked_at = list(modules("bot", "actions"))
    assert len(looked_at) > 40
    found = {
        path.relative_to(ROOT).as_posix(): len(list(prose_in(path.read_text("utf-8"))))
        for path in looked_at
    }
    assert {path: count for path, count in found.items() if count} == PROSE_ALLOWED


def test_prose_in_the_code_would_be_seen() -> None:
    assert list(prose_in('def f():\n    """« Québec »."""\n    return say("x", y="Réponse")')) == [
        "Réponse"
    ]
    assert list(prose_in('x = f"déjà {y}"')) == ["déjà "]
