"""Checks that words do not contradict the decision: no yes for a no, no more than was decided, no other approver.

A clause that decides or gives something is held against the outcome, whichever way it is put: it must
then carry what that outcome asks for (a "niet" where it is denied, the approval where it needs one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from copilot import figures, sentences, wordings
from copilot.bounds import WORD, Bounds, role_names
from copilot.breach import Breach, Reason
from copilot.domain import Mandate, Outcome, Role
from copilot.figures import Unit

words: Final = wordings.of("decision")


def contradictions(text: str, bounds: Bounds, language: str, *, to_customer: bool) -> Iterator[Breach]:
    """What the text says against the decision. Rules about other cases ("boven € 50 …") may be told."""
    for sentence in sentences.split(text):
        said = sentence.text
        yield from _granted_figures(said, bounds, language)
        yield from _approvers(said, bounds)
        if to_customer:
            yield from _promises(said, bounds)
        elif not _tells_another_case(said, bounds):
            yield from _yes_or_no(said, bounds)


# -------------------------------------------------------------------------------------- yes or no


def _yes_or_no(said: str, bounds: Bounds) -> Iterator[Breach]:
    outcome, decided = _outcome(bounds)
    if not decided:
        return
    if outcome is Outcome.ALLOWED:
        yield from _against_yes(said, bounds)
        return
    if yes := _says_yes(said, bounds, outcome):
        yield Breach(Reason.SAYS_YES, yes)
        return
    no = "" if outcome is Outcome.DENIED else _first(said, words.NO, words.DENIES)
    if no and not (outcome is Outcome.APPROVAL and _only_not_alone(said)):
        yield Breach(Reason.SAYS_NO, no)


def _outcome(bounds: Bounds) -> tuple[Outcome | None, bool]:
    """The outcome that the words must keep to, and whether anything was decided at all."""
    suggestion = bounds.suggestion
    if suggestion.decision:
        return suggestion.decision.outcome, True
    of_steps = {step.outcome for step in suggestion.steps if step.outcome}
    if of_steps and Outcome.ALLOWED not in of_steps:
        return Outcome.APPROVAL, True
    return None, False


def _against_yes(said: str, bounds: Bounds) -> Iterator[Breach]:
    """Where the colleague may decide: no refusal, and nobody who has to agree first."""
    no = _first(said, words.NO, words.DENIES) or _denied_option(said, bounds)
    if no and not _plain_yes(said) and not _asks_nobody(said):
        yield Breach(Reason.SAYS_NO, no)
    asks = _first(said, words.ASKS_APPROVAL) or (_role_above(said, bounds) and _first(said, words.ENABLES, _PUTS_TO))
    if asks and not _asks_nobody(said):
        yield Breach(Reason.SAYS_NO, asks)


def _says_yes(said: str, bounds: Bounds, outcome: Outcome | None) -> str:
    if not (asked := _asks_nobody(said)):
        if outcome is Outcome.APPROVAL and _needs_approval(said, bounds):
            return ""
        if outcome is Outcome.DENIED and _offers_instead(said, bounds):
            return ""
    for pattern in (words.YES, words.TOUCHES):
        for match in pattern.finditer(said):
            clause = _clause(said, match.start(), match.end()).replace("niet alleen", "").replace("not only", "")
            if not words.NEGATION.search(clause) or match.group().lower() in (
                "geen probleem",
                "no problem",
                "geen bezwaar",
            ):
                return match.group()
    if outcome is Outcome.DENIED and (asks := _first(said, words.ASKS_APPROVAL)) and not words.NEGATION.search(said):
        return asks
    return asked if outcome is not Outcome.DENIED else ""


def _plain_yes(said: str) -> bool:
    return any(not words.NEGATION.search(_clause(said, each.start(), each.end())) for each in words.YES.finditer(said))


def _asks_nobody(said: str) -> str:
    return _first(said, words.NO_APPROVAL, words.NOBODY_ASKED)


def _needs_approval(said: str, bounds: Bounds) -> bool:
    if words.LATER.search(said):
        return False
    enabled = _names_approver(said, bounds) and bool(words.ENABLES.search(said))
    return bool(words.MENTIONS_APPROVAL.search(said) or words.NOT_ALONE.search(said) or enabled)


def _only_not_alone(said: str) -> bool:
    return bool(words.ALONE.search(said) or words.MENTIONS_APPROVAL.search(said) or words.NOT_YET.search(said))


def _names_approver(said: str, bounds: Bounds) -> bool:
    """ "Je teamleider mag het geld teruggeven": who may is somebody else, so nothing is given away."""
    decision = bounds.decision
    approver = bounds.organisation.role(decision.approver) if decision and decision.approver else None
    return approver is not None and bool(_names(said, approver))


def _denied_option(said: str, bounds: Bounds) -> str:
    """ "Een tegoedbon zit er niet in", where a tegoedbon is exactly what may be given."""
    options = bounds.decision.options if bounds.decision else ()
    things = {word for option in options for word in _words(option) if len(word) >= 6}
    for match in WORD.finditer(said):
        if match.group().lower() in things:
            clause = _clause(said, match.start(), match.end())
            if words.NEGATION.search(clause) and not re.search(
                r"\b(?:hoef|hoeft|hoeven|need not|needn't|have to|vergeet|forget)\b", clause, re.I
            ):
                return clause.strip()
    return ""


def _role_above(said: str, bounds: Bounds) -> bool:
    above = bounds.organisation.steps_above(bounds.suggestion.question.roles)
    return any(role.id in above and _names(said, role) for role in bounds.organisation.roles)


def _has_instead(bounds: Bounds) -> bool:
    return bool(bounds.decision and bounds.decision.instead)


def _offers_instead(said: str, bounds: Bounds) -> bool:
    """ "Je mag wel de garantie aanvragen"; not "dit mag wel", which is about what was denied."""
    offers = words.ALL_THE_SAME.search(said) and not words.THIS_AFTER_ALL.search(said)
    return bool(offers) and _has_instead(bounds) and not _gives_worth(said)


def _gives_worth(said: str) -> bool:
    return bool(words.WORTH.search(said)) and not words.NEGATION.search(said)


def _tells_another_case(said: str, bounds: Bounds) -> bool:
    """ "Boven € 50 …", "als je teamleider akkoord geeft", "was de jas ongebruikt geweest": not this case as it is.

    A condition on manners ("mits je het vriendelijk zegt") is none.
    """
    if not words.CONDITION.search(said):
        return bool(re.search(r"\d", said) and words.LIMITED.search(said))
    outcome, _ = _outcome(bounds)
    agreed = words.MENTIONS_APPROVAL.search(said) or words.AGREES.search(said)
    if words.HYPOTHETICAL.search(said) or (agreed and outcome is not Outcome.DENIED):
        return True
    return bool(
        re.search(r"\d", said) or outcome is Outcome.ALLOWED or not _fact_words(bounds).isdisjoint(_words(said))
    )


def _fact_words(bounds: Bounds) -> frozenset[str]:
    facts = [fact for entry in bounds.entries if isinstance(entry, Mandate) for fact in entry.facts]
    told = (" ".join((fact.name, *fact.yes, *fact.no, *fact.values)) for fact in facts)
    return frozenset(word for text in told for word in _words(text) if len(word) > 4)


# -------------------------------------------------------------------------------- to the customer


def _promises(said: str, bounds: Bounds) -> Iterator[Breach]:
    outcome, decided = _outcome(bounds)
    if not decided:
        return
    refusal = words.REFUSAL.search(said) or words.DENIES.search(said)
    if outcome is not Outcome.DENIED and refusal and not words.BUT.search(said[refusal.end() :]):
        yield Breach(Reason.SAYS_NO, refusal.group())
    if outcome is Outcome.ALLOWED or words.CONDITION.search(said) or said.rstrip().endswith("?"):
        return
    for match in (*words.PROMISE.finditer(said), *words.WORTH.finditer(said)):
        if words.NEGATION.search(_clause(said, match.start(), match.end())):
            continue
        if not _offers_instead(said, bounds):
            yield Breach(Reason.PROMISE, match.group())
            return


# ------------------------------------------------------------------------------------------ figures


def _granted_figures(said: str, bounds: Bounds, language: str) -> Iterator[Breach]:
    """What a sentence grants must be decided or a rule, no higher than decided, and the asker's own limit."""
    grant = words.GRANT.search(said)
    if not grant or not (bounds.decision or bounds.suggestion.steps):
        return
    for figure in figures.read(said, language):
        if figure.unit not in (Unit.MONEY, Unit.PERCENT):
            continue
        if figure.key not in bounds.decided:
            yield Breach(Reason.PROMISE, figure.written)
        elif not _within_role(figure.key, said, bounds):
            yield Breach(Reason.FIGURE_FOR_ANOTHER_ROLE, figure.written)
    yield from _more_than_decided(said[grant.start() :], bounds, language)


def _more_than_decided(clause: str, bounds: Bounds, language: str) -> Iterator[Breach]:
    decision = bounds.decision
    if not decision or decision.amount is None or words.CONDITION.search(clause):
        return
    first = words.FIRST_AMOUNT.search(clause)
    if not first or words.PRICE.search(clause[: first.start()]):
        return
    for figure in figures.read(first.group(), language):
        if figure.unit is Unit.MONEY and figure.value > decision.amount:
            yield Breach(Reason.PROMISE, figure.written)


def _within_role(key: tuple[Unit, Decimal], said: str, bounds: Bounds) -> bool:
    """A limit belongs to roles: the sentence must speak of one of them, or of nobody, or of approval."""
    owners = [limit.roles for limit in bounds.limits if limit.key == key]
    if not owners or key in bounds.asked or any(not roles for roles in owners):
        return True
    organisation = bounds.organisation
    named = [role for role in organisation.roles if _names(said, role)]
    speakers = {role.id for role in named} or set(bounds.suggestion.question.roles)
    if not named and (words.MENTIONS_APPROVAL.search(said) or not words.YOU.search(said)):
        return True
    covered = organisation.covered_by(sorted(speakers))
    return any(not covered.isdisjoint(roles) for roles in owners)


# ----------------------------------------------------------------------------------------- approvers


def _approvers(said: str, bounds: Bounds) -> Iterator[Breach]:
    asks = words.MENTIONS_APPROVAL.search(said) or words.ASKS_APPROVAL.search(said) or _PUTS_TO.search(said)
    if words.CONDITION_ON_FIGURE.search(said) or words.NO_APPROVAL.search(said) or words.CONDITION.search(said):
        return
    right = {bounds.decision.approver} if bounds.decision and bounds.decision.approver else set()
    right |= {step.who for step in bounds.suggestion.steps if step.outcome is Outcome.APPROVAL}
    if not right:
        return
    above = set(bounds.organisation.steps_above(bounds.suggestion.question.roles))
    titles = {name for role in bounds.organisation.roles for name in role_names(role)}
    for role in bounds.organisation.roles:
        if (
            role.id in above - right
            and (asks or not re.search(r"\d", said))
            and (name := _names(said, role))
            and not _hides(name, said, right, bounds)
        ):
            yield Breach(Reason.APPROVER, name)
    for match in words.OTHER_TITLES.finditer(said) if asks else ():
        if match.group().lower() not in titles:
            yield Breach(Reason.APPROVER, match.group())


def _names(said: str, role: Role) -> str:
    for name in role_names(role):
        if re.search(rf"\b{re.escape(name)}(?:s|en|es|'s)?\b", said, re.IGNORECASE):
            return name
    return ""


def _hides(name: str, said: str, right: set[str], bounds: Bounds) -> bool:
    """ "Manager" inside "duty manager" is no mention of the manager."""
    approvers = [role for role in bounds.organisation.roles if role.id in right]
    return any(name in other and other in said.lower() for role in approvers for other in role_names(role))


# --------------------------------------------------------------------------------------------- words


def _clause(said: str, start: int, end: int) -> str:
    """The clause around a match: up to the nearest comma, dash or "maar"."""
    breaks = [match.end() for match in words.CLAUSE_END.finditer(said) if match.end() <= start]
    after = [match.start() for match in words.CLAUSE_END.finditer(said) if match.start() >= end]
    return said[max(breaks, default=0) : min(after, default=len(said))]


def _first(said: str, *patterns: re.Pattern[str]) -> str:
    return next((match.group() for pattern in patterns if (match := pattern.search(said))), "")


def _words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


_PUTS_TO = re.compile(
    r"\b(?:leg|voorleggen|bespreek|haal|roep|clear|run|put|bring)\b[^.!?]{0,30}\b(?:voor|aan|bij|met|with|by|to|past|in)\b|"
    r"\b(?:has|have|needs?|must) to (?:approve|agree|decide|sign)\b|\bbeslist\b",
    re.IGNORECASE,
)
