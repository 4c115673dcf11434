"""Tables and plots of tests/bench/results/search.json. Runs in .venv-bench, from bench_search.py."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

PEERS = ("plain BM25", "LangChain vector", "LangChain ensemble", "LlamaIndex fusion", "Haystack hybrid")
OURS = ("ours", "words alone", "meaning alone")


def main(folder: Path) -> None:
    told = json.loads((folder / "search.json").read_text(encoding="utf-8"))
    tables = [_speed(told), _growth(told["grown"]), _packs(told)]
    if "coarse" in told:
        tables.insert(2, _growth(told["coarse"], "Of many texts: the share of questions whose best ten are all found"))
    if "sets" in told:
        tables += [_sets(told["sets"]), _against(told["sets"])]
        _plot_quality(told["sets"], folder / "search-quality.png")
    _plot_growth(told["grown"], folder / "search-growth.png")
    (folder / "search.md").write_text("# Finding, measured\n\n" + "\n\n".join(tables) + "\n", encoding="utf-8")
    print("\n\n".join(tables))


def _table(title: str, head: list[str], rows: list[list[Any]]) -> str:
    lines = [f"## {title}", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(_shown(cell) for cell in row) + " |" for row in rows])


def _shown(cell: Any) -> str:
    if isinstance(cell, float):
        return "-" if cell == -1 else f"{cell:.3f}"
    return "-" if cell == -1 else str(cell)


def _sets(sets: dict[str, Any]) -> str:
    rows = [
        [
            name,
            each["questions"],
            *(each[way]["ndcg10"] for way in (*OURS, "ours, misspelt")),
            *(each[p]["ndcg10"] for p in PEERS),
        ]
        for name, each in sets.items()
    ]
    return _table("nDCG@10 on the shared sets, same vectors", ["set", "questions", *OURS, "misspelt", *PEERS], rows)


def _against(sets: dict[str, Any]) -> str:
    rows = [
        [name, *("{:+.3f} [{:+.3f}, {:+.3f}]".format(*each[peer]["ours_minus_theirs"]) for peer in PEERS)]
        for name, each in sets.items()
    ]
    timed = [[f"{name}, ms a question", *(each[peer]["ms"] for peer in PEERS)] for name, each in sets.items()]
    timed += [[f"{name}, times ours", *(each[p]["ms"] / each["ms"] for p in PEERS)] for name, each in sets.items()]
    return _table(
        "Ours minus theirs (95 % paired bootstrap), and their time without embedding", ["set", *PEERS], rows + timed
    )


def _packs(told: dict[str, Any]) -> str:
    head = list(next(iter(told["packs"].values())))
    return _table("Packs", ["pack", *head], [[name, *each.values()] for name, each in told["packs"].items()])


def _speed(told: dict[str, Any]) -> str:
    figures = {**told["embedding"], **told["cold"]}
    return _table("Speed and memory", ["what", "value"], [[name, value] for name, value in figures.items()])


def _growth(grown: dict[str, Any], title: str = "Growth") -> str:
    sizes = sorted(grown, key=int)
    rows = [[name, *(grown[size].get(name, -1) for size in sizes)] for name in grown[sizes[-1]]]
    return _table(title, ["what", *(f"{int(size):,} texts" for size in sizes)], rows)


def _plot_quality(sets: dict[str, Any], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(9, 4))
    ways = (*OURS, *PEERS)
    for place, way in enumerate(ways):
        heights = [each[way]["ndcg10"] for each in sets.values()]
        axes.bar([x + (place - len(ways) / 2) * 0.1 for x in range(len(sets))], heights, 0.1, label=way)
    axes.set_xticks(range(len(sets)), list(sets))
    axes.set_ylabel("nDCG@10")
    axes.legend(fontsize=7, ncols=4, loc="lower center")
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def _plot_growth(grown: dict[str, Any], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(6, 4))
    sizes = sorted(grown, key=int)
    for way in ("embedding_ms", "find_ms"):
        axes.plot([int(size) for size in sizes], [grown[size][way] for size in sizes], marker="o", label=way)
    axes.set(xscale="log", yscale="log", xlabel="texts", ylabel="ms a question")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
