"""The ways in and out: one room each. Shapes of a chat service's payloads stay inside its own room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CHANNELS: Final[Mapping[str, str]] = {"slack": "copilot.channels.slack_service:open_slack"}
"""Each channel that `serve` can run, and what opens it; loaded on first use."""
