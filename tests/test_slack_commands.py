"""What an administrator types: people in and out, and a program that serves, says what is wrong, and stops well."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import httpx
import pytest

from copilot.cli import main
from tests.loopback_slack import SECRET, TOKEN, Slack
from tests.slack_world import DM, KIM, PACK


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    out, err = capsys.readouterr()
    return int(stop.value.code or 0), out, err


@pytest.fixture
def knowledge(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "knowledge", "import", str(PACK))[0] == 0


@pytest.mark.usefixtures("knowledge")
def test_people_come_from_a_file_are_listed_added_and_removed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("user;roles;name;department\nU1;medewerker;Kim;servicebalie\nU2;teamleider|purser;Tess;\n")
    assert run(capsys, "people", "import", str(file))[:2] == (0, "2 medewerkers nieuw of gewijzigd, 0 groepen.\n")
    assert run(capsys, "people", "import", str(file))[:2] == (0, "0 medewerkers nieuw of gewijzigd, 0 groepen.\n")
    assert run(capsys, "people", "add", "U3", "--role", "directie", "--name", "Dana")[0] == 0
    code, out, _ = run(capsys, "people", "list")
    assert code == 0
    assert [line.split()[1] for line in out.splitlines()] == ["U1", "U2", "U3"]
    assert run(capsys, "people", "remove", "U3")[0] == 0
    code, _, err = run(capsys, "people", "remove", "U3")
    assert code == 2
    assert "U3" in err


@pytest.mark.usefixtures("knowledge")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("naam,rol\nU1,x\n", "eerste regel"),
        ("user,roles\nU1,baas\n", 'regel 2: De rol "baas" bestaat niet'),
        ("user,roles\nU1,\n", "regel 2"),
        ("user,roles\n,medewerker\n", "user of group ontbreekt"),
        ("user,roles,department\nU1,medewerker,maan\n", "maan"),
    ],
)
def test_a_file_that_is_not_right_changes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(text)
    code, _, err = run(capsys, "people", "import", str(file))
    assert code == 2
    assert said in err
    assert "nog niemand" in run(capsys, "people", "list")[1]


@pytest.mark.usefixtures("knowledge")
def test_serving_nothing_says_what_to_set(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    code, _, err = run(capsys, "serve")
    assert code == 2
    assert "SLACK_BOT_TOKEN" in err
    monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
    code, _, err = run(capsys, "serve")
    assert (code, "SLACK_SIGNING_SECRET" in err) == (2, True)
    code, _, err = run(capsys, "serve", "--only", "fax")
    assert (code, "fax" in err) == (2, True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(
    slack: Slack, port: int, folder: Path, *, out: int | IO[str] = subprocess.PIPE, **more: str
) -> subprocess.Popen[str]:
    given = {
        "HELEKLANT_DATA_DIR": str(folder),
        "HELEKLANT_EMBEDDER": "words",
        "HELEKLANT_PORT": str(port),
        "HELEKLANT_SLACK_API_URL": slack.url + "api/",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "PYTHONUNBUFFERED": "1",
        **more,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "copilot", "serve"],
        env={**os.environ, **given},
        stdout=out,
        stderr=subprocess.STDOUT,
        text=True,
    )


async def seen(slack: Slack, answers: int) -> None:
    """Until so many answers came, or long enough."""
    for _ in range(1200):
        if len(slack.seen_by(KIM)) >= answers:
            return
        await asyncio.sleep(0.05)


def end(program: subprocess.Popen[str]) -> None:
    """kill -9, and nothing left of it."""
    if program.returncode is None:
        program.kill()
        program.communicate()


async def ready(port: int, program: subprocess.Popen[str]) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        for _ in range(600):
            assert program.poll() is None, program.stdout.read() if program.stdout else ""
            try:
                if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)
    raise AssertionError("the program did not get ready")


@pytest.mark.usefixtures("knowledge")
async def test_a_wrong_token_is_said_before_anything_is_answered(tmp_path: Path) -> None:
    slack = Slack()
    await slack.start()
    program = started(slack, free_port(), tmp_path / "data", SLACK_BOT_TOKEN="xoxb-wrong")
    out, _ = await asyncio.to_thread(program.communicate, timeout=60)
    await slack.stop()
    assert program.returncode == 2
    assert "SLACK_BOT_TOKEN (invalid_auth)" in out
    assert "xoxb-wrong" not in out


@pytest.mark.usefixtures("knowledge")
async def test_what_was_acknowledged_before_a_kill_is_answered_after_the_restart_and_a_stop_is_graceful(
    tmp_path: Path,
) -> None:
    slack = Slack()
    await slack.start()
    port = free_port()
    folder = tmp_path / "data"
    question = "Klant is de bon kwijt van een trui van 40 euro, nooit gedragen, mag dat terug?"
    program = started(slack, port, folder)
    try:
        await ready(port, program)
        slack.connect(f"http://127.0.0.1:{port}")
        await asyncio.gather(*(slack.say(KIM, DM, f"{question} ({number})") for number in range(15)))
        end(program)
        before = len(slack.seen_by(KIM))
        killed = time.monotonic()
        program = started(slack, port, folder)
        await ready(port, program)
        await seen(slack, 15)
        lasted = time.monotonic() - killed
        answers = slack.seen_by(KIM)
        assert before < 15, "the kill came too late to prove anything"
        assert len({each.thread_ts for each in answers}) == 15, f"lost after the kill ({before} before)"
        assert len(answers) == 15, "a double"
        # On two quiet cores this was 7 seconds, the start of the program included.
        assert lasted < 120
        assert slack.app is not None
        for _ in range(100):
            metrics = (await slack.app.get("/metrics")).text
            if 'heleklant_inbox_answered{channel="slack"} 15' in metrics:
                break
            await asyncio.sleep(0.05)
        assert 'heleklant_inbox_unfinished{channel="slack"} 0' in metrics
        await asyncio.gather(*(slack.say(KIM, DM, f"{question} nog eens {number}") for number in range(10)))
        program.send_signal(signal.SIGTERM)
        out, _ = await asyncio.to_thread(program.communicate, timeout=60)
        assert program.returncode == 0, out
        assert "Stopt" in out
        assert "`token`" not in out, "a warning of a library that nobody can act on"
        half = len(slack.seen_by(KIM))
        program = started(slack, port, folder)
        await ready(port, program)
        await seen(slack, 25)
        assert len(slack.seen_by(KIM)) == 25, f"{half} at the stop"
        assert slack.refused == []
    finally:
        end(program)
        await slack.stop()
