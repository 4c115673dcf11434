"""What the app may do in a workspace, as Slack's scopes; which of them miss is said by name."""

from __future__ import annotations

from typing import Any, Final

SCOPES: Final = tuple(
    "app_mentions:read assistant:write channels:history channels:read chat:write commands groups:history groups:read "
    "im:history im:write mpim:history usergroups:read users:read users:read.email".split()
)
"""The same as in deploy/slack/manifest.yaml; a test holds that."""
_GRANTED: Final = "x-oauth-scopes"


def missing_scopes(response: Any) -> tuple[str, ...]:
    """Those that the token of a call does not have: Slack names with every answer what it does have."""
    headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
    if _GRANTED not in headers:
        return ()
    granted = {each.strip() for each in headers[_GRANTED].split(",")}
    return tuple(scope for scope in SCOPES if scope not in granted)
