"""A Suggestion, an Organisation and all they hold as JSON and back, without loss: a card can be shown again later.

A key that a newer program wrote is passed over, and one that an older program did not know gets its
default, so that both can read each other's rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_DECIMAL: Final = "decimal"
"""A fact is an amount, a yes or a word: an amount is written `{"decimal": "40.00"}` to tell it from a word."""


def dump(value: Any) -> str:
    """The value as JSON in plain ASCII (odd characters escaped, so that any database takes it)."""
    return json.dumps(_plain(value), separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """The value that `dump` wrote. `kind` is a dataclass or a parametrised tuple or mapping."""
    value: T = _value(kind, json.loads(text))
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value


def _value(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if data is None:
        return None
    if origin in (Union, UnionType):
        return _one_of([each for each in get_args(kind) if each is not NoneType], data)
    if origin is tuple:
        return tuple(_value(get_args(kind)[0], each) for each in data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {name: _value(get_args(kind)[1], each) for name, each in data.items()}
    if is_dataclass(kind):
        return _dataclass(kind, data)
    return _scalar(kind, data)


def _one_of(kinds: list[Any], data: Any) -> Any:
    """A union says by itself what it holds: one kind, or the kinds of a fact, which JSON tells apart."""
    if len(kinds) == 1:
        return _value(kinds[0], data)
    if isinstance(data, dict) and _DECIMAL not in data:
        return _dataclass(next(kind for kind in kinds if is_dataclass(kind)), data)
    return _scalar(Decimal if isinstance(data, dict) else object, data)


def _scalar(kind: Any, data: Any) -> Any:
    if kind is Decimal:
        return Decimal(data[_DECIMAL])
    if kind in (date, datetime):
        return kind.fromisoformat(data)
    return kind(data) if isinstance(kind, type) and issubclass(kind, Enum) else data


def _dataclass(kind: Any, data: Mapping[str, Any]) -> Any:
    return kind(**{name: _value(hint, data[name]) for name, hint in _hints(kind).items() if name in data})


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind) if each.init}
