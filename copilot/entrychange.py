"""An existing entry in a form, and what was changed there back into its own text. Text in, text out.

Nothing is written anew: a field that was not changed keeps every byte, and so does all that a form cannot show
(the fifth rule, words of a choice, comments). What would not be read back the same is not offered as a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from copilot import mandatechange
from copilot.entryfields import Shown, Written, in_lines, lines_of
from copilot.entrypage import Page, with_ends_of
from copilot.fields import DUTCH
from copilot.messages import Text
from copilot.messages import curation as texts
from copilot.yamltext import composed
from copilot.yamlwriting import scalar

LONGEST: Final = 3000
"""Characters that a field of Slack's takes (docs.slack.dev, plain-text input); what is longer is not in the form."""

_TEXTS: Final = ("title", "department", "valid_until", "source")
_LISTS: Final = ("audience", "questions")
_SOLUTIONS: Final = frozenset({"solution", "oplossing"})
_ENGLISH: Final = {dutch: english for english, dutch in DUTCH.items()}
_UNSAID: Final = frozenset({"id", "kind"})
"""Keys that nobody changes, so that nobody needs to hear that they stay."""


def shown(text: str, language: str = "nl", longest: int = LONGEST) -> Shown:
    """The fields of a form for an entry that can be read; those longer than `longest` are left out.

    In Dutch, types of facts and yes and no are Dutch in the fields, whatever the author wrote.
    """
    page = Page.of(text)
    found = {name: value for name, value in _fields(page, language) if value is not None and _length(value) <= longest}
    fields = mandatechange.whole_rules(found)
    return Shown(fields, tuple(dict.fromkeys(_kept(page, fields))), tuple(_attached(page)))


def changed(text: str, given: Mapping[str, str], language: str = "nl", longest: int = LONGEST) -> Written:
    """The text with what differs from what was shown in this language; a field that was not given stays as it is."""
    before = shown(text, language, longest).fields
    wanted = {name: _typed(given[name]) for name in before if name in given}
    new = {name: value for name, value in wanted.items() if value != composed(before[name]).strip()}
    page, wrong = Page.of(text), dict[str, Text]()
    for name, value in new.items():
        page = _with_field(page, name, value, wrong)
    page = mandatechange.with_rules(page, new, {**before, **wanted}, wrong, before)
    return Written(wrong=wrong) if wrong else Written(with_ends_of(text, page.text))


def english(field: str) -> str:
    """The dotted place of a field with its keys in English, whatever the author writes: `regels[1].mag`."""
    return re.sub(r"[^.\[\]]+", lambda key: _ENGLISH.get(key[0], key[0]), field)


def _length(value: str) -> int:
    """As a browser counts: a sign beyond the usual 65,536, such as most emoji, is two."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def _typed(value: str) -> str:
    return composed(value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _fields(page: Page, language: str) -> Iterator[tuple[str, str | None]]:
    for name in _TEXTS:
        yield name, _text(page, name)
    for name in _LISTS:
        values = page.values(name)
        yield name, None if values is None or not page.may_list(name) else in_lines(values)
    yield "body", page.body
    if page.value("kind") in _SOLUTIONS:
        yield "say", _text(page, "say")
        yield "steps", _steps(page)
    yield from mandatechange.fields(page, language)


def _text(page: Page, name: str) -> str | None:
    spot = page.at([name])
    if spot is None or (spot.free and spot.text is not None):
        return page.value(name) or ""
    return None


def _steps(page: Page) -> str | None:
    count = len(page.items("steps"))
    steps = [page.value("steps", at, "do") for at in range(count)]
    free = all((spot := page.at(["steps", at, "do"])) and spot.free for at in range(count))
    return in_lines([each or "" for each in steps]) if count and free and page.may_list("steps") else None


def _kept(page: Page, fields: Mapping[str, str]) -> Iterator[str]:
    """What stands in the entry and not in the form."""
    for key, _ in page.root.pairs or ():
        name = _ENGLISH.get((key.text or "").strip(), (key.text or "").strip())
        if name not in fields and name not in _UNSAID and name != "rules":
            yield name
    if "body" not in fields:
        yield "body"
    yield from mandatechange.kept(page, fields)


def _attached(page: Page) -> Iterator[str]:
    for at in range(len(page.items("steps"))):
        for name in (("mandate",), ("handover", "to")):
            if value := page.value("steps", at, *name):
                yield f"{at + 1} ({value})"


def _with_field(page: Page, name: str, value: str, wrong: dict[str, Text]) -> Page:
    if name == "body":
        return page.with_body(value)
    if name in _LISTS:
        return page.with_list([name], lines_of(value), inline=name == "audience")
    if name == "steps":
        return _with_steps(page, lines_of(value), wrong)
    if name == "facts":
        return mandatechange.with_facts(page, value, wrong)
    return page if name.startswith("rule") else page.with_text([name], value)


def _with_steps(page: Page, steps: list[str], wrong: dict[str, Text]) -> Page:
    if not steps:
        wrong["steps"] = texts.NEEDS_STEP
        return page
    old = [page.value("steps", at, "do") or "" for at in range(len(page.items("steps")))]
    key = page.spelled("do")
    return page.with_items(["steps"], old, steps, ["do"], lambda step: f"- {key}: {scalar(step)}")
