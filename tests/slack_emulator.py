"""A Slack that others made (npm `emulate`): Web API and OAuth, with a page where an administrator says who he is."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

NODE = Path(__file__).parent / "node"
CLIENT_ID, CLIENT_SECRET = "12345.67890", "client-secret-of-a-test"
REDIRECT = "http://app/slack/oauth_redirect"


@dataclass(frozen=True)
class Emulator:
    """Where it listens."""

    url: str

    def authorise(self, address: str) -> str:
        """What an administrator does there: he opens the address, chooses himself, and is sent back. Where to."""
        with httpx.Client(trust_env=False) as browser:
            page = browser.get(address)
            assert page.status_code == 200, page.text
            form = re.search(r"<form[^>]*action=\"([^\"]+)\".*?</form>", page.text, re.DOTALL)
            assert form, page.text
            hidden = re.findall(r"<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"", form[0])
            filled = {name: unescape(value) for name, value in hidden}
            return browser.post(urljoin(self.url, form[1]), data=filled).headers["location"]


@contextmanager
def emulator(folder: Path, scopes: tuple[str, ...]) -> Iterator[Emulator]:
    program = NODE / "node_modules" / "emulate" / "dist" / "index.js"
    if not program.exists() or shutil.which("node") is None:
        pytest.skip("no emulated Slack: run tests/prepare on a machine with npm")
    app = {
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "name": "Hele Klant",
        "redirect_uris": [REDIRECT],
        "scopes": list(scopes),
    }
    slack = {"strict_scopes": True, "team": {"name": "Winkel"}, "users": [{"name": "beheer"}], "oauth_apps": [app]}
    seed = folder / "seed.json"
    seed.write_text(json.dumps({"slack": slack}), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["node", str(program), "start", "-s", "slack", "-p", str(port), "--seed", str(seed)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield _once_it_listens(process, Emulator(f"http://127.0.0.1:{port}/"))
        finally:
            process.terminate()


def _once_it_listens(process: subprocess.Popen[bytes], one: Emulator) -> Emulator:
    for _ in range(300):
        assert process.poll() is None, "the emulated Slack stopped"
        try:
            httpx.get(one.url, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return one
    raise AssertionError("the emulated Slack does not listen")
