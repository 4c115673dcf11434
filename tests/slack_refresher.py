"""A separate process that answers with the tokens of a workspace, as one replica does, for the tests of rotation.

`python -m tests.slack_refresher DATABASE API KEY AT_ONCE`; then, for each line on standard input with the hours that
have passed, it calls Slack so many times at once and says which errors came.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

HOURS_PASSED = [0.0]
_wall = time.time
time.time = lambda: _wall() + 3600 * HOURS_PASSED[0]  # before anything imports it: this process lives later

from slack_sdk.errors import SlackApiError  # noqa: E402

from copilot.channels.slack_install import open_workspaces  # noqa: E402
from copilot.errors import ChannelError  # noqa: E402
from tests.loopback_slack import SECRET  # noqa: E402
from tests.store_world import store_at  # noqa: E402


async def serve(url: str, api: str, key: str, at_once: int) -> None:
    given = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": SECRET}
    with store_at(url) as store:
        workspaces = open_workspaces(given | {"HELEKLANT_SECRET_KEY": key}, store, api)

        async def errand() -> str | None:
            try:
                await (await workspaces.client_for("TA")).auth_test()
            except (ChannelError, SlackApiError) as fault:
                return str(fault)
            return None

        print("ready", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            HOURS_PASSED[0] = float(line)
            said = await asyncio.gather(*(errand() for _ in range(at_once)))
            print(json.dumps([each for each in said if each]), flush=True)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
