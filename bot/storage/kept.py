"""Every table, whose it is and until when: a table that is not here has no right to be (tested).

What is a person's is exported and erased with their conversation, by its column `conversation_id`
(see `personal_records`) or because what it belongs to takes it along.
"""

from dataclasses import dataclass
from enum import Enum


class Whose(str, Enum):
    person = "person"
    adviser = "adviser"
    nobody = "nobody"


class Until(str, Enum):
    """What ends it; the lengths are settings."""

    conversation = "conversation"
    files = "files"
    suggestions = "suggestions"
    links = "links"
    sessions = "sessions"
    inbox = "inbox"
    log = "log"
    account = "account"
    """As long as the account is of use; a disabled one keeps a name for what was said."""
    changed = "changed"
    """Until somebody changes it: it says nothing of a person."""
    always = "always"
    """Numbers that say nothing of anybody."""


@dataclass(frozen=True)
class Kept:
    whose: Whose
    until: Until


_PERSON = Kept(Whose.person, Until.conversation)
_ADVISER = Kept(Whose.adviser, Until.account)
_NOBODY = Kept(Whose.nobody, Until.changed)
TABLES = {
    **dict.fromkeys(
        (
            *("conversations", "messages", "ticks", "deliveries", "tracker_events", "cases"),
            *("contacts", "search_documents", "drafts", "held_answers", "notes", "mentions"),
            *("tags", "letters", "conversation_secrets", "devices", "remarks"),
        ),
        _PERSON,
    ),
    "attachments": Kept(Whose.person, Until.files),
    "attachment_contents": Kept(Whose.person, Until.files),
    "suggestions": Kept(Whose.person, Until.suggestions),
    "moves": Kept(Whose.person, Until.links),
    "return_links": Kept(Whose.person, Until.links),
    "telegram_updates": Kept(Whose.nobody, Until.inbox),
    "advisers": _ADVISER,
    "recovery_codes": _ADVISER,
    "identities": _ADVISER,
    "absences": _ADVISER,
    "shared_replies": _ADVISER,
    "invitations": Kept(Whose.adviser, Until.links),
    "sign_in_attempts": Kept(Whose.adviser, Until.sessions),
    "sessions": Kept(Whose.adviser, Until.sessions),
    "log": Kept(Whose.adviser, Until.log),
    "rota": _NOBODY,
    "rota_exceptions": _NOBODY,
    "desk_settings": _NOBODY,
    "institution_hours": _NOBODY,
    "closures": _NOBODY,
    "pauses": _NOBODY,
    "settled_days": Kept(Whose.nobody, Until.always),
    "indicators": Kept(Whose.nobody, Until.always),
}
