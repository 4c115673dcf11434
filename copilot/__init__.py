"""Hele Klant: what may I, how do I solve it, where is it written.

For people who build on it: `build()` gives an `Assistant`; `await assistant.suggest(Question(...))` gives a
`Suggestion`, `assistant.stream(...)` the verdict first and the prose as it comes. For a LangChain chain
`as_retriever(assistant.finder, assistant.library, roles=[...])` and `as_runnable(...)` are the same core.
Nothing is loaded before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copilot.app import build
    from copilot.assist import Assistant
    from copilot.domain import Question, Suggestion
    from copilot.langchain_bridge import as_retriever, as_runnable

__all__ = ["Assistant", "Question", "Suggestion", "as_retriever", "as_runnable", "build"]

_HOMES = {
    "build": "copilot.app",
    "Assistant": "copilot.assist",
    "Question": "copilot.domain",
    "Suggestion": "copilot.domain",
    "as_retriever": "copilot.langchain_bridge",
    "as_runnable": "copilot.langchain_bridge",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
