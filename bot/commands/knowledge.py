"""`qve knowledge …`: for who keeps the knowledge true."""

from argparse import Namespace
from collections import Counter
from datetime import datetime

import yaml

from bot.commands.preparing import load_library
from bot.commands.terminal import command, complain, show
from bot.handover.hours import QUEBEC
from bot.settings import ROOT, Settings
from bot.texts import say
from knowledge import at_hand
from knowledge.checks import check
from knowledge.files import Severity
from knowledge.freshness import Freshness, by_theme, freshness
from knowledge.library import FOLDER

_SENTENCES = ROOT / "tests" / "sentences"


@command
def check_knowledge(arguments: Namespace, settings: Settings) -> int:
    """Print every problem, path first; exit 1 if there is one. With --due, what to look at soon."""
    today = datetime.now(QUEBEC).date()
    problems = check(FOLDER, on=today, held_out=held_out_sentences(), likeness=True)
    for problem in problems:
        show(str(problem))
    count = Counter(problem.severity for problem in problems)
    errors, due, alike = (count[severity] for severity in Severity)
    if errors or due or alike:
        complain(say("terminal.problems", errors=errors, due=due, alike=alike))
    if not errors:
        library = at_hand.library()
        show(
            say(
                "terminal.counts",
                topics=len(library.topics),
                questions=sum(len(topic.questions) for topic in library.topics.values()),
                sources=len(library.sources),
                figures=len(library.figures),
                programmes=len(library.programmes),
                terms=len(library.terms),
            )
        )
        if arguments.due:
            _show_due(freshness(library, today))
    return int(errors > 0 or (due > 0 and not arguments.allow_due))


def _show_due(state: Freshness) -> None:
    show(say("terminal.due_reviews", count=len(state.reviews)))
    for review in state.reviews:
        show(f"  {review.by}  {review.name}")
    show(say("terminal.due_weak", count=len(state.weak)))
    for weak in state.weak:
        official = say("terminal.official" if weak.official else "terminal.unofficial")
        show(f"  {weak.name}  {official}  {weak.newest or say('terminal.undated')}")
    show(say("terminal.due_figures", count=len(state.without_next_value)))
    for name in state.without_next_value:
        show(f"  {name}")
    show(say("terminal.due_unconfirmed", count=len(state.unconfirmed)))
    for name in state.unconfirmed:
        show(f"  {name}")
    show(say("terminal.due_links"))
    for publisher, sources in state.links.items():
        show(f"  {publisher}")
        for source in sources:
            show(f"    {source.as_of}  {source.url}")


def held_out_sentences() -> list[str]:
    """Every message of `tests/sentences`; none when the tests are not shipped."""
    held_out = []
    for path in sorted(_SENTENCES.glob("*.yml")):
        held_out += [entry["text"] for entry in yaml.safe_load(path.read_text("utf-8"))]
    return held_out


@command
def list_topics(_: Namespace, settings: Settings) -> int:
    """A line a theme: topics, questions, sources, the oldest source; then each topic."""
    library = load_library()
    show(say("terminal.list_head"))
    for count in by_theme(library):
        show(f"{count.theme}\t{count.topics}\t{count.questions}\t{count.sources}\t{count.oldest}")
    show("")
    for topic_id, topic in library.topics.items():
        show(f"{topic_id}\t{len(topic.questions)}\t{len(topic.sources)}\t{topic.title}")
    return 0


@command
def search_topics(arguments: Namespace, settings: Settings) -> int:
    """What full-text search finds, best first: topics, cards, programmes, terms."""
    load_library()
    hits = at_hand.search().find(" ".join(arguments.words))
    for hit in hits:
        name = hit.id if hit.kind == "topics" else f"{hit.kind}/{hit.id}"
        show(f"{name}\t{hit.title}")
    if not hits:
        complain(say("terminal.no_result"))
    return int(not hits)
