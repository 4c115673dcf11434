"""Makes copilot/e5_centre.bin: what all texts, and all texts of one language, have in common to the bundled model.

Four vectors of 384 float32: the middle of Dutch questions and of Dutch passages, and what to add to an
English question or passage to make it stand where its Dutch twin stands. Taken over the development sets
in shared/data/retrieval (EUPL-1.2, GPL-2+, CC-BY-4.0), of which corona and alchemy exist in both languages.

    .venv/bin/python -m tests.bench.make_centre ../shared/data/retrieval
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from copilot import e5
from copilot.e5_weights import find_weights

DUTCH = ("corona-nl", "debfaq-nl", "alchemy-nl")


def texts(path: Path) -> list[str]:
    return [json.loads(line)["text"][: e5.LONGEST_PASSAGE] for line in path.read_text(encoding="utf-8").splitlines()]


def main(folder: Path) -> None:
    engine = e5.OnnxEngine(find_weights())

    def middle(name: str, file: str, prefix: str) -> np.ndarray:
        print(name, file)
        return engine.embed(texts(folder / name / file), prefix).mean(0)

    asked = {name: middle(name, "queries.jsonl", "query: ") for name in (*DUTCH, "corona-en", "alchemy-en2nl")}
    told = {name: middle(name, "corpus.jsonl", "passage: ") for name in (*DUTCH, "corona-en")}
    centre = [
        np.mean([asked[name] for name in DUTCH], 0),
        np.mean([told[name] for name in DUTCH], 0),
        (asked["corona-nl"] - asked["corona-en"] + asked["alchemy-nl"] - asked["alchemy-en2nl"]) / 2,
        told["corona-nl"] - told["corona-en"],
    ]
    e5.CENTRE_FILE.write_bytes(np.array(centre, np.float32).tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
