"""The streams of a loopback Slack: who may start one, what may be added, and when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.slack_blocks import check_blocks, letters_of, need, unless
from tests.slack_message import Message

CLOSES_AFTER: Final = 300.0
"""Seconds after its start that Slack ends a stream by itself (python-slack-sdk #1859)."""
MOST_MARKDOWN: Final = 12_000
MOST_OF_ALL: Final = 13_200

if TYPE_CHECKING:
    from tests.loopback_slack import Slack as Workplace
else:
    Workplace = object


class Streaming(Workplace):
    """chat.startStream, chat.appendStream and chat.stopStream."""

    def open_streams(self) -> list[Message]:
        return [each for each in self.messages if self._is_open(each)]

    def stop_by_hand(self, message: Message) -> None:
        """The person presses Stop."""
        message.streaming_state, message.stopped = "completed", True

    def _is_open(self, message: Message) -> bool:
        if message.streaming_state == "in_progress" and self.clock.now() - message.started > CLOSES_AFTER:
            message.streaming_state = "errored"
        return message.streaming_state == "in_progress"

    def _chat_startStream(self, given: dict[str, Any]) -> dict[str, Any]:
        channel = given["channel"]
        need(channel.startswith("D") or channel in self.channels, "channel_not_found")
        need(channel.startswith("D") or self.bot in self.channels[channel], "not_in_channel")
        need(self.is_thread(channel, given["thread_ts"]), "invalid_thread_ts")
        if not channel.startswith("D"):
            need(given.get("recipient_team_id"), "missing_recipient_team_id")
            need(given.get("recipient_user_id"), "missing_recipient_user_id")
        text = self._markdown(given, may_be_empty=True)
        need("blocks" not in given, "invalid_arguments")
        message = Message(channel, self.new_ts(), text, [], self.bot, given["thread_ts"], owner=given["_token"])
        message.streaming_state, message.started = "in_progress", self.clock.now()
        self.messages.append(message)
        return {"channel": channel, "ts": message.ts}

    def _chat_appendStream(self, given: dict[str, Any]) -> dict[str, Any]:
        message = self._streamed(given)
        need("blocks" not in given, "invalid_arguments")
        text = self._markdown(given)
        need(len(message.text) + len(text) <= MOST_MARKDOWN, "msg_too_long")
        message.text += text
        message.growths += 1
        return {"channel": message.channel, "ts": message.ts}

    def _chat_stopStream(self, given: dict[str, Any]) -> dict[str, Any]:
        message = self._streamed(given)
        text, blocks = self._markdown(given, may_be_empty=True), given.get("blocks") or []
        check_blocks(blocks)
        need(len(message.text) + len(text) <= MOST_MARKDOWN, "msg_too_long")
        need(len(message.text) + len(text) + letters_of(blocks) <= MOST_OF_ALL, "msg_blocks_too_long")
        message.text, message.blocks = message.text + text, blocks
        message.metadata = given.get("metadata") or message.metadata
        message.streaming_state = "completed"
        return {"channel": message.channel, "ts": message.ts, "message": {"text": message.text}}

    def _streamed(self, given: dict[str, Any]) -> Message:
        message = self._found(given)
        unless(not message or message.only, "message_not_found")
        need(message.owner == given["_token"], "message_not_owned_by_app")
        unless(message.stopped, "stopped_by_user")
        is_open = self._is_open(message)
        unless(message.streaming_state == "errored", "message_not_in_streaming_state")
        need(is_open, "message_not_in_streaming_state")
        return message

    def _markdown(self, given: dict[str, Any], *, may_be_empty: bool = False) -> str:
        chunks = [each.get("text", "") for each in given.get("chunks") or []]
        text = given.get("markdown_text") or "".join(chunks)
        need(text or may_be_empty, "no_text")
        need(len(text) <= MOST_MARKDOWN, "msg_too_long")
        return str(text)
