"""The hand-made channel messages, and how precisely help unasked picks among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from copilot.chance import wilson

FILE: Final = Path(__file__).parent / "cases" / "channel_messages.tsv"
LABELS: Final = ("away", "asks", "none")
LATER: Final = FILE.with_name("channel_messages_later.tsv")
TUNED_ON: Final = "# tuned on"


@dataclass(frozen=True)
class ChannelMessage:
    """One message with what it is; `locked` ones are only ever counted, never looked at."""

    label: str
    text: str
    locked: bool


@dataclass(frozen=True)
class Score:
    """How many offers were right, how many were made, and how many were wanted."""

    right: int
    made: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.made

    @property
    def recall(self) -> float:
        return self.right / self.wanted

    def __str__(self) -> str:
        return f"precision {_share(self.right, self.made)}, recall {_share(self.right, self.wanted)}"


def channel_messages() -> list[ChannelMessage]:
    """Every message of the set; a fixed rule on the words themselves says which are locked."""
    fresh, tuned = FILE.read_text().split(TUNED_ON + "\n")
    return list(_read(fresh, may_lock=True)) + list(_read(tuned, may_lock=False))


def later_messages() -> list[ChannelMessage]:
    """Messages by a third hand, written after the forms that are scored on them."""
    return list(_read(LATER.read_text(), may_lock=True))


def halves() -> dict[str, list[ChannelMessage]]:
    """The open half, the locked half and the whole."""
    return _halved(channel_messages())


def later_halves() -> dict[str, list[ChannelMessage]]:
    """The same of the later ones."""
    return _halved(later_messages())


def _halved(whole: list[ChannelMessage]) -> dict[str, list[ChannelMessage]]:
    return {
        "open": [each for each in whole if not each.locked],
        "locked": [each for each in whole if each.locked],
        "whole": whole,
    }


def score(messages: Iterable[ChannelMessage], wanted: set[str], offers: Callable[[str], bool]) -> Score:
    """Count the offers on these messages; right where the label is among the wanted ones."""
    listed = list(messages)
    made = [each for each in listed if offers(each.text)]
    return Score(sum(each.label in wanted for each in made), len(made), sum(each.label in wanted for each in listed))


def _read(lines: str, may_lock: bool) -> Iterable[ChannelMessage]:
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            label, text = line.split("\t")
            yield ChannelMessage(label, text, may_lock and crc32(text.encode()) % 2 == 1)


def _share(part: int, of: int) -> str:
    low, high = wilson(part, of)
    return f"{part}/{of} ({low:.2f} to {high:.2f})"
