"""A stored organisation of invented policies, as an installation has it: database, cached vectors, search index."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import yaml

from copilot import app
from copilot.e5 import E5
from copilot.index_part import passages_of
from copilot.settings import Settings
from copilot.vector_cache import VectorCache, content_key
from tests.bench.search_sets import ROOT, SAMPLE, sentences

HELEKLANT = ROOT / ".venv/bin/heleklant"


def make(size: int, folder: Path) -> Mapping[str, str]:
    """So many policies of shuffled real sentences, imported, with vectors of chance; the environment that finds them.

    The vectors are put in the cache beforehand: embedding is measured by itself.
    """
    environment = {
        **os.environ,
        "HELEKLANT_DATA_DIR": str(folder / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    pack, chance = folder / "pack", random.Random(size)
    told, questions = sentences()
    (pack / "policies").mkdir(parents=True)
    organisation = (SAMPLE / "organisation.yaml").read_text(encoding="utf-8")
    (pack / "organisation.yaml").write_text(organisation, encoding="utf-8")
    for number in range(size):
        head = {
            "id": f"entry-{number}",
            "kind": "policy",
            "title": " ".join(chance.choice(told).split()[:6]),
            "owner": "iemand@example.com",
            "questions": [" ".join(each.split()) for each in chance.sample(questions, 2)],
        }
        body = ". ".join(" ".join(each.split()) for each in chance.sample(told, 6))
        text = f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n{body}\n"
        (pack / "policies" / f"entry-{number}.md").write_text(text, encoding="utf-8")
    subprocess.run([HELEKLANT, "knowledge", "import", pack], env=environment, check=True, stdout=subprocess.DEVNULL)
    _remember_vectors(Settings.from_env(environment, folder), size)
    return environment


def _remember_vectors(settings: Settings, seed: int) -> None:
    assert settings.cache_dir is not None
    cache, numbers = VectorCache(settings.cache_dir), np.random.default_rng(seed)
    with app.open_store(settings) as store:
        for items in store.searchable():
            texts = [text for item in items for text in passages_of(item)]
            vectors = numbers.standard_normal((len(texts), E5.dimensions), dtype=np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            cache.put({content_key(E5.name, text): vector for text, vector in zip(texts, vectors, strict=True)})


_LAUNCH: Final = """
import json, os, subprocess, sys, time
started = time.perf_counter()
running = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(running.pid, 0)
print(json.dumps([status, time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""
"""From a small process: what starts another one counts as the peak of its memory."""


def ran(environment: Mapping[str, str], *command: str) -> tuple[float, float, float]:
    """Seconds, seconds of a processor, and the peak of memory in megabytes of one `heleklant` command."""
    launch = [sys.executable, "-S", "-c", _LAUNCH, str(HELEKLANT), *command]
    told = subprocess.run(launch, env=dict(environment), check=True, stdout=subprocess.PIPE, text=True).stdout
    status, seconds, processor, megabytes = json.loads(told)
    assert status == 0, command
    return seconds, processor, megabytes
