"""Socket Mode of a loopback Slack: one ticket, one connection; every envelope acknowledged once, in time, or again."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSMsgType, web

from tests.slack_blocks import need
from tests.slack_limits import GIVES_UP

MOST_CONNECTIONS: Final = 10
MOST_DELIVERIES: Final = 4

if TYPE_CHECKING:
    from tests.loopback_slack import Slack as Workplace
else:
    Workplace = object


class Sockets(Workplace):
    """apps.connections.open, and what goes over the lines that it opens."""

    def _apps_connections_open(self, given: dict[str, Any]) -> dict[str, Any]:
        need(not self.link_disabled, "link_disabled")
        need(len(self.sockets) < MOST_CONNECTIONS, "too_many_websockets")
        ticket = f"t{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"url": self.url.replace("http", "ws") + f"link/{ticket}"}

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            return web.Response(status=401, text="invalid_ticket")
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(heartbeat=GIVES_UP)
        await socket.prepare(request)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.sockets) + 1,
                "debug_info": {"host": "loopback", "approximate_connection_time": 18060},
                "connection_info": {"app_id": "A1"},
            }
        )
        self.sockets.append(socket)
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT and message.data.startswith("{"):
                    self._acknowledged(json.loads(message.data))
        finally:
            self.sockets.remove(socket)
        return socket

    def _acknowledged(self, answer: dict[str, Any]) -> None:
        waiting, takes_payload = self._envelopes.pop(answer.get("envelope_id", ""), (None, False))
        if waiting is None:
            self.refused.append(("envelope", "acknowledged twice, or never sent"))
        elif answer.get("payload") and not takes_payload:
            self.refused.append(("envelope", "a payload that was not asked for"))
        elif not waiting.done():
            waiting.set_result(answer.get("payload"))

    async def over_socket(
        self, kind: str, payload: dict[str, Any], *, answers: bool = False, patience: float = GIVES_UP
    ) -> Any:
        """Delivers an envelope until it is acknowledged, each time on the next line; what came back with that."""
        for attempt in range(MOST_DELIVERIES):
            id = f"env{next(self._numbers)}"
            envelope = {"envelope_id": id, "type": kind, "payload": payload, "accepts_response_payload": answers}
            if attempt and kind == "events_api":
                envelope |= {"retry_attempt": attempt, "retry_reason": "timeout"}
            waiting = asyncio.get_running_loop().create_future()
            self._envelopes[id] = (waiting, answers)
            started = time.perf_counter()
            await self.sockets[-1 - attempt % len(self.sockets)].send_json(envelope)
            try:
                answer = await asyncio.wait_for(waiting, patience)
            except TimeoutError:
                self.redelivered += 1
                continue
            self.acks.append(time.perf_counter() - started)
            return answer
        raise AssertionError("never acknowledged: Slack gives up")

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Asks every line to come back (`refresh_requested`), or says that Socket Mode is off (`link_disabled`)."""
        self.link_disabled = reason == "link_disabled"
        for socket in list(self.sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}})
