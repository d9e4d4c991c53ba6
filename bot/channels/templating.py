"""The templates of the pages and letters that people receive."""

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def templates(*, markup: bool = True, **filters: Callable[..., object]) -> Environment:
    """Those of this room, with these filters. `markup` is False for plain text alone: nothing is
    escaped then. A value that is not given is an error, never a hole in a page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=markup,  # noqa: S701 - False for plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment
