"""Lines of JSON that somebody else's program wrote: read one by one, so that a bad one does not stop the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from copilot.errors import UsageError
from copilot.messages import program
from copilot.spelling import nearest

Keys = Mapping[str, type]
"""What a line may hold, with the type of each; `object` = a reference of theirs, of any type."""

_FORMS: Final[Mapping[type, str]] = {str: '"{key}": "…"', dict: '"{key}": {{"bedrag": "40"}}'}
"""How a key's value is written, as an example."""


def read_line(line: str, place: int, keys: Keys) -> dict[str, Any]:
    """The keys of ours in one line. Keys of others (such as `expect`) are left alone, slips of ours are not.

    Raises UsageError, naming the line by `place`, for what is no JSON object and for a value of another type.
    """
    try:
        given = json.loads(line)
        if not isinstance(given, dict):
            raise ValueError(type(given).__name__)
    except (ValueError, RecursionError) as fault:
        raise UsageError(program.BATCH_NOT_JSON, line=place, fault=fault) from None
    for key, problem in _problems(given, keys):
        expected = _FORMS.get(keys.get(key, str), _FORMS[str]).format(key=key)
        raise UsageError(problem, line=place, key=key, expected=expected, known=", ".join(keys))
    return {key: value for key, value in given.items() if key in keys and value is not None}


def _problems(given: Mapping[str, Any], keys: Keys) -> Iterator[tuple[str, Any]]:
    for key, value in given.items():
        if key not in keys:
            if nearest(key, keys):
                yield key, program.BATCH_UNKNOWN_KEY
        elif value is not None and not isinstance(value, keys[key]):
            yield key, program.BATCH_WRONG_TYPE
