"""Importing a module only defines it: no connection, no file written, no setting needed."""

import subprocess
import sys

from bot.settings import ROOT

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for folder in ("bot", "knowledge", "actions")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts and path.name != "__main__.py"
)
# In an interpreter of its own, with no environment at all. What a library does when it is
# imported is not ours: Rasa and spaCy ask git and the network card about themselves.
IMPORT_ALL = """
import sys
seen = []
def ours():
    frame = sys._getframe(2)
    while frame is not None:
        file = frame.f_code.co_filename
        if "site-packages" in file or file == "<string>" or file.startswith(sys.argv[1]):
            return "site-packages" not in file
        frame = frame.f_back
def writes(mode):
    return isinstance(mode, str) and bool(set(mode) & set("wax+"))
def watch(event, arguments):
    opened = event == "open" and writes(arguments[1])
    reached = event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.system")
    if (opened or reached) and ours():
        seen.append((event, str(arguments[not opened])))
sys.dont_write_bytecode = True
from bot.understanding.left_out import leave_out_what_is_not_used
leave_out_what_is_not_used()
from importlib import import_module
sys.addaudithook(watch)
for name in sys.argv[2:]:
    before = len(seen)
    import_module(name)
    for event, what in seen[before:]:
        print(name, event, what)
"""


def run(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code, str(ROOT), *arguments],
        cwd=ROOT,
        env={"HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_importing_every_module_opens_nothing_and_needs_no_environment() -> None:
    assert len(MODULES) > 40
    done = run(IMPORT_ALL, *MODULES)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == ""


def test_a_module_that_opens_something_would_be_seen() -> None:
    opens = IMPORT_ALL.replace(
        "import_module(name)",
        "import socket; socket.socket().connect_ex(('127.0.0.1', 9)); open('/dev/null', 'w')",
    )
    assert run(opens, "x").stdout.splitlines() == [
        "x socket.connect ('127.0.0.1', 9)",
        "x open /dev/null",
    ]


def test_light_rooms_stay_light() -> None:
    """A command that only reads the knowledge must not wait for Rasa."""
    heavy = "import sys, knowledge.library, knowledge.checks, bot.handover.case, bot.messages\n"
    done = run(heavy + "print([m for m in ('rasa', 'sqlalchemy', 'fastapi') if m in sys.modules])")
    assert done.stdout.strip() == "[]", done.stderr


def test_a_door_that_nobody_opens_is_not_imported() -> None:
    """Telegram's: 24 MB and a quarter of a second, for whoever gives a token."""
    done = run("import sys, bot.commands.serving\nprint('telegram' in sys.modules)")
    assert done.stdout.strip() == "False", done.stderr
