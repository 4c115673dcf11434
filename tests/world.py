"""A small world of its own: a bicycle shop with a handful of entries, written out as a pack."""

from __future__ import annotations

from pathlib import Path

ORGANISATION = """\
organisation: Fietsenwinkel De Ketting
language: nl
currency: EUR
tone: je
roles:
  - id: verkoper
    title: Verkoper
  - id: bedrijfsleider
    title: Bedrijfsleider
    above: verkoper
  - id: eigenaar
    title: Eigenaar
    above: bedrijfsleider
departments:
  - id: werkplaats
    title: Werkplaats
  - id: winkel
    title: Winkel
"""

ENTRIES = {
    "korting/korting-beschadigde-fiets.md": """\
---
id: korting-beschadigde-fiets
kind: mandate
title: Korting op een fiets met een kras
owner: eva@example.com
department: winkel
source: Winkelboek 3.1
related: [fiets-met-kras]
questions:
  - Klant ziet een kras op de fiets en wil korting
facts:
  korting:
    type: money
    ask: Hoeveel korting wil de klant?
  showmodel:
    type: yesno
    ask: Is het een showmodel?
    yes: [showmodel, uit de etalage]
    no: [nieuw in doos, geen showmodel]
rules:
  - roles: [verkoper]
    when: {korting: "<= 25"}
    may: Geef de korting direct aan de kassa.
  - roles: [bedrijfsleider]
    when: {korting: "<= 100", showmodel: yes}
    may: Geef de korting en noteer het framenummer.
  - never: true
    when: {korting: "> 500"}
    because: Meer dan dat is de fiets niet waard.
    instead: fiets-met-kras
---
""",
    "korting/fiets-met-kras.md": """\
---
id: fiets-met-kras
kind: solution
title: Een fiets met een kras toch blij de deur uit
owner: eva@example.com
department: winkel
related: [korting-beschadigde-fiets]
questions:
  - Er zit een kras op het frame, wat doe ik
customer:
  wants: Een fiets zonder kras.
  worries: Dat hij te veel betaalt.
  delight: Dat jij het oplost voordat hij erom vraagt.
say: Ik zorg dat je er tevreden mee wegrijdt.
steps:
  - do: Bekijk de kras samen met de klant.
  - do: Bied korting aan.
    mandate: korting-beschadigde-fiets
  - do: Laat de kras bijwerken.
    handover:
      to: werkplaats
      within: een dag
      tell: [framenummer, naam]
next: [gratis-beurt]
---
Een kras is van ons, niet van de klant.
""",
    "service/gratis-beurt.md": """\
---
id: gratis-beurt
kind: policy
title: De eerste onderhoudsbeurt is gratis
owner: jan@example.com
department: werkplaats
valid_from: 2026-01-01
questions:
  - Wanneer is het eerste onderhoud gratis?
---
Wie een nieuwe fiets koopt, krijgt de eerste beurt cadeau. Plan hem binnen drie maanden.
""",
    "service/sleutel-kwijt.md": """\
---
id: sleutel-kwijt
kind: solution
title: Fietssleutel kwijt en het slot moet open
owner: jan@example.com
department: werkplaats
questions:
  - Klant heeft zijn fietssleutel verloren
say: Ik maak je slot open en je fietst zo weer.
steps:
  - do: Vraag om een bewijs van aankoop.
  - do: Zaag het slot open en leg een nieuw slot klaar.
---
""",
    "intern/inkoopprijs.md": """\
---
id: inkoopprijs
kind: policy
title: Inkoopprijs en marge van e-bikes
owner: eva@example.com
audience: [eigenaar]
questions:
  - Wat is de inkoopprijs van een e-bike?
---
De marge op e-bikes is 31 procent.
""",
    "service/oude-actie.md": """\
---
id: oude-actie
kind: policy
title: Zomeractie bakfietsen
owner: jan@example.com
valid_until: 2026-08-31
questions:
  - Geldt de zomeractie op bakfietsen nog?
---
Bakfietsen gaan deze zomer met een gratis regenhoes de deur uit.
""",
}


def write_pack(folder: Path, *, without: tuple[str, ...] = (), **extra: str) -> Path:
    """The pack in a folder; `extra` maps a path with `/` and `.` to more text."""
    (folder / "organisation.yaml").parent.mkdir(parents=True, exist_ok=True)
    (folder / "organisation.yaml").write_text(ORGANISATION, encoding="utf-8")
    for path, text in {**ENTRIES, **extra}.items():
        if path not in without:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    return folder
