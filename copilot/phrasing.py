"""Puts a computed suggestion into better words with a model, and shows nothing that the guard has not passed.

The decision, options, steps, sources and amounts stay exactly as they were computed. A model may write
an opening line of empathy, the paragraphs for the colleague, the cue for the customer, and one question
to ask; sentence by sentence these go out as soon as they are complete and have passed. Whatever fails,
is late, broken or missing is the template's own text, so the answer is always whole.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from copilot import briefing, guard, sentences
from copilot.bounds import Bounds, gather
from copilot.breach import Breach, Reason
from copilot.compose import plain_text
from copilot.dialogue import Form, Message, Piece, Prompt, Use
from copilot.domain import AnswerStatus, KnowledgeEntry, Organisation, Suggestion
from copilot.errors import CopilotError
from copilot.grounding import without_citations
from copilot.messages import model as texts
from copilot.personal_data import OwnNumber
from copilot.privacy import Masker, unmask

PARTS: Final = ("opening", "for_you", "say", "ask_also")
"""What a model writes, in the order in which a colleague reads it."""
TEMPLATE: Final = "template"
_MOST_LETTERS: Final = 4000
"""Of one part: more is no help while a customer waits, and a runaway model must not fill the memory."""


@dataclass(frozen=True, slots=True)
class PhrasedPart:
    """One part of a suggestion as it reads so far; each replaces what was shown of that part before."""

    part: str
    """The field of Suggestion that it is about: `for_you` or `say`."""
    text: str
    """The whole part so far; every sentence in it has passed the guard."""
    done: bool = False


class Phraser(Protocol):
    """Puts a computed suggestion into better words."""

    name: str

    def phrase(
        self, suggestion: Suggestion, organisation: Organisation, entries: Sequence[KnowledgeEntry]
    ) -> AsyncIterator[PhrasedPart | Suggestion]:
        """Parts as they come, then the final suggestion as the last item, whatever went wrong between."""


class LanguageModel(Protocol):
    """Writes an answer in parts."""

    name: str

    def write(self, prompt: Prompt, parts: Sequence[str]) -> AsyncGenerator[Piece | Use, None]:
        """The parts as they come in, and what it cost. Raises ModelError; what came before it counts."""


class Prompts(Protocol):
    """Fills in the prompt files."""

    def render(
        self, name: str, language: str, values: Mapping[str, str], *, form: Form, parts: tuple[str, ...]
    ) -> tuple[Message, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Verantwoording: what became of one request to a model; for the log, the metrics and the ledger."""

    suggestion: str
    model: str
    accepted: tuple[str, ...] = ()
    """The parts that a model wrote and that went out."""
    refused: tuple[Breach, ...] = ()
    use: Use = field(default_factory=Use)
    shortened: bool = False
    """Whether knowledge was left out because it did not fit."""
    fault: CopilotError | None = None


class ModelPhraser:
    """Phrases with a language model, within the guard."""

    def __init__(
        self,
        model: LanguageModel,
        prompts: Prompts,
        *,
        own_numbers: Sequence[OwnNumber] = (),
        most_letters: int = briefing.MOST_LETTERS,
        account: Callable[[Account], None] = lambda account: None,
        token: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> None:
        """`most_letters`: how much knowledge fits; `account` is told what became of every request."""
        self.name = model.name
        self._model = model
        self._prompts = prompts
        self._own_numbers = tuple(own_numbers)
        self._most_letters = most_letters
        self._account = account
        self._token = token

    async def phrase(
        self, suggestion: Suggestion, organisation: Organisation, entries: Sequence[KnowledgeEntry]
    ) -> AsyncIterator[PhrasedPart | Suggestion]:
        """Only an answered question is phrased: where a fact or the knowledge is missing, words add nothing."""
        if suggestion.status is not AnswerStatus.ANSWERED:
            yield suggestion
            return
        request = self._request(suggestion, organisation, entries)
        draft = _Draft(request)
        fault: CopilotError | None = None
        try:
            async with aclosing(self._model.write(request.messages, PARTS)) as pieces:
                async for piece in pieces:
                    for shown in draft.take(piece):
                        yield shown
        except CopilotError as problem:
            fault = problem
        for shown in draft.finish():
            yield shown
        self._account(draft.account(self.name, fault))
        yield draft.suggestion(self.name)

    def show_prompt(
        self, suggestion: Suggestion, organisation: Organisation, entries: Sequence[KnowledgeEntry]
    ) -> tuple[Message, ...]:
        """Exactly what would be sent for this suggestion (`ask --show-prompt`)."""
        form = getattr(self._model, "form", Form.SCHEMA)
        return tuple(self._request(suggestion, organisation, entries).messages(form, 1.0))

    def _request(
        self, suggestion: Suggestion, organisation: Organisation, entries: Sequence[KnowledgeEntry]
    ) -> _Request:
        return _Request(
            suggestion=suggestion,
            organisation=organisation,
            entries=tuple(entries),
            prompts=self._prompts,
            masker=Masker(self._own_numbers),
            mark=self._token(),
            most_letters=self._most_letters,
        )


class _Request:
    """One request: its prompt, its marks, and how to put the customer's data back."""

    def __init__(
        self,
        *,
        suggestion: Suggestion,
        organisation: Organisation,
        entries: tuple[KnowledgeEntry, ...],
        prompts: Prompts,
        masker: Masker,
        mark: str,
        most_letters: int,
    ) -> None:
        self.suggestion = suggestion
        self.organisation = organisation
        self.bounds: Bounds = gather(suggestion, organisation, entries)
        self.secrets = guard.Secrets((mark,))
        self.shortened = False
        self._prompts = prompts
        self._masker = masker
        self._mark = mark
        self._most_letters = most_letters

    def messages(self, form: Form, room: float) -> tuple[Message, ...]:
        brief = briefing.brief(self.suggestion, self.organisation, self.bounds.entries, int(self._most_letters * room))
        self.shortened = brief.shortened
        values = {name: self._masker.mask(text) for name, text in brief.values.items()}
        messages = self._prompts.render(
            "answer", self.bounds.language, {**values, "canary": self._mark}, form=form, parts=PARTS
        )
        system = " ".join(message.content for message in messages if message.role == "system")
        self.secrets = guard.secrets_of(system, (self._mark,), self.bounds)
        return messages

    def restored(self, text: str) -> str:
        return unmask(text, self._masker.restore)


class _Draft:
    """What has come in of each part, what of it may be shown, and what was refused."""

    def __init__(self, request: _Request) -> None:
        self._request = request
        self._raw = dict.fromkeys(PARTS, "")
        self._passed = dict.fromkeys(PARTS, 0)
        self._accepted: dict[str, str] = {}
        self._refused: dict[str, tuple[Breach, ...]] = {}
        self._use = Use()
        self._shown: dict[str, str] = {}

    def take(self, piece: Piece | Use) -> Iterator[PhrasedPart]:
        if isinstance(piece, Use):
            self._use += piece
            return
        part = piece.part
        if part not in self._raw or part in self._refused or part in self._accepted:
            return
        self._raw[part] += piece.text
        if len(self._raw[part]) > _MOST_LETTERS:
            self._refuse(part, (Breach(Reason.SCRIPT, self._raw[part][:40], part),))
        elif piece.done:
            self._close(part)
        else:
            self._pass_sentences(part)
        yield from self._changes()

    def finish(self) -> Iterator[PhrasedPart]:
        """Whatever was shown of a part that never came to its end gives way to the template."""
        for part in PARTS:
            if part not in self._accepted and part not in self._refused:
                self._passed[part] = 0
                self._raw[part] = ""
        yield from self._changes(done=True)

    def account(self, model: str, fault: CopilotError | None) -> Account:
        return Account(
            suggestion=self._request.suggestion.id,
            model=model,
            accepted=tuple(part for part in PARTS if self._accepted.get(part)),
            refused=tuple(breach for part in PARTS for breach in self._refused.get(part, ())),
            use=self._use,
            shortened=self._request.shortened,
            fault=fault,
        )

    def suggestion(self, model: str) -> Suggestion:
        """The computed suggestion with the words that passed; untouched when none did."""
        computed = self._request.suggestion
        if not any(self._accepted.values()):
            return computed
        worded = replace(
            computed,
            for_you=tuple(self._for_you(final=True)),
            say=self._accepted.get("say") or computed.say,
            composed_by=model,
        )
        return replace(worded, text=plain_text(worded, self._request.organisation))

    def _pass_sentences(self, part: str) -> None:
        """Moves on past the sentences that are complete and pass; one that fails ends the part."""
        raw = self._raw[part]
        end = sentences.complete(raw)
        if end <= self._passed[part]:
            return
        found = self._check(part, raw[self._passed[part] : end], whole=False)
        if not found:
            self._passed[part] = end
        elif any(breach.reason is not Reason.DEFLECTION for breach in found):
            # What sounds like sending away may turn out warm in the next sentence: that alone waits.
            self._refuse(part, found)

    def _close(self, part: str) -> None:
        text = self._raw[part].strip()
        if not text:
            self._accepted[part] = ""
        elif found := self._check(part, text, whole=True):
            self._refuse(part, found)
        elif self._readable(text) in self._accepted.values():
            self._refuse(part, (Breach(Reason.REPEATED, text[:40], part),))
        else:
            self._accepted[part] = self._readable(text)

    def _check(self, part: str, text: str, *, whole: bool) -> tuple[Breach, ...]:
        request = self._request
        return guard.check(part, request.restored(text), request.bounds, request.secrets, whole=whole)

    def _refuse(self, part: str, found: tuple[Breach, ...]) -> None:
        self._refused[part] = found
        self._raw[part] = ""
        self._passed[part] = 0

    def _readable(self, text: str) -> str:
        return without_citations(self._request.restored(text))

    def _so_far(self, part: str) -> str:
        if part in self._accepted:
            return self._accepted[part]
        return self._readable(self._raw[part][: self._passed[part]])

    def _for_you(self, *, final: bool) -> Iterator[str]:
        """Opening, paragraphs, and the question to ask; the template's paragraphs where the model's failed."""
        if opening := self._so_far("opening"):
            yield opening
        own = self._so_far("for_you")
        if own:
            yield from (paragraph.strip() for paragraph in own.split("\n\n") if paragraph.strip())
        elif final or "for_you" in self._refused:
            yield from self._request.suggestion.for_you
        if question := self._so_far("ask_also"):
            yield texts.ASK_ALSO(self._request.bounds.language, question=question)

    def _changes(self, *, done: bool = False) -> Iterator[PhrasedPart]:
        texts_now = {
            "for_you": "\n\n".join(self._for_you(final=done)),
            "say": self._so_far("say") or (self._request.suggestion.say or "" if done or "say" in self._shown else ""),
        }
        computed = {"for_you": "\n\n".join(self._request.suggestion.for_you), "say": self._request.suggestion.say or ""}
        for part, text in texts_now.items():
            if part not in self._shown and text == computed[part]:
                continue  # it stands on the card already
            if (text and text != self._shown.get(part)) or (done and part in self._shown):
                self._shown[part] = text
                yield PhrasedPart(part, text, done)
