"""What is wrong with mandates is found, with a case as an example, and what is right is left in peace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from copilot import content, mandate_cases, mandate_check
from copilot.domain import KnowledgeEntry, Organisation, Role
from copilot.entryfile import read_entry
from copilot.errors import Finding

DAY = date(2026, 11, 22)
LINE = (
    Role("medewerker", "Medewerker"),
    Role("teamleider", "Teamleider", ("medewerker",)),
    Role("vestigingsmanager", "Vestigingsmanager", ("teamleider",)),
)
SHOP = Organisation(id="winkel", name="Winkel", roles=LINE)

FACTS = """\
facts:
  bedrag: {type: money, ask: Hoeveel?}
  ongebruikt: {type: yesno, ask: Ongebruikt?}
"""
WHOLE = """\
rules:
  - {roles: [medewerker], when: {bedrag: "<= 50", ongebruikt: yes}, may: Geef een tegoedbon.}
  - {roles: [teamleider], when: {bedrag: "<= 250", ongebruikt: yes}, may: Geef het geld terug.}
  - {roles: [vestigingsmanager], when: {ongebruikt: yes}, may: Beslis zelf.}
  - {never: true, when: {ongebruikt: no}, because: Gebruikt nemen we niet terug.}
"""


def entry(
    rules: str = WHOLE, *, name: str = "retour", head: str = "", facts: str = FACTS, body: str = ""
) -> KnowledgeEntry:
    text = f"---\nid: {name}\nkind: mandate\ntitle: Retour zonder bon\n{head}{facts}{rules}---\n{body}\n"
    read, findings = read_entry(text)
    assert read is not None, [finding.text("nl") for finding in findings]
    return read


def policy(body: str, *, name: str = "beleid", related: str = "retour") -> KnowledgeEntry:
    text = f"---\nid: {name}\nkind: policy\ntitle: Beleid\nrelated: [{related}]\n---\n{body}\n"
    read, _ = read_entry(text)
    assert read is not None
    return read


def check(*entries: KnowledgeEntry, organisation: Organisation = SHOP, on: date = DAY) -> list[Finding]:
    return mandate_check.check(entries, organisation, on)


def codes(found: Sequence[Finding]) -> list[str]:
    return [finding.code for finding in found]


def only(found: Sequence[Finding], code: str) -> Finding:
    assert codes(found) == [code], [finding.text("nl") for finding in found]
    assert "{" not in found[0].text("nl") + found[0].text("en")
    return found[0]


def test_a_whole_mandate_has_nothing_wrong_with_it() -> None:
    assert check(entry()) == []


def test_a_gap_is_named_as_a_region_with_a_case() -> None:
    found = only(check(entry(WHOLE.replace("{ongebruikt: yes}", '{bedrag: "<= 500", ongebruikt: yes}'))), "gap")
    assert found.severity == "warning"
    assert "bedrag meer dan € 500,00 en ongebruikt: ja" in found.text("nl")
    assert "medewerker, bedrag: € 510,00, ongebruikt: ja, 22 november 2026" in found.text("nl")
    assert "bedrag: €510.00, ongebruikt: yes, 22 November 2026" in found.text("en")


def test_each_separate_gap_is_named() -> None:
    rules = 'rules:\n  - {roles: [medewerker], when: {bedrag: "10 .. 50"}, may: Ja.}\n'
    found = check(entry(rules, facts="facts:\n  bedrag: {type: money}\n"))
    assert codes(found) == ["gap", "gap"]
    assert "bedrag tot en met € 9,99" in found[0].text("nl")
    assert "bedrag meer dan € 50,00" in found[1].text("nl")


def test_what_a_period_limit_keeps_everybody_from_is_a_gap_too() -> None:
    limited = WHOLE + "period_limit: {fact: bedrag, max: 150, per: customer, days: 30}\n"
    found = only(check(entry(limited)), "gap")
    assert "bedrag meer dan € 150,00" in found.text("nl")
    for_some = limited.replace("days: 30", "days: 30, roles: [medewerker]")
    assert check(entry(for_some)) == []


def test_never_over_may_is_a_warning_with_the_rules_and_a_case() -> None:
    rules = WHOLE.replace('{bedrag: "<= 50", ongebruikt: yes}', '{bedrag: "<= 50"}')
    found = only(check(entry(rules)), "never_and_may")
    assert (found.severity, found.field) == ("warning", "rules[4]")
    assert "regel 1" in found.text("nl")
    assert "medewerker, bedrag: € 10,00, ongebruikt: nee" in found.text("nl")


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ('{roles: [medewerker], when: {bedrag: "< 0"}, may: Nooit.}', "minder dan € 0,00"),
        ("{roles: [medewerker], when: {ongebruikt: no}, may: Toch.}", "regel 4"),
        ('{never: true, when: {ongebruikt: no, bedrag: "> 5"}, because: Nee.}', "regel 4"),
    ],
    ids=["no value fits", "always forbidden", "an earlier never"],
)
def test_a_rule_that_can_never_match_is_found(rule: str, says: str) -> None:
    found = [each for each in check(entry(WHOLE + f"  - {rule}\n")) if each.code == "never_matches"]
    assert len(found) == 1
    assert found[0].field.startswith("rules[5]")
    assert says in found[0].text("nl")
    assert "Voorbeeld" in found[0].text("nl")


def test_two_whole_numbers_with_nothing_in_between_leave_a_rule_without_cases() -> None:
    rules = """\
rules:
  - {roles: [medewerker], when: {dagen: "< 5"}, may: A.}
  - {roles: [medewerker], when: {dagen: ">= 5"}, may: B.}
  - {never: true, when: {dagen: "< 0"}, because: Kan niet.}
"""
    found = only(check(entry(rules, facts="facts:\n  dagen: {type: days}\n")), "never_matches")
    assert found.field == "rules[3].when.dagen"


def test_a_higher_role_that_may_less_is_found() -> None:
    rules = WHOLE.replace('"<= 50"', '"<= 300"')
    found = only(check(entry(rules)), "higher_may_less")
    assert found.field == "rules[2].when.bedrag"
    for part in ("teamleider", "medewerker", "tot en met € 250,00", "tot en met € 300,00", "€ 260,00"):
        assert part in found.text("nl")


def test_a_higher_role_that_the_limit_binds_alone_is_found() -> None:
    limit = "period_limit: {fact: bedrag, max: 150, per: customer, days: 30, roles: [teamleider]}\n"
    assert "higher_may_less" in codes(check(entry(WHOLE + limit)))


def test_a_ladder_of_ranges_is_no_finding() -> None:
    rules = """\
rules:
  - {roles: [medewerker], when: {dagen: ">= 42"}, may: Alles terug.}
  - {roles: [teamleider], when: {dagen: "14 .. 41"}, may: De helft terug.}
  - {roles: [vestigingsmanager], when: {dagen: "< 14"}, may: Een deel terug.}
"""
    assert check(entry(rules, facts="facts:\n  dagen: {type: days}\n")) == []


# --------------------------------------------------------------------------------------- between entries


def same_action(rules: str, **given: str) -> KnowledgeEntry:
    return entry(rules, name=given.pop("name", "retour-2"), head="action: retour\n" + given.pop("head", ""), **given)


def test_two_entries_that_decide_one_case_differently_are_an_error() -> None:
    found = only(check(entry(), same_action(WHOLE.replace("<= 50", "<= 75"))), "contradiction")
    assert found.severity == "error"
    assert found.entry == "retour-2"
    said = found.text("nl")
    assert "“retour”" in said
    assert "medewerker, bedrag: € 60,00, ongebruikt: ja, 22 november 2026" in said
    assert "Hier: mag zelf beslissen. Daar: vraagt de teamleider." in said


def test_a_never_against_a_may_in_another_entry_is_an_error() -> None:
    rules = (
        'rules:\n  - {never: true, when: {bedrag: "> 40"}, because: Te veel.}\n  - {roles: [medewerker], may: Ja.}\n'
    )
    found = check(entry(), same_action(rules))
    assert "contradiction" in codes(found)


@pytest.mark.parametrize(
    "other",
    [
        same_action(WHOLE),
        same_action(WHOLE.replace("<= 50", "<= 75"), head="valid_from: 2027-06-01\n"),
        entry(WHOLE.replace("<= 50", "<= 75"), name="iets-anders"),
    ],
    ids=["equal rules", "on other days", "another action"],
)
def test_entries_that_do_not_clash_are_left_alone(other: KnowledgeEntry) -> None:
    assert check(entry(head="valid_until: 2027-05-31\n"), other) == []


def test_entries_that_divide_one_action_between_them_do_not_clash() -> None:
    facts = "facts:\n  soort: {type: choice, values: [kleding, apparaten]}\n"
    one = entry("rules:\n  - {roles: [medewerker], when: {soort: kleding}, may: Ja.}\n", facts=facts)
    two = same_action("rules:\n  - {roles: [teamleider], when: {soort: apparaten}, may: Ja.}\n", facts=facts)
    assert "contradiction" not in codes(check(one, two))


def test_a_different_period_limit_is_a_contradiction() -> None:
    limit = "period_limit: {fact: bedrag, max: 20, per: customer, days: 30, roles: [medewerker]}\n"
    assert "contradiction" in codes(check(entry(), same_action(WHOLE + limit)))


# ------------------------------------------------------------------------------------------------ expiry


def test_what_expires_within_thirty_days_and_has_no_successor_is_told() -> None:
    found = only(check(entry(head="valid_until: 2026-12-22\n")), "expires")
    assert "22 december 2026" in found.text("nl")
    assert "23 december 2026" in found.text("nl")
    assert check(entry(head="valid_until: 2026-12-23\n")) == []


def test_a_successor_that_covers_all_is_enough_and_one_that_does_not_is_named() -> None:
    ends = entry(head="valid_until: 2026-12-01\n")
    assert check(ends, same_action(WHOLE, head="valid_from: 2026-12-02\n")) == []
    late = check(ends, same_action(WHOLE, head="valid_from: 2026-12-03\n"))
    assert codes(late) == ["expires"]
    smaller = WHOLE.replace("{ongebruikt: yes}", '{bedrag: "<= 400", ongebruikt: yes}')
    partly = check(ends, same_action(smaller, head="valid_from: 2026-12-02\n"))
    assert codes(partly) == ["gap", "expires"]
    assert "€ 410,00" in partly[1].text("nl")


def test_what_has_expired_is_not_looked_at_any_more() -> None:
    assert check(entry(WHOLE.replace("yes", "no"), head="valid_until: 2026-01-31\n")) == []


# ----------------------------------------------------------------------------------------------- amounts


@pytest.mark.parametrize(
    ("amount", "code"),
    [("100 / dagen", "amount_by_zero"), ("50 - dagen", "amount_below_zero"), ("max(0, 50 - dagen)", None)],
)
def test_a_formula_that_goes_astray_is_found(amount: str, code: str | None) -> None:
    rules = f"rules:\n  - {{roles: [medewerker], may: 'Geef {{amount}}.', amount: '{amount}'}}\n"
    found = check(entry(rules, facts="facts:\n  dagen: {type: days}\n"))
    assert codes(found) == ([code] if code else [])


def test_a_divisor_that_cannot_be_zero_is_fine() -> None:
    rules = (
        "rules:\n  - {roles: [medewerker], when: {dagen: '> 0'}, may: 'Geef {amount}.', amount: '100 / dagen'}\n"
        "  - {roles: [medewerker], when: {dagen: '= 0'}, may: Geef niets.}\n"
    )
    assert check(entry(rules, facts="facts:\n  dagen: {type: days}\n")) == []


# ------------------------------------------------------------------------------------------------- prose


@pytest.mark.parametrize(
    "body",
    [
        "Tot € 75,00 geef je zelf een tegoedbon.",
        "Je geeft maximaal vijfenzeventig euro terug.",
        "You may give up to €75.00 yourself, without asking anybody.",
    ],
)
def test_a_limit_in_the_text_that_the_rules_do_not_know_is_found(body: str) -> None:
    found = only(check(entry(body=body)), "prose")
    assert "75" in found.text("nl")
    assert "€ 50,00 en € 250,00" in found.text("nl")


def test_a_limit_in_a_related_policy_about_the_same_subject_is_found() -> None:
    found = only(check(entry(), policy("Zonder bon geven we tot € 75,00 een tegoedbon.")), "prose")
    assert found.entry == "beleid"


@pytest.mark.parametrize(
    "body",
    [
        "Tot € 50,00 geef je zelf een tegoedbon, tot € 250,00 je teamleider.",
        "Vanaf € 50,01 vraag je je teamleider.",
        "De winkel is open tot 18.00 uur en parkeren kost maximaal € 3,50 per uur.",
        "Wie wil, krijgt een kop koffie van € 2,95.",
    ],
)
def test_text_that_agrees_or_is_about_something_else_is_left_in_peace(body: str) -> None:
    others = policy(body)
    assert check(entry(), others) == []


# ---------------------------------------------------------------------------------------------- too much


def test_too_many_cases_are_drawn_the_same_way_each_time_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mandate_cases, "MOST_CELLS", 3)
    found = check(entry(WHOLE.replace("{ongebruikt: yes}", '{bedrag: "<= 500", ongebruikt: yes}')))
    assert codes(found) == ["gap", "drawn"]
    assert "vaste greep" in found[1].text("nl")
    again = check(entry(WHOLE.replace("{ongebruikt: yes}", '{bedrag: "<= 500", ongebruikt: yes}')))
    assert [each.text("nl") for each in again] == [each.text("nl") for each in found]


@pytest.mark.parametrize("pack", ["knowledge/hele-klant", "tests/packs/duinrand"])
def test_the_packs_have_no_errors_and_few_warnings(pack: str) -> None:
    read = content.read_pack(Path(__file__).parent.parent / pack)
    found = mandate_check.check([each.entry for each in read.entries], read.organisation, DAY)
    assert [finding for finding in found if finding.severity == "error"] == []
    assert len(found) <= 3
