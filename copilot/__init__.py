"""Hele Klant: what may I, how do I solve it, where is it written.

For people who build on it: `build()` gives an `Assistant`; `await assistant.suggest(Question(...))` gives a
`Suggestion`, `assistant.stream(...)` the verdict first and the prose as it comes; `retriever()` and `runnable()`
are the same core for a LangChain chain. Nothing is loaded before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copilot.app import build
    from copilot.assist import Assistant
    from copilot.domain import Question, Suggestion
    from copilot.langchain_bridge import retriever, runnable

__all__ = ["Assistant", "Question", "Suggestion", "build", "retriever", "runnable"]

_HOMES = {
    "build": "copilot.app",
    "Assistant": "copilot.assist",
    "Question": "copilot.domain",
    "Suggestion": "copilot.domain",
    "retriever": "copilot.langchain_bridge",
    "runnable": "copilot.langchain_bridge",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
