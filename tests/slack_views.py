"""The forms and Home of a loopback Slack: triggers that expire, a stack of three, and versions by hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.slack_blocks import Refused, check_view, need, unless

TRIGGER_LASTS: Final = 3.0
DEEPEST: Final = 3

if TYPE_CHECKING:
    from tests.loopback_slack import Slack as Workplace
else:
    Workplace = object


class Views(Workplace):
    """views.open, views.push, views.update and views.publish."""

    def trigger(self, user: str = "") -> str:
        """What comes with everything that a person does: good for one form, for three seconds."""
        name = f"{next(self._numbers)}.trigger"
        self.triggers[name] = (self.clock.now(), user)
        return name

    def form(self, name: str) -> dict[str, Any]:
        """The newest form of this name: forms that are asked for together open in any order."""
        named = [view for view in self.views.values() if view.get("callback_id") == name]
        assert named, f"no form {name!r} among {[view.get('callback_id') for view in self.views.values()]}"
        return named[-1]

    def before(self, user: str) -> dict[str, Any]:
        """What stands open before somebody, on top."""
        return self.views[self.stacks[user][-1]]

    def close_forms(self, user: str) -> None:
        self.stacks.pop(user, None)

    def _spent(self, trigger: str) -> str:
        """The person to whom the trigger belongs; never a second time."""
        if trigger in self._used_triggers:
            raise Refused("exchanged_trigger_id")
        need(trigger in self.triggers, "invalid_trigger_id")
        self._used_triggers.add(trigger)
        born, user = self.triggers.pop(trigger)
        unless(self.clock.now() - born > TRIGGER_LASTS, "expired_trigger_id")
        return user

    def _views_open(self, given: dict[str, Any]) -> dict[str, Any]:
        user = self._spent(given["trigger_id"])
        need(given["view"].get("type") == "modal", "invalid_arguments")
        stored = self._store_view(given["view"], f"V{next(self._numbers)}")
        self.stacks[user] = [stored["view"]["id"]]
        return stored

    def _views_push(self, given: dict[str, Any]) -> dict[str, Any]:
        user = self._spent(given["trigger_id"])
        stack = self.stacks.get(user)
        need(stack, "not_found")
        need(len(stack) < DEEPEST, "push_limit_reached")
        stored = self._store_view(given["view"], f"V{next(self._numbers)}")
        stack.append(stored["view"]["id"])
        return stored

    def _views_update(self, given: dict[str, Any]) -> dict[str, Any]:
        old = self.views.get(given.get("view_id", ""))
        need(old, "not_found")
        need(given.get("hash") in (None, old["hash"]), "hash_conflict")
        return self._store_view(given["view"], old["id"])

    def _views_publish(self, given: dict[str, Any]) -> dict[str, Any]:
        need(given["view"].get("type") == "home", "invalid_arguments")
        check_view(given["view"])
        stored = self.homes.get(given["user_id"]) or {}
        need(given.get("hash") in (None, stored.get("hash")), "hash_conflict")
        self.homes[given["user_id"]] = {**given["view"], "hash": f"h{next(self._numbers)}"}
        return {"view": {"id": "VH", "hash": self.homes[given["user_id"]]["hash"]}}

    def _store_view(self, view: Any, id: str) -> dict[str, Any]:
        check_view(view)
        stored = {**view, "id": id, "hash": f"h{next(self._numbers)}"}
        self.views[id] = stored
        return {"view": stored}
