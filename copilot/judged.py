"""What a judging model said of a run, counted: its spread, its price, and its agreement with people."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean
from typing import Any, Final

from copilot import chance
from copilot.dialogue import Use
from copilot.judge import Judge, Labelled, Opinion, Subject
from copilot.messages import judge as texts
from copilot.notation import number, part
from copilot.tally import Rate

AT_ONCE: Final = 4
"""Answers that are judged side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The opinions of one model on one run. Shown, and never a reason to pass or fail."""

    model: str
    opinions: Mapping[str, Opinion]
    """By the id of the case."""
    people: tuple[tuple[Labelled, Opinion], ...]
    """Its opinions on answers that people labelled."""

    @property
    def good(self) -> Rate:
        """Answers that most rounds call good, of those that could be judged."""
        judged = [each.good for each in self.opinions.values() if each.good is not None]
        return Rate(sum(judged), len(judged))

    @property
    def rounds(self) -> tuple[float, ...]:
        """The share that each round calls good: how far apart these lie is the spread."""
        judged = [each.verdicts for each in self.opinions.values() if each.good is not None]
        return tuple(fmean(verdicts) for verdicts in zip(*judged, strict=True))

    @property
    def divided(self) -> int:
        """Answers on which it contradicts itself."""
        return sum(each.divided for each in self.opinions.values() if each.good is not None)

    @property
    def unjudged(self) -> tuple[Opinion, ...]:
        return tuple(each for each in self.opinions.values() if each.good is None)

    @property
    def agreement(self) -> Rate:
        """How often it says what people said."""
        pairs = self._pairs
        return Rate(sum(person == model for person, model in pairs), len(pairs))

    @property
    def kappa(self) -> float | None:
        """Agreement beyond chance: 1 = always, 0 = as good as guessing; None where that cannot be said."""
        return chance.kappa(self._pairs)

    @property
    def tells_more_than_guessing(self) -> bool:
        """Whether even the low end of its agreement lies above always saying what people say most."""
        good = sum(person for person, _ in self._pairs)
        return bool(self._pairs) and self.agreement.interval[0] > max(good, len(self._pairs) - good) / len(self._pairs)

    @property
    def everything(self) -> tuple[Opinion, ...]:
        """All opinions in the order in which they were asked for."""
        return *(each for _, each in self.people), *self.opinions.values()

    @property
    def use(self) -> Use:
        return sum((each.use for each in self.everything), Use())

    @property
    def _pairs(self) -> list[tuple[bool, bool]]:
        return [(label.good, each.good) for label, each in self.people if each.good is not None]


async def judge_all(
    judge: Judge,
    subjects: Mapping[str, Subject],
    people: Sequence[Labelled],
    *,
    advance: Callable[[int, int], None] = lambda done, total: None,
) -> Judged:
    """The opinions on all subjects (by the id of their case) and on the answers that people labelled."""
    gate, done, total = asyncio.Semaphore(AT_ONCE), 0, len(subjects) + len(people)

    async def opinion(subject: Subject) -> Opinion:
        nonlocal done
        async with gate:
            found = await judge.opinion(subject)
        done += 1
        advance(done, total)
        return found

    everything = [*(label.subject for label in people), *subjects.values()]
    opinions = await asyncio.gather(*map(opinion, everything))
    return Judged(
        model=judge.name,
        opinions=dict(zip(subjects, opinions[len(people) :], strict=True)),
        people=tuple(zip(people, opinions[: len(people)], strict=True)),
    )


def lines(judged: Judged, language: str) -> tuple[str, ...]:
    """What there is to say of it to people, a line each."""
    return tuple(_lines(judged, language))


def _lines(judged: Judged, language: str) -> Iterator[str]:
    yield texts.LINE_HEADING(language, model=judged.model)
    if judged.good.of:
        yield texts.LINE_GOOD(language, good=judged.good.right, **_said(judged.good, language))
        rounds = " · ".join(part(share, language) for share in judged.rounds)
        yield texts.LINE_SPREAD(language, rounds=rounds, divided=judged.divided, of=judged.good.of)
    if judged.unjudged:
        fault = next(each.fault for each in judged.everything if each.fault)
        of = {"count": len(judged.unjudged), "of": len(judged.opinions)}
        yield texts.LINE_UNJUDGED(language, fault=fault.text(language), **of)
    yield from _agreement(judged, language)
    if judged.use.calls:
        tokens = judged.use.input_tokens + judged.use.output_tokens
        cost = number(judged.use.cost, language, 4)
        yield texts.LINE_SPENT(language, calls=judged.use.calls, tokens=tokens, cost=cost)


def _agreement(judged: Judged, language: str) -> Iterator[str]:
    agreement = judged.agreement
    if not agreement.of:
        yield texts.LINE_PEOPLE_NONE(language)
        return
    kappa = texts.KAPPA_NONE(language) if judged.kappa is None else number(Decimal(f"{judged.kappa:.2f}"), language, 2)
    yield texts.LINE_PEOPLE(language, same=agreement.right, kappa=kappa, **_said(agreement, language))
    if agreement.of < len(judged.people):
        yield texts.LINE_PEOPLE_UNJUDGED(language, count=len(judged.people) - agreement.of, of=len(judged.people))
    if not judged.tells_more_than_guessing:
        yield texts.LINE_GUESSING(language)


def _said(rate: Rate, language: str) -> dict[str, object]:
    low, high = (part(end, language) for end in rate.interval)
    return {"of": rate.of, "share": part(rate.share, language), "low": low, "high": high}


def as_json(judged: Judged, language: str) -> dict[str, Any]:
    """As it stands in `results.json` under `judge`."""
    return {
        "model": judged.model,
        "good": _rate(judged.good),
        "rounds": list(judged.rounds),
        "divided": judged.divided,
        "unjudged": len(judged.unjudged),
        "people": {
            **_rate(judged.agreement),
            "kappa": judged.kappa,
            "unjudged": len(judged.people) - judged.agreement.of,
            "tells_more_than_guessing": judged.tells_more_than_guessing,
        },
        "spent": {
            "calls": judged.use.calls,
            "input_tokens": judged.use.input_tokens,
            "output_tokens": judged.use.output_tokens,
            "cost": float(judged.use.cost),
            "estimated": judged.use.estimated,
        },
        "cases": {id: _opinion(each, language) for id, each in judged.opinions.items()},
    }


def _rate(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {"right": rate.right, "of": rate.of, "share": rate.share, "low": low, "high": high}


def _opinion(opinion: Opinion, language: str) -> dict[str, Any]:
    return {
        "good": opinion.good,
        "verdicts": list(opinion.verdicts),
        "reasons": list(opinion.reasons),
        "fault": opinion.fault.text(language) if opinion.fault else None,
    }
