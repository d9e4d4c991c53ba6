"""The `qve` command: its words here, what each does in `bot.commands`.

A sub-command's module is imported when it is run, so that a light one stays light.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from bot.lasting import lasting
from bot.messages import CHANNELS


def main(arguments: Sequence[str] | None = None) -> int:
    parsed = _parser().parse_args(arguments)
    # Read when numpy is imported. More threads gain nothing on one message, and wait for the next
    # one by spinning: 2 ms of processor for a product that takes 0.06.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    module, function = parsed.run.split(".")
    with lasting():
        run = getattr(import_module(f"bot.commands.{module}"), function)
    return int(run(parsed))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qve", description="Québec ville études assistant")
    commands = parser.add_subparsers(required=True, metavar="command")

    serve = commands.add_parser("serve", help="prepare what is missing and serve everything")
    serve.add_argument(
        "--workers",
        type=int,
        default=1,
        help="processes on this port; more than one share PostgreSQL and Redis",
    )
    serve.set_defaults(run="serving.serve")

    train = commands.add_parser("train", help="train the model if its data changed")
    train.add_argument("--force", action="store_true")
    train.set_defaults(run="serving.train")

    ask = commands.add_parser("ask", help="ask one question, or many with --jsonl")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--jsonl", action="store_true", help="read and write one JSON object a line")
    ask.set_defaults(run="asking.ask")

    knowledge = commands.add_parser("knowledge", help="check, list or search the knowledge base")
    of_knowledge = knowledge.add_subparsers(required=True, metavar="command")
    check = of_knowledge.add_parser("check", help="all that is wrong, path first")
    check.add_argument("--allow-due", action="store_true", help="a review past due is no error")
    check.add_argument("--due", action="store_true", help="also what to look at soon, and links")
    check.set_defaults(run="knowledge.check_knowledge")
    of_knowledge.add_parser("list", help="topics by theme").set_defaults(
        run="knowledge.list_topics"
    )
    search = of_knowledge.add_parser("search", help="topics by words")
    search.add_argument("words", nargs="+")
    search.set_defaults(run="knowledge.search_topics")

    suggestions = of_knowledge.add_parser(
        "suggestions", help="write the questions accepted at the desk into their topics"
    )
    suggestions.add_argument("--dry-run", action="store_true", help="show them only")
    suggestions.set_defaults(run="learning.write_suggestions")

    desk = commands.add_parser("desk", help="the advisers' accounts")
    of_desk = desk.add_subparsers(required=True, metavar="command")
    add = of_desk.add_parser("add-adviser", help="create an account; prints its one-time link")
    add.add_argument("email")
    add.add_argument("--name", required=True, help="what people will see, e.g. « Claire L. »")
    add.add_argument("--institution")
    add.add_argument(
        "--role", default="adviser", choices=("adviser", "coordinator", "administrator")
    )
    add.set_defaults(run="people.add_adviser")
    reset = of_desk.add_parser(
        "reset-adviser", help="for who is locked out: a new link, without the second factor"
    )
    reset.add_argument("email")
    reset.set_defaults(run="people.reset_adviser")

    telegram = commands.add_parser("telegram", help="how Telegram reaches the service")
    of_telegram = telegram.add_subparsers(required=True, metavar="command")
    for name, what in (
        ("set-webhook", "register QVE_TELEGRAM_WEBHOOK_URL with Telegram"),
        ("delete-webhook", "let the service ask Telegram for messages"),
        ("status", "the bot, and how its messages come"),
    ):
        one = of_telegram.add_parser(name, help=what)
        one.set_defaults(run=f"telegram.{name.replace('-', '_')}")

    rotate = commands.add_parser(
        "rotate-keys", help="seal again with the newest key all that is sealed"
    )
    rotate.add_argument("--new-key", action="store_true", help="make one first, in var/secret.key")
    rotate.set_defaults(run="keys.rotate")

    for name, what in (
        ("pause", "make the assistant silent on a channel; what people write waits"),
        ("resume", "let it answer again, first what waits"),
    ):
        one = commands.add_parser(name, help=what)
        one.add_argument("channel", choices=CHANNELS)
        one.set_defaults(run=f"pausing.{name}", say=None)
        if name == "pause":
            one.add_argument("--say", metavar="SENTENCE", help="what people are told instead")

    commands.add_parser("purge", help="erase conversations past their retention").set_defaults(
        run="people.purge"
    )
    for name in ("export", "erase"):
        one = commands.add_parser(name, help=f"{name} all that is kept of one conversation")
        one.add_argument("conversation")
        one.set_defaults(run=f"people.{name}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
