"""The knowledge base of this process, loaded at first use and shared by all who need it."""

from functools import cache

from knowledge.agenda import Agenda
from knowledge.asked import Names
from knowledge.asked.diplomas import Diplomas
from knowledge.budgeting import Budgeting
from knowledge.files import Contents, read
from knowledge.library import FOLDER, Library
from knowledge.nearest_relay import Relays
from knowledge.planning import Planner
from knowledge.programmes import Catalogue
from knowledge.search import Search


@cache
def contents() -> Contents:
    """As read, with what is wrong in it: checked, fingerprinted and made into the library."""
    return read(FOLDER)


@cache
def library() -> Library:
    """Raises BrokenKnowledge."""
    return Library.of(contents())


@cache
def names() -> Names:
    return Names(library())


@cache
def search() -> Search:
    return Search.over(library())


@cache
def catalogue() -> Catalogue:
    return Catalogue(library(), search())


@cache
def planner() -> Planner:
    return Planner(library())


@cache
def budgeting() -> Budgeting:
    return Budgeting(library())


@cache
def diplomas() -> Diplomas:
    return Diplomas(library())


@cache
def agenda() -> Agenda:
    return Agenda(library())


@cache
def relays() -> Relays:
    return Relays(library())
