"""Reads the cosines of any embedder on one scale: that of the bundled model, with which all thresholds were measured.

Embedders differ in what cosine two unrelated texts have (0.1 with one, 0.8 with another). Twelve questions with
their answers tell: how near is a text to its own answer, how near to those of others? The line through these two
carries the cosines over. So a threshold holds for an embedder that nobody has measured yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from copilot.vector_index import Vector

PAIRS: Final = (
    ("Hoe laat gaat de winkel open?", "Openingstijden. Wij zijn elke dag open van negen tot zes uur."),
    ("Mijn fiets is gestolen, wat nu?", "Diefstal van een fiets. Doe aangifte en geef het framenummer door."),
    ("Kan ik met een bon betalen?", "Betalen met een cadeaubon. Scan de bon en reken het restant af."),
    ("De verwarming doet het niet", "Storing van de cv-ketel. Vul water bij en herstart de ketel."),
    ("Hoe vraag ik een paspoort aan?", "Paspoort. Neem een pasfoto en uw oude paspoort mee naar het loket."),
    ("Mag mijn hond mee naar binnen?", "Huisdieren. Honden zijn aangelijnd welkom, behalve in het restaurant."),
    ("Waar kan ik parkeren?", "Parkeren. Achter het gebouw is een parkeerterrein met laadpalen."),
    ("Ik ben mijn wachtwoord vergeten", "Nieuw wachtwoord instellen. Klik op de link in de e-mail."),
    ("Het eten was koud", "Klacht over een maaltijd. Bied een nieuwe maaltijd aan."),
    ("Wanneer wordt mijn pakket bezorgd?", "Bezorging. De bezorger komt tussen twaalf en vier uur langs."),
    ("Hoeveel kost een kaartje voor kinderen?", "Toegangsprijzen. Kinderen tot twaalf jaar betalen de helft."),
    ("Iemand voelt zich niet goed", "Eerste hulp. Bel de hulpverlener en blijf bij de persoon."),
)
RELATED: Final = 0.691
UNRELATED: Final = 0.547
"""The mean cosines of the bundled model, centred, on the pairs and on everything else."""


@dataclass(frozen=True)
class Scale:
    """The line that carries an embedder's cosines over to those of the bundled model."""

    factor: float = 1.0
    offset: float = 0.0

    def read(self, cosine: float) -> float:
        return cosine * self.factor + self.offset

    @classmethod
    def of(cls, vectors: Sequence[Vector]) -> Scale:
        """From the vectors of `texts()`, in that order."""
        related, unrelated = anchors(vectors)
        if related - unrelated < 1e-3:
            return cls()  # it tells nothing apart; no line makes that better
        factor = (RELATED - UNRELATED) / (related - unrelated)
        return cls(factor, UNRELATED - factor * unrelated)


def texts() -> list[str]:
    return [question for question, _ in PAIRS] + [answer for _, answer in PAIRS]


def anchors(vectors: Sequence[Vector]) -> tuple[float, float]:
    """The mean cosine of questions with their own answers, and with those of others."""
    questions, answers = np.array(vectors[: len(PAIRS)]), np.array(vectors[len(PAIRS) :])
    cosines = questions @ answers.T
    own = float(np.trace(cosines)) / len(PAIRS)
    return own, (float(cosines.sum()) - own * len(PAIRS)) / (cosines.size - len(PAIRS))
