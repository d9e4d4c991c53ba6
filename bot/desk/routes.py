"""The desk's doors, all in one table.

Behind each stands a function that says whether a stranger may enter. Two guards are put here, so
that no new door is forgotten: a section may ask for a role, and a door that names a case exists
only for whom the case is within reach.
"""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Depends, params
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.desk import (
    acts,
    case,
    dashboard,
    files,
    library_page,
    live,
    log_page,
    person_page,
    queue,
    replies,
    rota_page,
    settings_page,
    suggestions,
    teaching,
    topic_page,
    writing,
)
from bot.desk.entering import accounts_page, identity_page, me, second_factor_page, sign_in
from bot.desk.entering.access import DeskRoute, case_in_reach, role_at_least
from bot.desk.needs import Desk
from bot.desk.pages import refusal, static_file
from bot.handover.roles import Role

_GET = (
    ("/", queue.show_queue),
    ("/queue", queue.queue_fragment),
    ("/counts", queue.counts_fragment),
    ("/events", live.queue_events),
    ("/knowledge", library_page.show_knowledge),
    ("/knowledge/freshness", library_page.show_freshness),
    ("/knowledge/{theme}", topic_page.show_theme),
    ("/knowledge/{theme}/{topic}", topic_page.show_topic),
    ("/suggestions", suggestions.show_suggestions),
    ("/log", log_page.show_log),
    ("/dashboard", dashboard.show_dashboard),
    ("/dashboard/figures.csv", dashboard.figures_csv),
    ("/cases/{case_id}/person", person_page.show_person),
    ("/accounts", accounts_page.show_accounts),
    ("/accounts/{account_id}", accounts_page.show_account),
    ("/me", me.show_me),
    ("/me/second-factor", me.show_new_factor),
    ("/second-factor", second_factor_page.show_second_factor),
    ("/cases/{case_id}", case.show_case),
    ("/cases/{case_id}/news", case.case_news),
    ("/cases/{case_id}/events", live.case_events),
    ("/cases/{case_id}/files/{file_id}", files.download),
    ("/cases/{case_id}/notes", writing.show_notes),
    ("/cases/{case_id}/messages/{seq}/teach", teaching.show),
    ("/cases/{case_id}/to-insert", writing.to_insert),
    ("/replies", replies.show),
    ("/rota", rota_page.show_rota),
    ("/settings", settings_page.show_settings),
    ("/sign-in", sign_in.show_sign_in),
    ("/openid", identity_page.leave),
    ("/openid/back", identity_page.come_back),
    ("/invitation/{token}", sign_in.show_invitation),
    ("/static/{name}", static_file),
)
_POST = (
    ("/cases/{case_id}/claim", acts.claim),
    ("/cases/{case_id}/release", acts.release),
    ("/cases/{case_id}/give-back", acts.give_back),
    ("/cases/{case_id}/close", acts.close),
    ("/cases/{case_id}/reopen", acts.reopen),
    ("/cases/{case_id}/transfer", acts.transfer),
    ("/cases/{case_id}/snooze", acts.snooze),
    ("/cases/{case_id}/typing", live.typing),
    ("/cases/{case_id}/draft", writing.keep_draft),
    ("/cases/{case_id}/take-back", writing.take_back),
    ("/cases/{case_id}/notes", writing.add_note),
    ("/cases/{case_id}/messages/{seq}/teach", teaching.teach),
    ("/cases/{case_id}/messages/{seq}/untaught", teaching.take_back),
    ("/cases/{case_id}/tags", writing.tag),
    ("/cases/{case_id}/tags/remove", writing.untag),
    ("/replies", replies.keep),
    ("/replies/{reply_id}/forget", replies.forget),
    ("/cases/{case_id}/answer", case.answer),
    ("/cases/{case_id}/files", files.prepare),
    ("/cases/{case_id}/files/{file_id}/discard", files.discard),
    ("/suggestions/{suggestion_id}/accept", suggestions.accept),
    ("/suggestions/{suggestion_id}/missing", suggestions.missing),
    ("/suggestions/{suggestion_id}/dismiss", suggestions.dismiss),
    ("/suggestions/{suggestion_id}/undo", suggestions.undo),
    ("/cases/{case_id}/person/export", person_page.export),
    ("/cases/{case_id}/person/erase", person_page.erase),
    ("/accounts", accounts_page.invite),
    ("/accounts/{account_id}/change", accounts_page.change),
    ("/accounts/{account_id}/invite", accounts_page.invite_anew),
    ("/accounts/{account_id}/disable", accounts_page.disable),
    ("/accounts/{account_id}/enable", accounts_page.enable),
    ("/accounts/{account_id}/second-factor", accounts_page.remove_factor),
    ("/accounts/{account_id}/identity", accounts_page.forget_identity),
    ("/accounts/{account_id}/sessions", accounts_page.revoke_sessions),
    ("/rota/weekly", rota_page.put_on),
    ("/rota/weekly/remove", rota_page.take_off),
    ("/rota/exceptions", rota_page.make_exception),
    ("/rota/exceptions/remove", rota_page.forget_exception),
    ("/rota/away", rota_page.mark_away),
    ("/rota/back", rota_page.mark_back),
    ("/settings/hours", settings_page.keep_hours),
    ("/settings/hours/forget", settings_page.forget_hours),
    ("/settings/closures", settings_page.close_days),
    ("/settings/closures/remove", settings_page.open_again),
    ("/settings/values", settings_page.keep_values),
    ("/settings/values/forget", settings_page.forget_values),
    ("/settings/pauses", settings_page.pause),
    ("/settings/pauses/resume", settings_page.resume),
    ("/me/away", me.go_away),
    ("/me/back", me.come_back),
    ("/me/password", me.change_password),
    ("/me/second-factor", me.replace_factor),
    ("/me/second-factor/remove", me.remove_factor),
    ("/me/recovery-codes", me.renew_codes),
    ("/me/sessions/revoke", me.revoke_session),
    ("/me/sessions/revoke-others", me.revoke_others),
    ("/second-factor", second_factor_page.give),
    ("/second-factor/set-up", second_factor_page.set_up),
    ("/sign-in", sign_in.sign_in),
    ("/sign-out", sign_in.sign_out),
    ("/invitation/{token}", sign_in.accept_invitation),
)

_LEAST_ROLES = {
    "/log": Role.coordinator,
    "/dashboard": Role.coordinator,
    "/cases/{case_id}/person": Role.coordinator,
    "/accounts": Role.administrator,
    "/rota/": Role.coordinator,
    "/settings": Role.coordinator,
    "/settings/values": Role.administrator,
    "/settings/pauses": Role.administrator,
}
"""The least role for every address that begins so; others are for every adviser."""


def desk_router(desk: Desk) -> APIRouter:
    """Everything under /desk, a page that says so included for what does not exist there."""
    router = APIRouter(
        prefix="/desk",
        route_class=DeskRoute,
        dependencies=[Depends(_bring(desk))],
        include_in_schema=False,
    )
    router.add_api_route("", _to_queue, methods=["GET"])
    for path, show in _GET:
        router.add_api_route(path, show, methods=["GET"], dependencies=_guards(path))
    for path, act in _POST:
        router.add_api_route(path, act, methods=["POST"], dependencies=_guards(path))
    anything = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
    router.add_api_route("/{path:path}", _nothing_there, methods=anything)
    return router


def _guards(path: str) -> list[params.Depends]:
    roles = [role for begin, role in _LEAST_ROLES.items() if path.startswith(begin)]
    guards = [Depends(role_at_least(role)) for role in roles]
    return [*guards, Depends(case_in_reach)] if "{case_id}" in path else guards


def _bring(desk: Desk) -> Callable[[Request], Awaitable[None]]:
    async def bring(request: Request) -> None:
        request.state.desk = desk

    return bring


async def _to_queue() -> Response:
    return RedirectResponse("/desk/", 303)


async def _nothing_there(request: Request) -> Response:
    return refusal(request, 404)
