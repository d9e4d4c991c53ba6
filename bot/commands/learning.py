"""`qve knowledge suggestions`: what advisers accepted at the desk, proposed to the knowledge."""

import asyncio
from argparse import Namespace
from pathlib import Path

from bot.commands.knowledge import held_out_sentences
from bot.commands.preparing import open_database
from bot.commands.terminal import command, show
from bot.learning.store import SuggestionStore
from bot.learning.suggestion import Suggestion
from bot.privacy.redaction import without_placeholders
from bot.settings import Settings
from bot.storage.suggestion_store import SqlSuggestionStore
from bot.texts import say
from bot.wiring import clock
from knowledge.adding import Added, Proposal, Skipped, add_questions
from knowledge.library import FOLDER


@command
def write_suggestions(arguments: Namespace, settings: Settings) -> int:
    """Add accepted questions to their topics' files, and list the topics that are missing."""

    async def write() -> int:
        database = await open_database(settings)
        try:
            store = SqlSuggestionStore(database)
            await propose(store, FOLDER, held_out_sentences(), dry_run=arguments.dry_run)
        finally:
            await database.close()
        return 0

    return asyncio.run(write())


async def propose(
    store: SuggestionStore, folder: Path, held_out: list[str], *, dry_run: bool
) -> None:
    """Write, then remember that it is written: cut in between, the next run finds the questions
    there already. What no file can take stays for the next run; what needs none does not."""
    accepted = await store.accepted()
    proposals = [Proposal(each.topic or "", without_placeholders(each.text)) for each in accepted]
    added = add_questions(folder, proposals, held_out=held_out, dry_run=dry_run)
    _show_added(folder, added, dry_run=dry_run)
    _show_missing(await store.missing())
    if dry_run:
        return
    left = {each.topic for each in added.skipped if each.skipped in _WAITS}
    done = [each.id for each in accepted if each.topic not in left]
    await store.mark_written(done, now=clock())


_WAITS = (Skipped.no_topic, Skipped.closed)


def _show_added(folder: Path, added: Added, *, dry_run: bool) -> None:
    name = "terminal.suggestions_to_add" if dry_run else "terminal.suggestions_added"
    for path, questions in added.written.items():
        file = (Path(folder.name) / path.relative_to(folder)).as_posix()
        show(say(name, file=file, count=len(questions)))
        for question in questions:
            show(f"  + {question}")
    if added.skipped:
        show(say("terminal.suggestions_skipped", count=len(added.skipped)))
    for proposal in added.skipped:
        show(f"  - {proposal.question}  ({_why(proposal)})")
    if not added.written:
        show(say("terminal.suggestions_none"))
    elif not dry_run:
        show(say("terminal.suggestions_next"))


def _why(proposal: Proposal) -> str:
    match proposal.skipped:
        case Skipped.known:
            return say("terminal.suggestions_known", topic=proposal.where)
        case Skipped.held_out:
            return say("terminal.suggestions_held_out")
        case Skipped.wordless:
            return say("terminal.suggestions_wordless")
        case Skipped.closed:
            return say("terminal.suggestions_closed", file=f"{proposal.topic}.yml")
        case _:
            return say("terminal.suggestions_no_topic", topic=proposal.topic)


def _show_missing(missing: list[Suggestion]) -> None:
    if missing:
        show(say("terminal.suggestions_missing", count=len(missing)))
    for each in missing:
        show(f"  {say('terminal.suggestions_times', times=each.times)}  {each.text}")
