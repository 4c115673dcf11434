"""Judges one answer: did it do what its case expects? Deterministic, each with a reason in plain words.

What an answer must do whatever the case expects stands in `copilot.soundness`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from copilot import figures, ranking, soundness
from copilot.answered import Answered, Mark
from copilot.domain import AnswerStatus, Decision, Outcome
from copilot.figures import Unit
from copilot.messages import Text
from copilot.messages import evaluation as texts

Scorer = Callable[[Answered], Mark | None]
"""None = it has nothing to say about this case."""

NO_MANDATE: Final = "none"
RECALL_DEPTH: Final = 5
NDCG_DEPTH: Final = 10


def score(answered: Answered) -> tuple[Mark, ...]:
    """All marks for one answer, those that decide about right and wrong first."""
    return tuple(mark for scorer in SCORERS if (mark := scorer(answered)))


def is_right(marks: Collection[Mark]) -> bool:
    """An answer is right when no scorer found it wrong."""
    return all(mark.passed is not False for mark in marks)


# --------------------------------------------------------------------------------------- the verdict


def wrong_allowed(answered: Answered) -> Mark | None:
    """A yes where the case expects none, or on the ground of another rule: the worst that can happen."""
    decision, expect = answered.suggestion.decision, answered.case.expect
    if not (expect.outcome or expect.status or expect.sources or expect.sources_not):
        return None
    if decision is None or decision.outcome is not Outcome.ALLOWED:
        return Mark("wrong_allowed", 1.0, True, texts.NO_WRONG_YES)
    wanted = _wanted_instead(answered)
    if wanted:
        values = {"entry": decision.entry, "wanted": wanted}
        return Mark("wrong_allowed", 0.0, False, texts.WRONG_YES, values)
    if _is_another_rule(answered, decision):
        values = {"entry": decision.entry, "wanted": listed(expect.sources or ())}
        return Mark("wrong_allowed", 0.0, False, texts.WRONG_YES_ENTRY, values)
    return Mark("wrong_allowed", 1.0, True, texts.NO_WRONG_YES)


def _wanted_instead(answered: Answered) -> Text | None:
    """What the case expects, where that is anything but allowed."""
    expect = answered.case.expect
    if expect.outcome and expect.outcome != Outcome.ALLOWED:
        return texts.OUTCOME[expect.outcome]
    return texts.STATUS[expect.status] if expect.status not in (None, AnswerStatus.ANSWERED) else None


def _is_another_rule(answered: Answered, decision: Decision) -> bool:
    expect = answered.case.expect
    nothing_expected = bool(expect.sources) and not set(expect.sources or ()) & set(answered.cited)
    return decision.entry in expect.sources_not or nothing_expected


def status(answered: Answered) -> Mark | None:
    wanted = answered.case.expect.status
    if wanted is None:
        return None
    got = answered.suggestion.status
    return _equal("status", texts.STATUS[wanted], texts.STATUS[got], wanted is got)


def outcome(answered: Answered) -> Mark | None:
    wanted, decision = answered.case.expect.outcome, answered.suggestion.decision
    if wanted is None:
        return None
    if decision is None:
        return _equal("outcome", texts.OUTCOME[wanted], texts.NONE_DECIDED, wanted == NO_MANDATE)
    if decision.outcome is None:
        return _equal("outcome", texts.OUTCOME[wanted], texts.NOT_DECIDED, False)
    return _equal("outcome", texts.OUTCOME[wanted], texts.OUTCOME[decision.outcome], wanted == decision.outcome)


def approver(answered: Answered) -> Mark | None:
    wanted, decision = answered.case.expect.approver, answered.suggestion.decision
    if wanted is None:
        return None
    got = decision.approver if decision else None
    return _equal("approver", wanted, got or texts.NOTHING, wanted == got)


def asks(answered: Answered) -> Mark | None:
    wanted, asking = answered.case.expect.asks, answered.suggestion.asks
    if wanted is None:
        return None
    got = asking.fact if asking else None
    return _equal("asks", wanted, got or texts.NOTHING, wanted == got)


def _equal(scorer: str, wanted: object, got: object, equal: bool) -> Mark:
    if equal:
        return Mark(scorer, 1.0, True, texts.AS_EXPECTED, {"got": got})
    return Mark(scorer, 0.0, False, texts.NOT_AS_EXPECTED, {"wanted": wanted, "got": got})


# --------------------------------------------------------------------------------------- the sources


def sources(answered: Answered) -> Mark | None:
    """Recall: all that was expected must be among what is cited."""
    wanted = answered.case.expect.sources
    if not wanted:
        return None
    missing = [each for each in wanted if each not in answered.cited]
    share = 1 - len(missing) / len(wanted)
    if not missing:
        return Mark("sources", share, True, texts.SOURCES_FOUND)
    values = {"missing": listed(missing), "cited": listed(answered.cited) or texts.NOTHING}
    return Mark("sources", share, False, texts.SOURCES_MISSING, values)


def sources_not(answered: Answered) -> Mark | None:
    unwanted = answered.case.expect.sources_not
    if not unwanted:
        return None
    cited = [each for each in unwanted if each in answered.cited]
    if cited:
        return Mark("sources_not", 0.0, False, texts.SOURCES_FORBIDDEN, {"cited": listed(cited)})
    return Mark("sources_not", 1.0, True, texts.SOURCES_NOT_CITED)


def precision(answered: Answered) -> Mark | None:
    """A trend: a solution may rightly cite the mandates of its steps as well."""
    wanted = answered.case.expect.sources
    if wanted is None:
        return None
    surplus = [each for each in answered.cited if each not in wanted]
    share = 1 - len(surplus) / len(answered.cited) if answered.cited else float(not wanted)
    return _surplus("precision", share, surplus)


def exact(answered: Answered) -> Mark | None:
    wanted = answered.case.expect.sources
    if wanted is None:
        return None
    surplus = [each for each in answered.cited if each not in wanted]
    return _surplus("exact", float(set(wanted) == set(answered.cited)), surplus)


def _surplus(scorer: str, share: float, surplus: Sequence[str]) -> Mark:
    if surplus:
        return Mark(scorer, share, None, texts.SOURCES_SURPLUS, {"surplus": listed(surplus)})
    return Mark(scorer, share, None, texts.SOURCES_NO_SURPLUS)


def recall_at_5(answered: Answered) -> Mark | None:
    return _ranked("recall_at_5", answered, lambda ids, wanted: ranking.recall_at(ids, wanted, RECALL_DEPTH))


def ndcg_at_10(answered: Answered) -> Mark | None:
    return _ranked("ndcg_at_10", answered, lambda ids, wanted: ranking.ndcg_at(ids, wanted, NDCG_DEPTH))


def _ranked(scorer: str, answered: Answered, measure: Callable[[Sequence[str], Collection[str]], float]) -> Mark | None:
    wanted = answered.case.expect.sources
    if not wanted:
        return None
    ids = [hit.entry for hit in answered.suggestion.hits]
    found = [str(ids.index(each) + 1) for each in wanted if each in ids]
    return Mark(scorer, measure(ids, wanted), None, texts.RANKED, {"places": listed(found) or texts.NOT_RANKED})


# ----------------------------------------------------------------------------------------- the words


def says(answered: Answered) -> Mark | None:
    wanted = answered.case.expect.says
    if not wanted:
        return None
    said = _plain(answered.suggestion.text)
    missing = [each for each in wanted if _plain(each) not in said]
    share = 1 - len(missing) / len(wanted)
    if missing:
        return Mark("says", share, False, texts.SAYS_NOT, {"missing": quoted(missing)})
    return Mark("says", share, True, texts.SAYS_ALL)


def never_says(answered: Answered) -> Mark | None:
    unwanted = answered.case.expect.never_says
    if not unwanted:
        return None
    said = _plain(answered.suggestion.text)
    found = [each for each in unwanted if _plain(each) in said]
    if found:
        return Mark("never_says", 1 - len(found) / len(unwanted), False, texts.SAYS_FORBIDDEN, {"found": quoted(found)})
    return Mark("never_says", 1.0, True, texts.SAYS_NONE_FORBIDDEN)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


# --------------------------------------------------------------------------------------- not knowing


def refusal(answered: Answered) -> Mark | None:
    """Where nothing is known: says so, and gives no decision, step, source or amount."""
    if answered.case.expect.status is not AnswerStatus.NO_KNOWLEDGE:
        return None
    if answered.suggestion.status is not AnswerStatus.NO_KNOWLEDGE:
        values = {"cited": listed(answered.cited) or texts.NOTHING}
        return Mark("refusal", 0.0, False, texts.REFUSED_NOT, values)
    given = list(_given_all_the_same(answered))
    if given:
        return Mark("refusal", 0.0, False, texts.REFUSED_WITH_MORE, {"given": quoted(given)})
    return Mark("refusal", 1.0, True, texts.REFUSED)


def _given_all_the_same(answered: Answered) -> Iterator[str]:
    suggestion = answered.suggestion
    yield from (step.do for step in suggestion.steps)
    yield from answered.cited
    if suggestion.decision:
        yield suggestion.decision.entry
    asked = figures.keys(suggestion.question.text, answered.language)
    for figure in sorted(figures.read(suggestion.text, answered.language), key=lambda each: each.written):
        if figure.unit in (Unit.MONEY, Unit.PERCENT) and figure.key not in asked:
            yield figure.written


def false_refusal(answered: Answered) -> Mark | None:
    """Where something is known, saying that it is not is a fault as well."""
    expect = answered.case.expect
    if expect.status is AnswerStatus.NO_KNOWLEDGE or not (expect.status or expect.sources or expect.says):
        return None
    if answered.suggestion.status is AnswerStatus.NO_KNOWLEDGE:
        wanted = listed(expect.sources or ()) or texts.STATUS[expect.status or AnswerStatus.ANSWERED]
        return Mark("false_refusal", 0.0, False, texts.REFUSED_WRONGLY, {"wanted": wanted})
    return Mark("false_refusal", 1.0, True, texts.NOT_REFUSED)


def listed(names: Collection[str]) -> str:
    return ", ".join(names)


def quoted(words: Collection[str]) -> str:
    return ", ".join(f'"{each}"' for each in words)


SCORERS: Final[tuple[Scorer, ...]] = (
    wrong_allowed,
    status,
    outcome,
    approver,
    asks,
    sources,
    sources_not,
    says,
    never_says,
    refusal,
    false_refusal,
    *soundness.SCORERS,
    precision,
    exact,
    recall_at_5,
    ndcg_at_10,
    *soundness.TRENDS,
)
