"""The hand-made channel messages, and how precisely help unasked picks among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from copilot.calls import Call
from copilot.chance import wilson

FOLDER: Final = Path(__file__).parent / "cases"
HANDS: Final = ("channel_messages", "channel_messages_later", "channel_messages_strangers")
"""Files, each by other writers than the one before; what they knew of the product stands at their heads."""
BLIND: Final = "channel_messages_blind"
"""A hand that nothing was ever fitted on: what may be expected of words that nobody foresaw."""
CALLS: Final = {"away": Call.AWAY, "asks": Call.ASKS, "none": None}
TUNED_ON: Final = "# tuned on"
"""The lines after it always were open."""


@dataclass(frozen=True)
class ChannelMessage:
    """One message with what it calls for; `locked` ones are only ever counted, never looked at."""

    call: Call | None
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


def messages_by(hand: str) -> list[ChannelMessage]:
    """Every message of a file; a fixed rule on the words themselves says which are locked."""
    fresh, _, tuned = (FOLDER / f"{hand}.tsv").read_text(encoding="utf-8").partition(TUNED_ON + "\n")
    return list(_read(fresh, may_lock=True)) + list(_read(tuned, may_lock=False))


def halves_by(hand: str) -> dict[str, list[ChannelMessage]]:
    """The open half, the locked half and the whole."""
    whole = messages_by(hand)
    return {
        "open": [each for each in whole if not each.locked],
        "locked": [each for each in whole if each.locked],
        "whole": whole,
    }


def score(messages: Iterable[ChannelMessage], wanted: set[Call], offers: Callable[[str], bool]) -> Score:
    """Counts the offers on these messages; right where what they call for is among what is wanted."""
    listed = list(messages)
    made = [each for each in listed if offers(each.text)]
    return Score(sum(each.call in wanted for each in made), len(made), sum(each.call in wanted for each in listed))


def _read(lines: str, may_lock: bool) -> Iterable[ChannelMessage]:
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            label, text = line.split("\t")
            yield ChannelMessage(CALLS[label], text, may_lock and crc32(text.encode()) % 2 == 1)


def _share(part: int, of: int) -> str:
    low, high = wilson(part, of)
    return f"{part}/{of} ({low:.2f} to {high:.2f})"
