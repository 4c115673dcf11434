"""Assembly: the only place that chooses classes. `build()` gives an Assistant over the settings."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from copilot import content, entrychange, privacy
from copilot.asking import lowest_role
from copilot.assist import Assistant
from copilot.compose import TemplateComposer
from copilot.conditions import write_number
from copilot.curate import Curator
from copilot.domain import LEFT_OUT, KnowledgeEntry, Organisation, Question, Status
from copilot.embedders import choose_embedder, is_address
from copilot.entryfile import read_entry
from copilot.errors import Finding, KnowledgeError, SettingsError, UsageError
from copilot.indexes import SearchIndex
from copilot.language import language_of
from copilot.messages import program, search
from copilot.packs import ImportReport, Pack, PackEntry
from copilot.settings import Settings
from copilot.store import Store
from copilot.vector_index import Vector

if TYPE_CHECKING:
    from copilot.dialogue import Message
    from copilot.llm import OpenAIModel
    from copilot.phrasing import Account, ModelPhraser
    from copilot.served_reranker import ServedReranker

LOG = logging.getLogger("heleklant")
Progress = Callable[[int, int], None]
THROW_AWAY = "sqlite://"
"""A database in memory, for `--knowledge`: nothing else is read or changed."""


@dataclass
class Application:
    """Everything that is open while questions are answered; close it, or use it as a context."""

    settings: Settings
    store: Store
    index: SearchIndex
    assistant: Assistant
    model: OpenAIModel | None = None
    findings: tuple[Finding, ...] = ()
    """What is wrong in the pack that was given with `--knowledge`; the rest of it answers."""

    def close(self) -> None:
        self.index.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def build(settings: Settings | None = None, *, knowledge: Path | str | None = None) -> Assistant:
    """An assistant over the stored knowledge, or over one pack alone in a throw-away store.

    Raises a CopilotError when the settings, the database or the pack do not allow it.
    """
    pack = Path(knowledge) if knowledge is not None else None
    return open_application(settings or Settings.from_env(), knowledge=pack).assistant


def open_application(
    settings: Settings,
    *,
    knowledge: Path | None = None,
    progress: Progress | None = None,
    background: bool = False,
) -> Application:
    """The store, the index over it and the assistant over both.

    `background`: what must still be embedded is embedded beside the work, while words alone answer.
    """
    with ExitStack() as undo:
        findings: tuple[Finding, ...] = ()
        if knowledge is None:
            store = open_store(settings)
            undo.callback(store.close)
        else:
            store, findings = throw_away(knowledge)
            undo.callback(store.close)
        application = _over(settings, store, throw_away=knowledge is not None, progress=progress, background=background)
        undo.pop_all()
        return replace(application, findings=findings)


def open_world(settings: Settings, *packs: Pack) -> Application:
    """An application over packs that exist in memory alone, imported one after the other; for experiments."""
    with ExitStack() as undo:
        store = Store(THROW_AWAY, read_entry=_read_sound)
        undo.callback(store.close)
        for pack in packs:
            store.import_pack(pack, by=program.SELF)
        application = _over(settings, store, throw_away=True)
        undo.pop_all()
        return application


def _over(
    settings: Settings,
    store: Store,
    *,
    throw_away: bool,
    progress: Progress | None = None,
    background: bool = False,
) -> Application:
    """The index over a store, and the assistant over both."""
    index = open_index(settings, store, throw_away=throw_away, background=background)
    try:
        index.refresh(store, progress=progress)
    except BaseException:
        index.close()
        raise
    model = model_of(settings) if settings.model else None
    phraser = phrasing_with(model, settings, note) if model else None
    assistant = Assistant(store, index, TemplateComposer(), store, phraser, completed)
    return Application(settings, store, index, assistant, model)


def open_store(settings: Settings) -> Store:
    """The store at the database of the settings, made or brought up to date where needed."""
    return Store(settings.database_url, read_entry=_read_sound, organisation=settings.organisation)


def throw_away(path: Path) -> tuple[Store, tuple[Finding, ...]]:
    """One pack in a database in memory, with what is wrong in it; what is broken never answers."""
    pack = content.read_pack(one_pack(path))
    broken = next((each for each in pack.findings if each.severity == "error"), None)
    if broken and not pack.organisation.roles:
        what = broken.message.about(**broken.values)
        raise KnowledgeError(program.PACK_UNUSABLE, pack.findings, where=broken.where(), what=what)
    store = Store(THROW_AWAY, read_entry=_read_sound)
    store.import_pack(pack, by=program.SELF)
    return store, pack.findings


def one_pack(path: Path) -> Path:
    """The one pack at a path. Raises a CopilotError where there is none, or more than one."""
    folders = content.find_packs(path)
    if len(folders) > 1:
        names = ", ".join(str(folder) for folder in folders)
        raise UsageError(program.SEVERAL_PACKS, path=path, packs=names)
    return folders[0]


def library(
    settings: Settings, knowledge: Path | None = None, *, statuses: Sequence[Status] = (Status.PUBLISHED,)
) -> tuple[Organisation, tuple[KnowledgeEntry, ...], tuple[Finding, ...]]:
    """The organisation and its entries, from one pack or from the store; no search index is opened."""
    if knowledge is not None:
        pack = content.read_pack(one_pack(knowledge))
        return pack.organisation, tuple(each.entry for each in pack.entries), pack.findings
    with open_store(settings) as store:
        return store.organisation(), tuple(store.entries(statuses=statuses)), ()


def import_packs(settings: Settings, path: Path, *, by: str, on: date, choose: str | None = None) -> list[ImportReport]:
    """Imports every pack at the path, each all or nothing; none where one of them has errors.

    Raises KnowledgeError when a pack has errors and Conflict when an entry was changed on both sides.
    """
    packs = [content.read_pack(folder) for folder in content.find_packs(path)]
    findings = [finding for pack in packs for finding in content.check(pack, on)]
    if any(finding.severity == "error" for finding in findings):
        raise KnowledgeError(program.IMPORT_REFUSED, findings, path=path)
    with open_store(settings) as store:
        return [store.import_pack(pack, by=by, choose=choose) for pack in packs]


def open_index(settings: Settings, store: Store, *, throw_away: bool, background: bool = False) -> SearchIndex:
    """The search index over a store: in the data folder, or in memory alone."""
    embedder = choose_embedder(
        settings.embedder,
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        cache_dir=settings.cache_dir,
        mask=mask_of(settings),
    )
    folder = None if throw_away else settings.data_dir / "index" / store.organisation().id
    chroma_url = None if throw_away else settings.chroma_url
    reranker = reranker_for(settings, store)
    return SearchIndex(embedder, folder=folder, chroma_url=chroma_url, reranker=reranker, background=background)


def reranker_for(settings: Settings, store: Store) -> ServedReranker | None:
    """The service that improves the order of what was found; None where none is set.

    Raises SettingsError where its address is none.
    """
    if settings.rerank_url is None:
        return None
    if not is_address(settings.rerank_url):
        raise SettingsError(search.RERANKER_NO_HOST, value=settings.rerank_url)
    from copilot.served_reranker import ServedReranker

    def texts_of(ids: Sequence[str]) -> Mapping[str, str]:
        return {each.id: "\n".join((each.title, *each.questions, each.body)) for each in store.entries(ids)}

    return ServedReranker(
        settings.rerank_url,
        texts_of,
        mask=mask_of(settings),
        model=settings.rerank_model,
        api_key=settings.rerank_api_key,
    )


def mask_of(settings: Settings) -> Callable[[str], str]:
    """What takes the customer's data out of a text that leaves this machine or reaches other people."""
    return partial(privacy.without_customer_data, own_numbers=settings.own_numbers)


def bundled_meaning(index: SearchIndex) -> Callable[[str], Vector]:
    """What a text means to the bundled model: that of the index, where it has it, since a second one takes memory."""
    from copilot.e5 import E5

    embedder = index.embedder.embedder
    return (embedder if isinstance(embedder, E5) else E5()).question


def curator_for(store: Store) -> Curator:
    """Who keeps the knowledge of a store true, with every check that an import makes."""
    return Curator(store, check_entry, entrychange)


def check_entry(
    text: str, organisation: Organisation, entries: Sequence[KnowledgeEntry], on: date
) -> tuple[KnowledgeEntry | None, Sequence[Finding]]:
    """One new or changed entry among all others: its format, its references and the mandate checks."""
    entry, findings = read_entry(text)
    if entry is None:
        return None, findings
    beside = [PackEntry(each, "", f"{each.id}.md") for each in entries if each.id != entry.id]
    mine = PackEntry(entry, text, f"{entry.id}.md")
    pack = Pack(organisation=organisation, organisation_text="", entries=(*beside, mine), findings=tuple(findings))
    return entry, [each for each in content.check(pack, on) if each.entry in ("", entry.id)]


def phraser_for(
    settings: Settings, *, for_show: bool = False, account: Callable[[Account], None] = lambda account: None
) -> ModelPhraser | None:
    """What puts suggestions into a model's words; None without a model, unless its prompts are only shown.

    `account` is told what became of every request to the model.
    """
    if settings.model is None and not for_show:
        return None
    return phrasing_with(model_of(settings), settings, account)


def phrasing_with(model: OpenAIModel, settings: Settings, account: Callable[[Account], None]) -> ModelPhraser:
    """What puts suggestions into the words of this model; `account` is told what became of every request."""
    from copilot.phrasing import ModelPhraser
    from copilot.prompting import Prompts

    return ModelPhraser(model, Prompts(), own_numbers=settings.own_numbers, account=account)


@asynccontextmanager
async def model_at_hand(model: OpenAIModel | None) -> AsyncIterator[None]:
    """A model's libraries, which take seconds to load, are loaded beside the first questions; it is closed at the end.

    Nothing waits for it, and whatever is wrong with it is told at the first answer and by `doctor`.
    """
    if model is None:
        yield
        return
    warming = asyncio.create_task(asyncio.to_thread(model.warm))
    try:
        yield
    finally:
        await asyncio.gather(warming, return_exceptions=True)
        await model.aclose()


def model_of(settings: Settings, *, unhurried: bool = False) -> OpenAIModel:
    """The model of the settings; nothing is loaded or called yet. `unhurried`: no customer waits for its words."""
    from copilot.llm import ModelSettings, OpenAIModel

    given = settings.environment
    model = ModelSettings(
        name=settings.model or "-",
        deadline=settings.model_deadline,
        price_in=settings.model_price_in,
        price_out=settings.model_price_out,
        api_key=given.get("AZURE_OPENAI_API_KEY") or settings.openai_api_key,
        base_url=settings.openai_base_url,
        azure_endpoint=given.get("AZURE_OPENAI_ENDPOINT"),
    )
    if "OPENAI_API_VERSION" in given:
        model = replace(model, azure_api_version=given["OPENAI_API_VERSION"])
    if unhurried:
        model = replace(model, deadline=max(180.0, model.deadline), silence=120.0)
    return OpenAIModel(model)


def note(account: Account) -> None:
    """One line in the log where a model failed or wrote what it may not; never what was asked or answered."""
    if account.fault:
        LOG.warning("%s: %s", account.suggestion, account.fault)
    if account.refused:
        reasons = ", ".join(sorted({breach.reason.value for breach in account.refused}))
        LOG.info("%s: %s: %s", account.suggestion, account.model, reasons)


def prompt_for(application: Application, question: Question) -> tuple[Message, ...]:
    """Exactly what a model would be sent for this question."""
    phraser = phraser_for(application.settings, for_show=True)
    assert phraser is not None
    suggestion = application.assistant.answer(question)
    return phraser.show_prompt(suggestion, *application.assistant.cited(suggestion))


def question_from(given: Mapping[str, Any], organisation: Organisation, *, run: str = "") -> Question:
    """A question as a program or a person gives it: `ask`, `role`, `on`, `department`, `facts`, `thread`…

    Raises UsageError for a day that does not exist, a language that is not spoken and a fact that is no plain value.
    """
    text = str(given.get("ask") or "")
    role = given.get("role")
    roles = (role,) if isinstance(role, str) else tuple(role or (lowest_role(organisation),))
    question = Question(
        text=text,
        roles=roles,
        on=day(given.get("on")),
        language=_language(given.get("language")) or "",
        department=given.get("department"),
        facts={name: _stated(name, value) for name, value in (given.get("facts") or {}).items() if value is not None},
        thread=f"{run}:{given['thread']}" if given.get("thread") is not None else None,
        customer=str(given["customer"]) if given.get("customer") is not None else None,
    )
    return completed(question, organisation)


def completed(question: Question, organisation: Organisation) -> Question:
    """The question with what the asker left out: a name of its own, today, the language in which he writes."""
    return replace(
        question,
        id=question.id or uuid4().hex,
        on=day(None) if question.on == LEFT_OUT else question.on,
        language=question.language or language_of(question.text, organisation.language),
    )


def day(value: str | date | None) -> date:
    """The day that was given, or today."""
    if isinstance(value, date):
        return value
    if value is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(program.NOT_A_DAY, value=value) from None


def _language(value: str | None) -> str | None:
    if value not in (None, "", "nl", "en"):
        raise UsageError(program.NOT_A_LANGUAGE, value=value)
    return value


def _stated(name: str, value: object) -> str:
    if not isinstance(value, str | int | float):
        raise UsageError(program.FACT_NOT_PLAIN, fact=name)
    return written(value)


def written(value: object) -> str:
    """A fact's value from JSON or YAML as a colleague would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    # A number of a program has a point for its decimals and nothing for thousands: 12.345 is no 12345.
    return write_number(Decimal(str(value))) if isinstance(value, float) else str(value)


def _read_sound(text: str) -> KnowledgeEntry:
    """The entry of a text that was checked before it was stored."""
    entry, findings = read_entry(text)
    if entry is None:
        raise KnowledgeError(program.STORED_ENTRY_BROKEN, findings)
    return entry
