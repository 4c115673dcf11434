"""Fits the weights of `copilot.knowing`, and shows how they hold on packs that they were not fitted on.

Run: .venv/bin/python -m tests.bench.fit_knowing [words]. With `words`, for finding without an embedder.

What it is fitted on: the packs of three other trades (tests/knowing), and the open halves of the cases of both
packs, each as a whole and in parts (fewer entries to find among). "Gone" are the same questions with their entry
and all that is linked to it taken out. The locked halves take no part.

Logistic regression with a little ridge; the packs weigh alike, and so do what must be answered and what must not.
The weights are the mean of two fits. One is over all packs; it takes their habits (long questions over many
entries here, short ones over few there) for a law of length and size. The other allows each pack an offset of its
own and leaves length and size out; it is too hard on small packs with short questions. The offset is then moved to
where `WRONGLY_REFUSED` of what both packs can answer is refused.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log, log1p
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from copilot import app, casefile, knowing, retrieve
from copilot import evidence as gathering
from copilot.domain import AnswerStatus, Status
from copilot.embedders import Remembering, WordsAlone
from copilot.indexes import SearchIndex
from copilot.knowing import Calibration, Evidence
from copilot.packs import Searchable
from copilot.retrieve import Query
from copilot.vector_cache import VectorCache
from tests.bench.bench_search import Asked, Source
from tests.bench.search_sets import TODAY, WORK
from tests.knowing_world import TRADES, trade

ROOT = Path(__file__).parents[2]
PACKS: Mapping[str, tuple[Path, Sequence[Path]]] = {
    "duinrand": (ROOT / "tests/packs/duinrand", [ROOT / "tests/cases/duinrand-open.yaml"]),
    "hele-klant": (
        ROOT / "knowledge/hele-klant",
        [ROOT / "tests/cases/hele-klant-open.yaml", *sorted((ROOT / "knowledge/hele-klant/cases").glob("*.yaml"))],
    ),
}
PARTS = {"duinrand": (0.5, 0.5), "hele-klant": (0.25, 0.25, 0.5)}
WRONGLY_REFUSED = {True: 0.022, False: 0.07}
"""With meaning, and by words alone: those tell so little that an honest refusal costs more."""
SHARES = {"asked": 1.7, "gone": 0.6, "missing": 0.8, "off": 0.3}
OF_HABIT = ("words", "entries")
NAMES = ("score", "lead", "unsaid", "words", "entries")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Asking:
    """A question in a world, where something may be gone."""

    text: str
    kind: str
    """`asked`, `gone`, `missing` or `off`."""
    right: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    on: date = TODAY


@dataclass(frozen=True)
class Seen:
    """A question with the evidence that finding brought."""

    world: str
    kind: str
    right: bool
    evidence: Evidence | None


def of_trade(name: str) -> tuple[Sequence[Searchable], list[Asking]]:
    told = trade(name)
    pairs = [(text, frozenset({entry})) for entry, texts in told.asked.items() for text in texts]
    return told.items, [
        *(Asking(text, "asked", right) for text, right in pairs),
        *(Asking(text, "gone", gone=right) for text, right in pairs),
        *(Asking(text, "missing") for text in told.missing),
        *(Asking(text, "off") for text in told.off_topic),
    ]


def of_pack(name: str) -> tuple[Sequence[Searchable], list[Asking]]:
    path, files = PACKS[name]
    store, _ = app.throw_away(path)
    with store:
        organisation, entries = store.organisation(), list(store.entries())
        items = [item for batch in store.searchable() for item in batch if item.status is Status.PUBLISHED]
    askings = []
    for case in (case for file in files for case in casefile.read_cases(file)[0] if not case.then):
        right, roles = frozenset(case.expect.sources or ()), organisation.covered_by([case.role])
        shown: dict[str, Any] = {"roles": roles, "on": case.on or TODAY}
        if right:
            wanted = [entry for entry in entries if entry.id in right]
            linked = {each.id for each in entries if any(retrieve.are_linked(each, one) for one in wanted)}
            askings.append(Asking(case.ask, "asked", right, **shown))
            askings.append(Asking(case.ask, "gone", gone=right | linked, **shown))
        elif case.expect.status is AnswerStatus.NO_KNOWLEDGE:
            askings.append(Asking(case.ask, "off" if "off-topic" in case.tags else "missing", **shown))
    return items, askings


def worlds() -> Iterator[tuple[str, Sequence[Searchable], list[Asking]]]:
    for name in TRADES:
        yield name, *of_trade(name)
    chance = random.Random(5)
    for name, parts in PARTS.items():
        items, askings = of_pack(name)
        yield name, items, askings
        for number, part in enumerate(parts):
            kept = {item.id for item in items if chance.random() < part}
            asked = [each for each in askings if each.kind != "asked" or each.right <= kept]
            yield f"{name}/{number}", [item for item in items if item.id in kept], asked


def seen(remembering: Remembering, by: Calibration) -> Iterator[Seen]:
    for world, items, askings in worlds():
        made: dict[frozenset[str], SearchIndex] = {}
        for each in askings:
            gone = each.gone & {item.id for item in items}
            if gone not in made:
                made[gone] = SearchIndex(remembering)
                made[gone].refresh(Source([item for item in items if item.id not in gone]))
            index = made[gone]
            findings = index.find(Query(text=each.text, covered_roles=each.roles, on=each.on))
            evidence = findings.evidence
            if evidence is not None:
                allowed = gathering.Allowed(each.roles, each.on)
                looked = replace(by, unsaid=-1e9, offset=1e6)  # so that everything is worth a look
                evidence = gathering.looked_at(
                    evidence, findings.hits, index.engine, allowed, looked, index._meaning_of
                )
            yield Seen(world, each.kind, bool(findings.hits) and findings.hits[0].entry in each.right, evidence)


def features(evidence: Evidence | None) -> list[float]:
    if evidence is None:
        return [0.0] * len(NAMES)
    foreign = 1.0 if evidence.foreign is None else evidence.foreign
    return [
        evidence.score,
        evidence.lead,
        evidence.unsaid * foreign,
        log1p(len(evidence.words)),
        log(max(evidence.entries, 1)),
    ]


def fitted(rows: Floats, right: Floats, weights: Floats, ridge: float = 1.0) -> Floats:
    """Logistic regression by iterated least squares, on columns of like spread; the offset last."""
    middle, spread = rows.mean(0), rows.std(0).clip(1e-9)
    columns = np.column_stack([(rows - middle) / spread, np.ones(len(rows))])
    found, damping = np.zeros(columns.shape[1]), np.diag([*[ridge] * rows.shape[1], 0.0])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-(columns @ found)))
        slope = columns.T @ (weights * (right - chances)) - damping @ found
        bend = (columns * (weights * chances * (1 - chances))[:, None]).T @ columns + damping
        found += np.linalg.solve(bend, slope)
    by_column = found[:-1] / spread
    return np.append(by_column, found[-1] - by_column @ middle)


class Fit:
    """All questions, ready to fit on some and to try on others."""

    def __init__(self, all_seen: Sequence[Seen]) -> None:
        self.worlds = np.array([each.world for each in all_seen])
        self.packs = np.array([each.world.partition("/")[0] for each in all_seen])
        self.kinds = np.array([each.kind for each in all_seen])
        self.best_is_right = np.array([each.right for each in all_seen])
        self.rows = np.array([features(each.evidence) for each in all_seen])
        self.weights = np.zeros(len(all_seen))
        for world in dict.fromkeys(self.worlds):
            for kind, share in SHARES.items():
                here = (self.worlds == world) & (self.kinds == kind)
                if here.any():
                    self.weights[here] = share * (0.5 if "/" in world else 1.5 if world in PACKS else 1.0) / here.sum()
        self.weights *= 100

    def on(self, chosen: NDArray[np.bool_]) -> Floats:
        """Fitted on the chosen; what was found wrongly is neither right nor wrong to refuse."""
        used = chosen & ~((self.kinds == "asked") & ~self.best_is_right)
        within = [place for place, name in enumerate(NAMES) if name not in OF_HABIT]
        packs = list(dict.fromkeys(self.packs[used]))
        own = np.column_stack([self.packs[used] == pack for pack in packs[1:]]).astype(float)
        return (self._fit(used, range(len(NAMES)), own[:, :0]) + self._fit(used, within, own)) / 2

    def _fit(self, used: NDArray[np.bool_], columns: Sequence[int], more: Floats) -> Floats:
        rows = np.column_stack([self.rows[used][:, columns], more])
        part = fitted(rows, (self.kinds[used] == "asked").astype(float), self.weights[used])
        whole = np.zeros(len(NAMES) + 1)
        whole[[*columns, -1]] = part[[*range(len(columns)), -1]]
        return whole

    def sure(self, found: Floats) -> Floats:
        sure: Floats = self.rows @ found[:-1] + found[-1]
        return sure

    def moved(self, sure: Floats, refused: float) -> float:
        """How far down the offset goes, so that a share `refused` of both packs' questions is refused."""
        own = [np.sort(sure[(self.worlds == name) & (self.kinds == "asked")]) for name in PACKS]
        tried = np.unique(np.concatenate(own))
        shares = np.mean([np.searchsorted(each, tried) / len(each) for each in own], axis=0)
        return float(tried[shares <= refused][-1]) - 1e-3

    def tell(self, sure: Floats) -> None:
        for world in dict.fromkeys(self.worlds):
            told = []
            for kind in SHARES:
                here = (self.worlds == world) & (self.kinds == kind)
                if here.any():
                    told.append(f"{kind} {np.mean(sure[here] < 0):.3f} of {here.sum()}")
            print(f"{world:15}", " ".join(f"{each:22}" for each in told))


def main() -> None:
    with_meaning = "words" not in sys.argv[1:]
    remembering = Remembering(Asked(), VectorCache(WORK)) if with_meaning else Remembering(WordsAlone())
    by = knowing.BY_MEANING if with_meaning else knowing.BY_WORDS
    fit = Fit(list(seen(remembering, by)))
    print("refused, each pack by the weights of the others")
    sure = np.zeros(len(fit.packs))
    for pack in dict.fromkeys(fit.packs):
        here = fit.packs == pack
        sure[here] = fit.sure(fit.on(~here))[here]
    fit.tell(sure - fit.moved(sure, WRONGLY_REFUSED[with_meaning]))
    print("refused, by the weights in use")
    fit.tell(fit.sure(np.array([*(getattr(by, name) for name in NAMES), by.offset])))
    found = fit.on(np.ones(len(fit.packs), np.bool_))
    found[-1] -= fit.moved(fit.sure(found), WRONGLY_REFUSED[with_meaning])
    print("refused, by the weights fitted on all")
    fit.tell(fit.sure(found))
    print(", ".join(f"{name}={value:.2f}" for name, value in zip((*NAMES, "offset"), found, strict=True)))


if __name__ == "__main__":
    main()
