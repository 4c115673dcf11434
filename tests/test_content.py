"""Packs are read whole or named fault by fault, come out as they went in, and never reach outside their folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot import content
from copilot.domain import Department, Organisation, Role
from copilot.errors import Finding, UsageError
from copilot.organisationfile import read_organisation, slug
from copilot.packs import Pack, PackFile

ON = date(2026, 6, 1)
KNOWLEDGE = Path(__file__).parent.parent / "knowledge"
DUINRAND = Path(__file__).parent / "packs" / "duinrand"

ORGANISATION = """\
# Een bakker om de hoek
organisatie: Bakkerij 't Stoepje
valuta: EUR
aanspreekvorm: je
rollen:
  - id: verkoper
  - id: bakker
    titel: Meesterbakker
    boven: verkoper
  - id: baas
    boven: [bakker]
afdelingen:
  - id: winkel
    titel: De winkel
    slack: "#winkel"
  - id: bakkerij
"""
POLICY = "---\nid: {id}\nkind: policy\ntitle: Over {id}\n{extra}---\nTekst over {id}.\n"
MANDATE = (
    "---\nid: {id}\nkind: mandate\ntitle: Mag {id}\nfacts:\n  bedrag: {{type: money}}\nrules:\n"
    "  - roles: [verkoper]\n    may: Geef het.\n---\n"
)
LIMIT = "period_limit: {fact: bedrag, max: 9, per: case, days: 2, roles: x}\n"
SOLUTION = (
    "---\nid: {id}\nkind: solution\ntitle: Zo doe je {id}\nsteps:\n  - do: Doe het.\n    mandate: {mandate}\n---\n"
)


def policy(entry_id: str, extra: str = "") -> str:
    return POLICY.format(id=entry_id, extra=extra)


def make(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def bakery(folder: Path, **files: str | bytes) -> Path:
    named = {name.replace("__", "/").replace("_md", ".md"): text for name, text in files.items()}
    return make(folder, {"organisation.yaml": ORGANISATION, **named})


def ids(pack: Pack) -> list[str]:
    return [each.entry.id for each in pack.entries]


def errors(findings: list[Finding] | tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def the_error(folder: Path) -> Finding:
    found = errors(content.check(content.read_pack(folder), ON))
    assert len(found) == 1, [(finding.where(), finding.text("nl")) for finding in found]
    return found[0]


# ------------------------------------------------------------------------------------------- organisation


def test_an_organisation_is_read_in_dutch_and_bare_roles_get_a_title() -> None:
    organisation, findings = read_organisation(ORGANISATION)
    assert findings == []
    assert organisation == Organisation(
        id="bakkerij-t-stoepje",
        name="Bakkerij 't Stoepje",
        tone="je",
        roles=(
            Role("verkoper", "Verkoper"),
            Role("bakker", "Meesterbakker", ("verkoper",)),
            Role("baas", "Baas", ("bakker",)),
        ),
        departments=(Department("winkel", "De winkel", "#winkel"), Department("bakkerij", "Bakkerij")),
    )


def test_roles_may_be_a_list_of_names_alone() -> None:
    organisation, findings = read_organisation("organisation: A\nroles: [ober, eerste-ober]\n")
    assert findings == []
    assert organisation.roles == (Role("ober", "Ober"), Role("eerste-ober", "Eerste ober"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("De Hele Klant Groep", "de-hele-klant-groep"), ("Café Ñandú & Zn.", "cafe-nandu-zn"), ("C3", "c3")],
)
def test_an_organisation_is_known_by_its_name(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_in_another_script_stay_apart() -> None:
    assert slug("面包店") != slug("书店")
    assert slug("面包店").startswith("organisation-")


@pytest.mark.parametrize(
    ("text", "code", "line", "field", "nl", "en"),
    [
        ("language: nl\n", "missing", 1, "organisation", "ontbreekt", "is missing"),
        ("organisation: A\ntoon: je\n", "unknown_key", 2, "toon", 'Bedoel je "tone"?', 'Did you mean "tone"?'),
        ("organisation: A\norganisatie: B\n", "duplicate_key", 2, "organisatie", "hetzelfde", "means the same"),
        ("organisation: A\nlanguage: fr\n", "bad_value", 2, "language", "Kies uit: nl, en", "Choose from: nl, en"),
        ("organisation: A\ntone: jij\n", "bad_value", 2, "tone", "u, je", "u, je"),
        ("organisation: A\nvaluta: euro\n", "bad_value", 2, "valuta", "drie hoofdletters", "three capitals"),
        ("organisation: A\nroles: baas\n", "wrong_type", 2, "roles", "- …", "- …"),
        ("organisation: A\nroles:\n- title: x\n", "missing", 3, "roles[1].id", '"id" ontbreekt', '"id" is missing'),
        ("organisation: A\nroles: [b b]\n", "bad_id", 2, "roles[1].id", "zonder spaties", "without spaces"),
        ("organisation: A\nroles:\n- b\n- b\n", "duplicate_id", 4, "roles[2].id", "andere id", "another id"),
        (
            "organisation: A\nroles:\n- id: chef\n  above: ohber\n- id: ober\n",
            "unknown_role",
            4,
            "roles[1].above",
            'Bedoel je "ober"?',
            'Did you mean "ober"?',
        ),
        (
            "organisation: A\nroles:\n- id: a\n  above: c\n- id: b\n  above: a\n- id: c\n  above: b\n",
            "role_cycle",
            None,
            "above",
            "Haal één above weg",
            "Remove one above",
        ),
        ("organisation: A\nroles:\n- id: a\n  above: a\n", "role_cycle", 4, "roles[1].above", "a > a", "a > a"),
        ("", "wrong_type", 1, "", "organisation: naam", "organisation: name"),
        ("- a\n", "wrong_type", 1, "", "organisation: naam", "organisation: name"),
        ("organisation: A\n---\norganisation: B\n", "unreadable", 2, "", "tweede document", "second document"),
        ("organisation: 'A\n", "unreadable", 1, "", "sluitende teken", "closing quote"),
    ],
)
def test_a_fault_in_the_organisation_is_named_with_its_remedy(
    text: str, code: str, line: int | None, field: str, nl: str, en: str
) -> None:
    _, findings = read_organisation(text, "map/organisation.yaml")
    assert [finding.code for finding in findings] == [code]
    fault = findings[0]
    assert fault.file == "map/organisation.yaml"
    assert line in (None, fault.line)
    assert fault.field.endswith(field)
    assert nl in fault.text("nl")
    assert en in fault.text("en")


def test_a_ring_of_roles_is_shown_whole() -> None:
    _, findings = read_organisation("organisation: A\nroles:\n- {id: a, above: b}\n- {id: b, above: a}\n")
    ring = findings[0].values["ring"]
    assert ring in ("a > b > a", "b > a > b")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(ORGANISATION)), st.integers(0, len(ORGANISATION)), st.text(max_size=5))
def test_no_organisation_file_gives_anything_but_findings(first: int, second: int, piece: str) -> None:
    low, high = sorted((first, second))
    _, findings = read_organisation(ORGANISATION[:low] + piece + ORGANISATION[high:])
    for finding in findings:
        assert finding.text("nl") != finding.text("en")


# -------------------------------------------------------------------------------------------------- packs


def test_a_pack_is_read_with_all_that_is_not_an_entry_beside_it(tmp_path: Path) -> None:
    folder = make(
        tmp_path,
        {
            "organisation.yaml": ORGANISATION,
            "brood.md": policy("brood"),
            "diep/in/een/map/taart.md": policy("taart"),
            "README.md": "# Lees mij",
            "diep/readme.nl.md": "Uitleg",
            "_concept/later.md": "nog niets",
            "_later.md": "nog niets",
            "cases/vragen.yaml": "- id: a",
            "cases/uitleg.md": "Over de vragen",
            ".git/config": "[core]",
            ".verborgen.md": "x",
        },
    )
    pack = content.read_pack(folder)
    assert pack.findings == ()
    assert ids(pack) == ["brood", "taart"]
    assert [each.path for each in pack.entries] == ["brood.md", "diep/in/een/map/taart.md"]
    assert [each.path for each in pack.files] == [
        *("README.md", "_concept/later.md", "_later.md", "cases/uitleg.md", "cases/vragen.yaml", "diep/readme.nl.md"),
    ]
    assert pack.organisation.name == "Bakkerij 't Stoepje"


def test_what_is_written_out_is_what_was_read_byte_for_byte(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "organisation.yaml": b"\xef\xbb\xbf" + ORGANISATION.replace("\n", "\r\n").encode(),
        "brood.md": policy("brood").replace("\n", "\r\n"),
        "taart.md": b"\xef\xbb\xbf" + policy("taart").encode() + b"\n\n   \n",
        "koek/koek.md": policy("koek", "# een opmerking\ntags: [ 'a' ,b ]   # nog een\n").rstrip("\n"),
        "cases/a.jsonl": '{"id": "a"}\r\n\r\n',
        "README.md": "caf\u00e9 cafe\u0301",
        "leeg.txt": "",
    }
    pack = content.read_pack(make(tmp_path / "in", files))
    assert pack.findings == ()
    content.write_pack(tmp_path / "uit" / "hier", pack)
    written = {str(path.relative_to(tmp_path / "uit" / "hier")): path for path in (tmp_path / "uit").rglob("*.*")}
    assert set(written) == set(files)
    for path in files:
        assert written[path].read_bytes() == (tmp_path / "in" / path).read_bytes()
    assert content.read_pack(tmp_path / "uit" / "hier") == pack


@pytest.mark.parametrize("folder", [DUINRAND, KNOWLEDGE / "hele-klant"], ids=["duinrand", "hele-klant"])
def test_our_own_packs_come_out_as_they_went_in(folder: Path, tmp_path: Path) -> None:
    pack = content.read_pack(folder)
    content.write_pack(tmp_path, pack)
    originals = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert originals
    for path in originals:
        assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes()
    assert errors(content.check(pack, date(2026, 11, 22))) == []


def test_one_bad_file_does_not_stop_the_good_ones(tmp_path: Path) -> None:
    folder = bakery(tmp_path, goed_md=policy("goed"), fout_md="---\nid: fout\nkind: [\n---\n", ook_md=policy("ook"))
    pack = content.read_pack(folder)
    assert ids(pack) == ["goed", "ook"]
    assert [(Path(finding.file).name, finding.line) for finding in pack.findings] == [("fout.md", 3)]


def test_the_place_of_a_fault_can_be_opened_from_where_the_command_was_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bakery(tmp_path / "kennis" / "bakker", map__fout_md="geen kop")
    monkeypatch.chdir(tmp_path)
    assert content.read_pack(Path("kennis/bakker")).findings[0].where() == "kennis/bakker/map/fout.md:1"


@pytest.mark.parametrize(
    ("files", "code", "file", "line", "field", "nl", "en"),
    [
        (
            {"a.md": policy("brood"), "b.md": policy("brood")},
            *("duplicate_id", "b.md", 2, "id", "a.md", "a.md"),
        ),
        (
            {"a.md": policy("a", "afdeling: winkels\n")},
            *("unknown_department", "a.md", 5, "afdeling", 'Bedoel je "winkel"?', 'Did you mean "winkel"?'),
        ),
        (
            {"a.md": policy("a", "department: kapsalon\n")},
            *("unknown_department", "a.md", 5, "department", "kies uit: winkel, bakkerij", "choose from: winkel"),
        ),
        (
            {"a.md": policy("a", "audience: [verkoper, koning]\n")},
            *("unknown_role", "a.md", 5, "audience[2]", "kies uit: verkoper, bakker, baas", "choose from"),
        ),
        (
            {"a.md": MANDATE.format(id="a").replace("verkoper", "verkopr")},
            *("unknown_role", "a.md", 8, "rules[1].roles[1]", 'Bedoel je "verkoper"?', "Did you mean"),
        ),
        (
            {"a.md": policy("a", "zie_ook:\n  - aa\n"), "bb.md": policy("bb")},
            *("dead_reference", "a.md", 6, "zie_ook[1]", "Verbeter de verwijzing", "Correct the reference"),
        ),
        (
            {"a.md": policy("a", "related: kroket\n"), "kroketten.md": policy("kroketten")},
            *("dead_reference", "a.md", 5, "related", 'Bedoel je "kroketten"?', 'Did you mean "kroketten"?'),
        ),
        (
            {"a.md": MANDATE.format(id="a").replace("may: Geef het.", "may: Geef het.\n    instead: weg")},
            *("dead_reference", "a.md", 10, "rules[1].instead", 'geen kennisitem "weg"', 'no entry "weg"'),
        ),
        (
            {"a.md": SOLUTION.format(id="a", mandate="weg")},
            *("dead_reference", "a.md", 7, "steps[1].mandate", 'geen kennisitem "weg"', 'no entry "weg"'),
        ),
        (
            {"a.md": SOLUTION.format(id="a", mandate="b"), "b.md": policy("b")},
            *("not_a_mandate", "a.md", 7, "steps[1].mandate", "kind: mandate", "kind: mandate"),
        ),
        (
            {"a.md": SOLUTION.format(id="a", mandate="b\nnext: [x]"), "b.md": MANDATE.format(id="b")},
            *("dead_reference", "a.md", 8, "next[1]", 'geen kennisitem "x"', 'no entry "x"'),
        ),
        (
            {"c.md": SOLUTION.format(id="c", mandate="").replace("mandate: ", "handover: {to: keuken}")},
            *("unknown_department", "c.md", 7, "steps[1].handover.to", "kies uit: winkel", "choose from: winkel"),
        ),
        (
            {"a.md": MANDATE.format(id="a").replace("facts:", LIMIT + "facts:")},
            *("unknown_role", "a.md", 5, "period_limit.roles", "kies uit: verkoper", "choose from: verkoper"),
        ),
        ({"a.md": b"---\nid: a\n\xff\xfe"}, "unreadable", "a.md", 3, "", "UTF-8", "UTF-8"),
        ({"a.md": policy("a").encode("utf-16")}, "unreadable", "a.md", 1, "", "Sla het op als UTF-8", "as UTF-8"),
        ({"a.md": "Zomaar tekst"}, "unreadable", "a.md", 1, "", "Laat de naam met _ beginnen", "name begin with _"),
        ({"a.md": "---\n" + "x" * 1_000_001}, "too_large", "a.md", None, "", "groter dan 1 MB", "larger than 1 MB"),
        ({"cases/a.yaml": b"\xff", "a.md": policy("a")}, "unreadable", "a.yaml", 1, "", "UTF-8", "UTF-8"),
    ],
)  # fmt: skip
def test_a_fault_in_a_pack_is_named_with_file_line_field_and_remedy(
    tmp_path: Path,
    files: dict[str, str | bytes],
    code: str,
    file: str,
    line: int | None,
    field: str,
    nl: str,
    en: str,
) -> None:
    fault = the_error(make(tmp_path, {"organisation.yaml": ORGANISATION, **files}))
    assert (fault.code, Path(fault.file).name, fault.line, fault.field) == (code, file, line, field)
    assert nl in fault.text("nl")
    assert en in fault.text("en")


def test_a_duplicate_id_names_both_files_and_keeps_the_first(tmp_path: Path) -> None:
    folder = bakery(tmp_path, a_md=policy("brood"), map__b_md=policy("brood"))
    fault = the_error(folder)
    assert fault.file == str(folder / "map" / "b.md")
    assert str(folder / "a.md") in fault.text("nl")
    assert ids(content.read_pack(folder)) == ["brood"]


def test_a_reference_to_a_broken_file_is_not_called_dead(tmp_path: Path) -> None:
    related = policy("a", "related: [b, c]\n")
    folder = bakery(tmp_path, a_md=related, b_md=policy("b", "onzin: 1\n"), c_md=policy("c", "tags: [\n"))
    assert [Path(finding.file).name for finding in errors(content.check(content.read_pack(folder), ON))] == [
        *("b.md", "c.md"),
    ]


def test_roles_are_not_called_unknown_when_the_organisation_cannot_be_read(tmp_path: Path) -> None:
    folder = bakery(tmp_path, a_md=policy("a", "audience: verkoper\ndepartment: winkel\n"))
    (folder / "organisation.yaml").write_text("organisation: 'A\n")
    assert Path(the_error(folder).file).name == "organisation.yaml"


def test_a_pack_without_entries_or_organisation_says_so(tmp_path: Path) -> None:
    assert the_error(bakery(tmp_path / "leeg")).code == "empty_pack"
    assert the_error(make(tmp_path / "zonder", {"a.md": policy("a")})).code == "no_organisation"
    assert the_error(tmp_path / "nergens").code == "no_folder"
    assert the_error(make(tmp_path, {"bestand": "x"}) / "bestand").code == "no_folder"


def test_a_review_that_is_overdue_is_worth_a_look(tmp_path: Path) -> None:
    pack = content.read_pack(bakery(tmp_path, a_md=policy("a", "herzien_voor: 2026-05-31\n")))
    assert content.check(pack, date(2026, 5, 31)) == []
    late = content.check(pack, date(2026, 6, 1))
    assert [(each.severity, each.code, each.line, each.field) for each in late] == [
        ("warning", "overdue", 5, "herzien_voor")
    ]
    assert "2026-05-31" in late[0].text("nl")


def test_a_contradiction_between_mandates_is_placed_in_a_file(tmp_path: Path) -> None:
    one = MANDATE.format(id="een").replace("facts:", "action: geven\nfacts:")
    other = one.replace("id: een", "id: ander").replace("roles: [verkoper]", "roles: [baas]")
    found = errors(content.check(content.read_pack(bakery(tmp_path, een_md=one, ander_md=other)), ON))
    assert found
    assert all(Path(finding.file).name in ("een.md", "ander.md") and finding.line for finding in found)


def test_pictures_stay_out_and_that_is_said(tmp_path: Path) -> None:
    pack = content.read_pack(bakery(tmp_path, a_md=policy("a"), **{"foto.png": b"\x89PNG\x00\xff"}))
    assert [(finding.severity, Path(finding.file).name) for finding in pack.findings] == [("warning", "foto.png")]
    assert pack.files == ()


# -------------------------------------------------------------------------------------------------- folders


def test_a_folder_of_packs_gives_each_of_them(tmp_path: Path) -> None:
    for name in ("b", "a", ".git", "_oud"):
        bakery(tmp_path / name)
    make(tmp_path, {"geen-pak/x.md": policy("x")})
    assert content.find_packs(tmp_path) == (tmp_path / "a", tmp_path / "b")
    assert content.find_packs(tmp_path / "a") == (tmp_path / "a",)
    assert content.find_packs(tmp_path / "geen-pak") == (tmp_path / "geen-pak",)


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="bestaat niet"):
        content.find_packs(tmp_path / "nergens")
    with pytest.raises(UsageError, match="is een bestand"):
        content.find_packs(make(tmp_path, {"x": "y"}) / "x")


def test_links_that_go_round_are_followed_once(tmp_path: Path) -> None:
    folder = bakery(tmp_path / "pak", map__a_md=policy("a"))
    elsewhere = make(tmp_path / "elders", {"b.md": policy("b")})
    (folder / "map" / "terug").symlink_to(folder)
    (folder / "aan-het-begin").symlink_to(folder / "map")
    (folder / "buiten").symlink_to(elsewhere)
    (elsewhere / "weer-binnen").symlink_to(folder)
    (folder / "zichzelf.md").symlink_to(folder / "zichzelf.md")
    (folder / "weg.md").symlink_to(folder / "nergens.md")
    pack = content.read_pack(folder)
    assert [each.path for each in pack.entries] == ["buiten/b.md", "map/a.md"]
    assert sorted(Path(finding.file).name for finding in pack.findings) == ["weg.md", "zichzelf.md"]
    assert {finding.code for finding in pack.findings} == {"unreadable"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_folder_is_not_waited_for(tmp_path: Path) -> None:
    folder = bakery(tmp_path, a_md=policy("a"))
    os.mkfifo(folder / "pijp.md")
    assert ids(content.read_pack(folder)) == ["a"]


@pytest.mark.parametrize("name", [b"\xff.md", b"c:d.md", b"a\\b.md", b"a\nb.md"])
def test_a_file_name_that_cannot_travel_is_named(tmp_path: Path, name: bytes) -> None:
    folder = bakery(tmp_path, a_md=policy("a"))
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(policy("b"))
    except OSError:
        pytest.skip("this file system refuses such names")
    pack = content.read_pack(folder)
    assert ids(pack) == ["a"]
    assert [finding.code for finding in pack.findings] == ["file_name"]
    assert pack.findings[0].text("nl").encode("utf-8")


@pytest.mark.parametrize(
    "path", ["../a.md", "/etc/a.md", "a/../../b.md", "", "a//b.md", "a\\b.md", "c:/a.md", "a\0.md", "./a.md"]
)
def test_nothing_is_written_outside_the_folder(path: str, tmp_path: Path) -> None:
    pack = Pack(Organisation(id="a", name="A"), "organisation: A\n", files=(PackFile(path=path, text="x"),))
    with pytest.raises(UsageError, match="buiten de map"):
        content.write_pack(tmp_path / "hier", pack)
    assert not (tmp_path / "hier").exists()


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    make(tmp_path, {"bestand": "x"})
    with pytest.raises(UsageError, match="niet te schrijven"):
        content.write_pack(tmp_path / "bestand", Pack(Organisation(id="a", name="A"), "organisation: A\n"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["a.md", "organisation.yaml", "cases/x.yaml", "b/c.md"]), st.binary(max_size=60))
)
def test_no_folder_gives_anything_but_a_pack_with_findings(tmp_path: Path, files: dict[str, bytes]) -> None:
    for path in ("a.md", "organisation.yaml", "cases/x.yaml", "b/c.md"):
        (tmp_path / path).unlink(missing_ok=True)
    pack = content.read_pack(make(tmp_path, files))
    assert errors(pack.findings)


def test_a_thousand_entries_are_read_and_checked_in_seconds(tmp_path: Path) -> None:
    sample = (DUINRAND / "organisation.yaml").read_text(encoding="utf-8")
    texts = [path.read_text(encoding="utf-8") for path in sorted(DUINRAND.rglob("*.md")) if "README" not in path.name]
    make(tmp_path, {"organisation.yaml": sample})
    for number in range(1000):
        text = texts[number % len(texts)]
        (tmp_path / f"{number}.md").write_text(text.replace("id: ", f"id: n{number}-", 1), encoding="utf-8")
    began = perf_counter()
    pack = content.read_pack(tmp_path)
    assert len(pack.entries) == 1000
    assert perf_counter() - began < 10  # about 0.6 s on a quiet machine
