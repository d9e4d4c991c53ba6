"""The only room that knows everyone: settings → library, stores, engine, conversations, doors."""

from bot.wiring.desk import desk_of
from bot.wiring.doors import build_app, telegram_door
from bot.wiring.keeping import answer_resumed, purging_of, watch
from bot.wiring.service import Service, build, clock, letters_of, load_engine, web_push

__all__ = [
    "Service",
    "answer_resumed",
    "build",
    "build_app",
    "clock",
    "desk_of",
    "letters_of",
    "load_engine",
    "purging_of",
    "telegram_door",
    "watch",
    "web_push",
]
