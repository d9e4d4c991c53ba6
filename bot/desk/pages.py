"""Drawing pages: Jinja2, everything escaped, an unknown variable is an error."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from bot.addresses import web_address
from bot.cards import when
from bot.desk import moments, weeks
from bot.desk.log_details import in_words
from bot.desk.needs import desk_of
from bot.desk.words import word, word_or_name
from bot.handover.roles import administers, reaches_all

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_TOO_LARGE = 413
"""What was typed beside a file that is too heavy stays: its page is not loaded again."""
_SERVED = {path.name for path in _STATIC.iterdir() if path.suffix in (".css", ".js", ".svg")}


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(word=word, word_or_name=word_or_name, asset=asset_url)
    environment.filters.update(
        day_and_hour=moments.day_and_hour,
        hour=moments.hour,
        city=moments.city,
        ahead=moments.ahead,
        ago=moments.ago,
        web_address=web_address,
        when=when,
        percent=percent,
        coordinates=reaches_all,
        administers=administers,
        weight=weight,
        weekday=weeks.weekday,
        week=weeks.week,
        on_day=weeks.on_day,
        detail=in_words,
    )
    environment.tests["elsewhere"] = moments.elsewhere
    return environment


def draw(request: Request, template: str, values: Mapping[str, object]) -> str:
    """The HTML of a template, which knows `now` beside its values."""
    return _templates().get_template(template).render({**values, "now": desk_of(request).clock()})


def page(
    request: Request,
    template: str,
    values: Mapping[str, object],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    return HTMLResponse(draw(request, template, values), status, headers)


def refusal(request: Request, status: int) -> HTMLResponse:
    """A page that says no. A fragment's refusal makes htmx reload the page it stands on."""
    by_htmx = request.headers.get("hx-request") == "true"
    headers = {"HX-Refresh": "true"} if by_htmx and status != _TOO_LARGE else None
    known = status if status in (400, 403, 404, 413) else 400
    html = _templates().get_template("refused.html").render(why=str(known))
    return HTMLResponse(html, status, headers)


async def static_file(request: Request, name: str, v: str = "") -> Response:
    if name not in _SERVED:
        return refusal(request, 404)
    fresh = v == _fingerprint(name)
    caching = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return FileResponse(_STATIC / name, headers={"Cache-Control": caching})


def asset_url(name: str) -> str:
    return f"/desk/static/{name}?v={_fingerprint(name)}"


@cache
def _fingerprint(name: str) -> str:
    return sha256((_STATIC / name).read_bytes()).hexdigest()[:12]


def percent(share: float) -> str:
    return word("moments.percent", number=round(share * 100))


def weight(size: int) -> str:
    """« 340 ko », « 2,4 Mo »."""
    if size < 1_000_000:
        return word("weights.kilobytes", number=max(1, round(size / 1000)))
    return word("weights.megabytes", number=f"{size / 1_000_000:.1f}".replace(".", ","))
