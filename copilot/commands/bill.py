"""Adds up what a model cost, answer by answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copilot.evaluate import Spent

if TYPE_CHECKING:
    from copilot.phrasing import Account


class Bill:
    """Told of every request to a model; tells what came in since it was last asked."""

    def __init__(self) -> None:
        self._accounts: list[Account] = []

    def add(self, account: Account) -> None:
        self._accounts.append(account)

    def since_last(self) -> Spent:
        uses = [account.use for account in self._accounts]
        self._accounts.clear()
        return Spent(
            input_tokens=sum(use.input_tokens for use in uses),
            output_tokens=sum(use.output_tokens for use in uses),
            cost=float(sum(use.cost or 0 for use in uses)),
        )
