"""The chat page: pick a role, ask, tap the missing fact, see the card, unfold a source, give a thumb."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit
from uuid import uuid4

from fastapi import FastAPI, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from copilot import mandate_sheet
from copilot.asking import lowest_role
from copilot.assist import Assistant
from copilot.compose import option_lines, options_heading, role_title, source_note, step_note
from copilot.domain import (
    NONE_OF_THESE,
    AnswerStatus,
    Between,
    Feedback,
    KnowledgeEntry,
    Mandate,
    Organisation,
    Outcome,
    Question,
    ReadFact,
    Suggestion,
)
from copilot.errors import CopilotError
from copilot.factvalues import label, write_value
from copilot.language import language_of
from copilot.messages import answer, page
from copilot.web import api

HERE: Final = Path(__file__).parent
CHANNEL: Final = "web"
POLICY: Final = (
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
TONES: Final[Mapping[Outcome | None, str]] = {
    Outcome.ALLOWED: "allowed",
    Outcome.APPROVAL: "approval",
    Outcome.DENIED: "denied",
}


class Desk(Protocol):
    """What the page needs beside the assistant: the ledger and the knowledge as the database has them."""

    def organisation(self) -> Organisation: ...

    def entries(self) -> Sequence[KnowledgeEntry]: ...

    def suggestion(self, id: str) -> Suggestion | None: ...

    def add_feedback(self, feedback: Feedback) -> None: ...

    def grant(self, suggestion_id: str, by: str, amount: Decimal | None, key: str | None) -> bool: ...


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sits at the page: on the demo page he says so himself, there is nothing to protect."""

    role: str
    department: str | None
    language: str


def build_page(assistant: Assistant, desk: Desk, *, today: Callable[[], date], examples: int = 4) -> FastAPI:
    """The chat page as an application of its own, for 127.0.0.1 only: it asks nobody who he is."""
    return _Page(assistant, desk, today, examples, _templates()).app()


@dataclass
class _Page:
    assistant: Assistant
    desk: Desk
    today: Callable[[], date]
    examples: int
    templates: Environment

    def app(self) -> FastAPI:
        app = FastAPI(title="Hele Klant", docs_url=None, redoc_url=None, openapi_url=None)
        app.middleware("http")(_only_this_machine)
        app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
        app.get("/", response_class=HTMLResponse)(self.home)
        app.get("/mandate", response_class=HTMLResponse)(self.mandate)
        app.post("/ask", response_class=HTMLResponse)(self.ask)
        app.post("/fact", response_class=HTMLResponse)(self.fact)
        app.get("/phrased/{id}", response_class=HTMLResponse)(self.phrased)
        app.post("/feedback", response_class=HTMLResponse)(self.feedback)
        app.post("/done", response_class=HTMLResponse)(self.done)
        app.post(api.PATH)(self.api_ask)
        app.get("/healthz")(_alive)
        app.get("/readyz")(self.ready)
        app.get("/metrics")(self.metrics)
        return app

    # ------------------------------------------------------------------------------------------ pages

    async def home(self, request: Request) -> HTMLResponse:
        organisation = await asyncio.to_thread(self.desk.organisation)
        visitor = _visitor(request.query_params, organisation)
        entries = await asyncio.to_thread(self.desk.entries)
        examples = examples_for(visitor, organisation, entries, self.today(), self.examples)
        return self._render("page.html", visitor, organisation=organisation, examples=examples, thread=uuid4().hex)

    async def mandate(self, request: Request) -> HTMLResponse:
        organisation = await asyncio.to_thread(self.desk.organisation)
        visitor = _visitor(request.query_params, organisation)
        entries = await asyncio.to_thread(self.desk.entries)
        looking_for = request.query_params.get("search", "")
        sheet = mandate_sheet.mine(
            entries, organisation, (visitor.role,), self.today(), search=looking_for, language=visitor.language
        )
        return self._render("mandate.html", visitor, organisation=organisation, sheet=sheet, search=looking_for)

    async def ready(self) -> JSONResponse:
        """Whether questions can be answered at this moment: 503 when the knowledge cannot be read."""
        try:
            await asyncio.to_thread(self.desk.organisation)
        except CopilotError:
            return JSONResponse({"knowledge": False}, status_code=503)
        return JSONResponse({"knowledge": True})

    async def metrics(self) -> PlainTextResponse:
        """How much knowledge there is, in the text format of Prometheus."""
        entries = await asyncio.to_thread(self.desk.entries)
        count = sum(entry.valid_on(self.today()) for entry in entries)
        return PlainTextResponse(f"heleklant_entries_valid {count}\n", media_type="text/plain; version=0.0.4")

    # ---------------------------------------------------------------------------------------- answers

    async def ask(self, request: Request) -> HTMLResponse:
        form = await request.form()
        organisation = await asyncio.to_thread(self.desk.organisation)
        visitor = _visitor(form, organisation)
        text = str(form.get("question", ""))
        question = Question(
            id=uuid4().hex,
            text=text,
            roles=(visitor.role,),
            on=self.today(),
            language=language_of(text, visitor.language),
            department=visitor.department,
            thread=str(form.get("thread") or uuid4().hex),
            entry=str(form["entry"]) if form.get("entry") else None,
            channel=CHANNEL,
        )
        return await self._answer(question, visitor, organisation)

    async def api_ask(self, request: Request) -> JSONResponse:
        return await api.answer(request, self.assistant, self.desk.organisation, self.today())

    async def fact(self, request: Request) -> HTMLResponse:
        """A tapped or corrected fact: the same question again, about the same entry, knowing more."""
        form = await request.form()
        organisation = await asyncio.to_thread(self.desk.organisation)
        visitor = _visitor(form, organisation)
        before = await asyncio.to_thread(self.desk.suggestion, str(form.get("id", "")))
        if before is None or before.decision is None:
            return self._trouble(visitor, page.ANSWER_GONE(visitor.language))
        told = {each.name: each.value for each in before.read if each.told}
        question = Question(
            id=uuid4().hex,
            text=before.question.text,
            roles=before.question.roles,
            on=before.question.on,
            language=before.question.language,
            department=before.question.department,
            thread=before.question.thread,
            entry=before.decision.entry,
            facts={**told, str(form.get("fact", "")): str(form.get("value", ""))},
            channel=CHANNEL,
        )
        return await self._answer(question, visitor, organisation)

    async def phrased(self, request: Request, id: str) -> HTMLResponse:
        """The same card in a model's words, once they are there; the card without them is already shown."""
        organisation = await asyncio.to_thread(self.desk.organisation)
        suggestion = await asyncio.to_thread(self.desk.suggestion, id)
        if suggestion is None:
            return HTMLResponse("", status_code=404)
        async for update in self.assistant.phrased(suggestion):
            if isinstance(update, Suggestion):
                suggestion = update
        return self._card(suggestion, _visitor(request.query_params, organisation), organisation, awaiting=False)

    async def _answer(self, question: Question, visitor: Visitor, organisation: Organisation) -> HTMLResponse:
        try:
            suggestion = await asyncio.to_thread(self.assistant.answer, question)
        except CopilotError as fault:
            return self._trouble(visitor, fault.text(visitor.language))
        return self._card(suggestion, visitor, organisation, awaiting=self.assistant.phraser is not None)

    def _card(
        self, suggestion: Suggestion, visitor: Visitor, organisation: Organisation, *, awaiting: bool
    ) -> HTMLResponse:
        return self._render("card.html", visitor, awaiting=awaiting, **card_view(suggestion, organisation))

    # --------------------------------------------------------------------------------------- feedback

    async def feedback(
        self, request: Request, id: str = Form(), helpful: bool = Form(), reason: str = Form("")
    ) -> HTMLResponse:
        organisation = await asyncio.to_thread(self.desk.organisation)
        visitor = _visitor(await request.form(), organisation)
        if await asyncio.to_thread(self.desk.suggestion, id) is None:
            return self._trouble(visitor, page.ANSWER_GONE(visitor.language))
        given = Feedback(suggestion=id, helpful=helpful, by=CHANNEL, reason=reason or None)
        await asyncio.to_thread(self.desk.add_feedback, given)
        return self._render("thanks.html", visitor, id=id, ask_why=not helpful and not reason)

    async def done(self, request: Request, id: str = Form()) -> HTMLResponse:
        """The colleague says that he did it: from now on it counts for limits over a period."""
        organisation = await asyncio.to_thread(self.desk.organisation)
        visitor = _visitor(await request.form(), organisation)
        suggestion = await asyncio.to_thread(self.desk.suggestion, id)
        if suggestion is None:
            return self._trouble(visitor, page.ANSWER_GONE(visitor.language))
        await asyncio.to_thread(self.desk.grant, id, CHANNEL, None, suggestion.question.thread)
        return self._render("done.html", visitor)

    def _trouble(self, visitor: Visitor, sentence: str) -> HTMLResponse:
        return self._render("trouble.html", visitor, sentence=sentence)

    def _render(self, template: str, visitor: Visitor, **values: Any) -> HTMLResponse:
        html = self.templates.get_template(template).render(visitor=visitor, language=visitor.language, **values)
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})


def card_view(suggestion: Suggestion, organisation: Organisation) -> dict[str, Any]:
    """What the card's template shows; every figure and name in it is already in the suggestion."""
    language = suggestion.question.language
    decision = suggestion.decision
    shown = decision if decision and not suggestion.asks else None
    return {
        "suggestion": suggestion,
        "card_language": language,
        "tone": _tone(suggestion),
        "because": shown.because if shown else "",
        "options_heading": options_heading(shown, organisation, language) if shown else "",
        "options": option_lines(shown, language) if shown else (),
        "steps": [(step, step_note(step, organisation, language)) for step in suggestion.steps],
        "sources": [(source, source_note(source, language)) for source in suggestion.sources],
        "asks_number": _asks_number(suggestion),
        "can_be_done": bool(shown and shown.outcome is Outcome.ALLOWED),
    }


def examples_for(
    visitor: Visitor, organisation: Organisation, entries: Sequence[KnowledgeEntry], today: date, count: int
) -> list[str]:
    """Questions that this visitor could ask, from different departments, the same ones each time."""
    covered = organisation.covered_by([visitor.role])
    mine = [
        entry
        for entry in entries
        if entry.questions and entry.visible_to(covered) and entry.valid_on(today)
        if visitor.department in (None, entry.department)
    ]
    ranked = sorted(mine, key=lambda entry: (not isinstance(entry, Mandate), entry.id))
    spread: dict[str | None, str] = {}
    for entry in ranked:
        spread.setdefault(entry.department, entry.questions[0])
    rest = [entry.questions[0] for entry in ranked]
    return list(dict.fromkeys([*spread.values(), *rest]))[:count]


def _tone(suggestion: Suggestion) -> str:
    if suggestion.status is AnswerStatus.NO_KNOWLEDGE:
        return "unknown"
    if suggestion.asks:
        return "asks"
    return TONES[suggestion.decision.outcome] if suggestion.decision and suggestion.decision.outcome else "advice"


def _visitor(given: Mapping[str, Any], organisation: Organisation) -> Visitor:
    role = str(given.get("role", ""))
    department = str(given.get("department", ""))
    language = str(given.get("lang", ""))
    return Visitor(
        role=role if organisation.role(role) else lowest_role(organisation),
        department=department if organisation.department(department) else None,
        language=language if language in ("nl", "en") else organisation.language,
    )


async def _alive() -> JSONResponse:
    return JSONResponse({"status": "ok"})


async def _only_this_machine(request: Request, proceed: Callable[[Request], Any]) -> Response:
    """The page knows no passwords: a foreign site may neither read it (rebinding) nor post to it (forgery)."""
    host = request.url.hostname
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if host not in {"127.0.0.1", "localhost", "::1", "testserver"} or (request.method != "GET" and foreign):
        return HTMLResponse(page.NOT_FOUND("nl"), status_code=403)
    response: Response = await proceed(request)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("copilot.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"])
    templates.filters["markdown"] = lambda text: Markup(markdown.render(text))  # noqa: S704 - html is off
    templates.globals.update(page=page, answer=answer, role_title=role_title)
    templates.globals.update(is_number=_is_number, is_yes_or_no=_is_yes_or_no, label=label)
    return templates


def _asks_number(suggestion: Suggestion) -> bool:
    """Whether an exact figure is an answer beside the ranges; yes, no and a choice are tapped."""
    words = {write_value(True), write_value(False), NONE_OF_THESE}
    return suggestion.asks is not None and words.isdisjoint(choice.value for choice in suggestion.asks.choices)


def _is_number(fact: ReadFact) -> bool:
    return isinstance(fact.value, Decimal | Between)


def _is_yes_or_no(fact: ReadFact) -> bool:
    return isinstance(fact.value, bool)
