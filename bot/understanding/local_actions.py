"""Runs rasa_sdk actions in this process: no action server, no port, no JSON over HTTP.

Rasa calls an action through an `EndpointConfig`; this one calls the executor that the action server
would have called.
"""

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection


class LocalActions(EndpointConfig):
    """The `actions` package as an action endpoint."""

    def __init__(self, package: str = "actions") -> None:
        super().__init__(url="local:")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, *_: Any, json: dict[str, Any] | None = None, **__: Any) -> Any:
        try:
            return await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            raise _rejected(rejection) from rejection


def _rejected(rejection: ActionExecutionRejection) -> ClientResponseError:
    body = {"action_name": rejection.action_name, "error": rejection.message}
    return ClientResponseError(400, rejection.message, json.dumps(body))
