"""A language model gives its opinion on answers, several times each; beside it, how often it agrees with people.

Outside every gate: models contradict themselves and each other (reference on quality, 2.1), so an opinion is shown
with its spread and never decides whether a run is good. Decisions are none of its business: those are worked out.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Final

from copilot.dialogue import Form, Message, Piece, Use
from copilot.errors import CopilotError, ModelError
from copilot.messages import judge as texts
from copilot.personal_data import OwnNumber
from copilot.phrasing import LanguageModel, Prompts
from copilot.privacy import Masker

PARTS: Final = ("reason", "verdict")
"""The reason first: small models judge better after they have said why."""
ROUNDS: Final = 3
MOST_LETTERS: Final = 6000
"""Of the knowledge that goes along."""
_GOOD: Final = frozenset({"goed", "good"})
_WRONG: Final = frozenset({"fout", "wrong"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is judged: an answer to a question, with the knowledge that it rests on."""

    question: str
    answer: str
    knowledge: str
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer of which a person said whether it is good."""

    subject: Subject
    good: bool
    trade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What a model thinks of one answer, round by round."""

    verdicts: tuple[bool, ...] = ()
    reasons: tuple[str, ...] = ()
    fault: CopilotError | None = None
    """Why there are fewer verdicts than rounds."""
    use: Use = field(default_factory=Use)

    @property
    def good(self) -> bool | None:
        """What most rounds say; None = not judged, since a round failed."""
        return None if self.fault else sum(self.verdicts) * 2 > len(self.verdicts)

    @property
    def divided(self) -> bool:
        """Whether it contradicts itself."""
        return len(set(self.verdicts)) > 1


class Judge:
    """Asks a model whether answers are good."""

    def __init__(
        self,
        model: LanguageModel,
        prompts: Prompts,
        *,
        own_numbers: Sequence[OwnNumber] = (),
        mark: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        self.name = model.name
        self._model = model
        self._prompts = prompts
        self._own_numbers = tuple(own_numbers)
        self._mark = mark

    async def opinion(self, subject: Subject, rounds: int = ROUNDS) -> Opinion:
        """Its opinion in so many rounds; where one fails the answer stays unjudged and no more is asked."""
        verdicts: list[bool] = []
        reasons: list[str] = []
        use = Use()
        for _ in range(rounds):
            said: dict[str, str] = dict.fromkeys(PARTS, "")
            try:
                async with aclosing(self._model.write(self._prompt(subject), PARTS)) as pieces:
                    async for piece in pieces:
                        if isinstance(piece, Piece):
                            said[piece.part] += piece.text
                        else:
                            use += piece
                verdicts.append(self._verdict(said["verdict"]))
            except CopilotError as fault:
                return Opinion(verdicts=tuple(verdicts), reasons=tuple(reasons), fault=fault, use=use)
            reasons.append(" ".join(said["reason"].split()))
        return Opinion(verdicts=tuple(verdicts), reasons=tuple(reasons), use=use)

    def _prompt(self, subject: Subject) -> Callable[[Form, float], Sequence[Message]]:
        masker, mark = Masker(self._own_numbers), self._mark()
        question, answer = masker.mask(subject.question), masker.mask(subject.answer)
        knowledge = masker.mask(subject.knowledge[:MOST_LETTERS])

        def prompt(form: Form, room: float) -> Sequence[Message]:
            fits = knowledge[: int(len(knowledge) * room)]
            values = {"question": question, "answer": answer, "knowledge": fits, "canary": mark}
            return self._prompts.render("judge", subject.language, values, form=form, parts=PARTS)

        return prompt

    def _verdict(self, said: str) -> bool:
        word = said.strip(" \n.!\"'*").casefold()
        if word not in _GOOD | _WRONG:
            raise ModelError(texts.UNCLEAR, model=self.name, said=said.strip()[:60])
        return word in _GOOD


@lru_cache(maxsize=1)
def labelled() -> tuple[Labelled, ...]:
    """Dutch answers over many trades, written and labelled by hand by the makers of this program."""
    lines = resources.files("copilot").joinpath("judge_labels.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_labelled(json.loads(line)) for line in lines)


def _labelled(row: dict[str, str | bool]) -> Labelled:
    subject = Subject(question=str(row["ask"]), answer=str(row["answer"]), knowledge=str(row["knowledge"]))
    return Labelled(subject, bool(row["good"]), str(row["trade"]))
