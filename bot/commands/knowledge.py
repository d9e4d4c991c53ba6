"""`qve knowledge …`: for who keeps the knowledge true."""

from argparse import Namespace
from datetime import datetime

import yaml

from bot.commands.preparing import load_library
from bot.commands.terminal import command, complain, show
from bot.handover.hours import QUEBEC
from bot.settings import ROOT, Settings
from bot.texts import say
from knowledge.checks import check
from knowledge.files import Severity
from knowledge.folding import fold
from knowledge.library import FOLDER, Library

_SENTENCES = ROOT / "tests" / "sentences"


@command
def check_knowledge(arguments: Namespace, settings: Settings) -> int:
    """Print every problem, path first; exit 1 if there is one."""
    problems = check(FOLDER, on=datetime.now(QUEBEC).date(), held_out=held_out_sentences())
    for problem in problems:
        show(str(problem))
    errors = sum(problem.severity is Severity.error for problem in problems)
    due = len(problems) - errors
    if problems:
        complain(say("terminal.problems", errors=errors, warnings=due))
    else:
        library = Library.load()
        show(
            say(
                "terminal.no_problem",
                topics=len(library.topics),
                questions=sum(len(topic.questions) for topic in library.topics.values()),
                sources=len(library.sources),
                figures=len(library.figures),
            )
        )
    return int(errors > 0 or (due > 0 and not arguments.allow_due))


def held_out_sentences() -> list[str]:
    """Every message of `tests/sentences`; none when the tests are not shipped."""
    held_out = []
    for path in sorted(_SENTENCES.glob("*.yml")):
        held_out += [entry["text"] for entry in yaml.safe_load(path.read_text("utf-8"))]
    return held_out


@command
def list_topics(_: Namespace, settings: Settings) -> int:
    """Topics by theme, with how many questions and sources each has."""
    for topic_id, topic in load_library().topics.items():
        show(f"{topic_id}\t{len(topic.questions)}\t{len(topic.sources)}\t{topic.title}")
    return 0


@command
def search_topics(arguments: Namespace, settings: Settings) -> int:
    """Topics that share the most words with what is asked."""
    wanted = set(fold(" ".join(arguments.words)).split())
    found = []
    for topic_id, topic in load_library().topics.items():
        words = set(fold(" ".join((topic.title, *topic.questions))).split())
        if shared := len(wanted & words):
            found.append((-shared, topic_id, topic.title))
    for _, topic_id, title in sorted(found)[:10]:
        show(f"{topic_id}\t{title}")
    if not found:
        complain(say("terminal.no_result"))
    return int(not found)
