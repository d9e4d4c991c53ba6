"""The settings of signing in by an identity provider: whole or not at all, and never in clear."""

import pytest
from pydantic import ValidationError

from bot.settings import Settings

WHOLE = {
    "oidc_issuer": "https://id.example",
    "oidc_client_id": "bureau",
    "oidc_client_secret": "tres-secret",
}


def test_all_three_go_together_and_none_is_needed() -> None:
    assert Settings().oidc_issuer is None
    assert Settings(**WHOLE).oidc_client_id == "bureau"
    for missing in WHOLE:
        with pytest.raises(ValidationError, match="go together"):
            Settings(**{name: value for name, value in WHOLE.items() if name != missing})


def test_a_provider_is_reached_by_https_unless_it_is_on_this_machine() -> None:
    with pytest.raises(ValidationError, match="https"):
        Settings(**{**WHOLE, "oidc_issuer": "http://id.example"})
    assert Settings(**{**WHOLE, "oidc_issuer": "http://127.0.0.1:4000"}).oidc_issuer


def test_the_secret_is_not_printed() -> None:
    assert "tres-secret" not in repr(Settings(**WHOLE))
