"""Every call, card, form and the manifest against the types that Slack publishes (@slack/types, @slack/web-api)."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from copilot.channels import slack_stream
from tests.slack_model import Slow, with_model
from tests.slack_world import DM, KIM, PACK, TESS, VERA, opened

NODE = Path(__file__).parent / "node"
TYPES = {
    "assistant.threads.setStatus": "AssistantThreadsSetStatusArguments",
    "assistant.threads.setSuggestedPrompts": "AssistantThreadsSetSuggestedPromptsArguments",
    "chat.appendStream": "ChatAppendStreamArguments",
    "chat.postEphemeral": "ChatPostEphemeralArguments",
    "chat.postMessage": "ChatPostMessageArguments",
    "chat.startStream": "ChatStartStreamArguments",
    "chat.stopStream": "ChatStopStreamArguments",
    "chat.update": "ChatUpdateArguments",
    "views.open": "ViewsOpenArguments",
    "views.publish": "ViewsPublishArguments",
    "views.push": "ViewsPushArguments",
    "views.update": "ViewsUpdateArguments",
}
ASSISTANT_WRITE = "assistant:write"
"""A real scope that web-api 8.2.0 does not list."""


def faults(lines: list[str], tmp_path: Path) -> str:
    """What the TypeScript compiler says."""
    compiler = NODE / "node_modules" / ".bin" / "tsc"
    if not compiler.exists() or shutil.which("node") is None:
        pytest.skip("no TypeScript with Slack's types: run tests/prepare on a machine with npm")
    source = NODE / "node_modules" / f"calls-{tmp_path.name}.mts"
    source.write_text("\n".join(lines), encoding="utf-8")
    flags = "--noEmit --strict --skipLibCheck --target es2022 --module nodenext --moduleResolution nodenext"
    try:
        done = subprocess.run(
            [str(compiler), *flags.split(), "--ignoreConfig", source.name],
            cwd=source.parent,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        source.unlink()
    return done.stdout + done.stderr


async def recorded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """A day's work in a minute: every method that we call, with what we really sent."""
    monkeypatch.setattr(slack_stream, "PACE", 0.0)
    async with opened() as world:
        slack = world.slack
        asked = "klant is de bon kwijt, ongebruikt, mag dat terug?"
        await slack.say(KIM, DM, asked)
        await slack.say(KIM, "C1", f"<@{slack.bot}> Trui van 40 euro zonder bon terug, nooit gedragen, mag dat?")
        await slack.say(
            KIM, DM, "Mijn klant is aangereden met zijn leaseauto en staat langs de weg, hoe los ik dit op?"
        )
        await world.settled()
        direct = next(
            each for each in slack.seen_by(KIM) if any(one["action_id"] == "fact:0" for one in each.buttons())
        )
        await slack.tap(KIM, direct, "fact:0")
        await slack.tap(KIM, direct, "own")
        await slack.tap(KIM, direct, "sources")
        await slack.tap(KIM, direct, "bad")
        private = next(each for each in slack.seen_by(KIM) if each.only == KIM)
        await slack.tap(KIM, private, "share")
        await slack.tap(KIM, private, "wrong")
        await world.settled()
        assert await slack.submit(KIM, slack.form("wrong"), remark="Het zijn 60 dagen.") == {}
        for user in (KIM, TESS):
            await slack.event({"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D{user}"})
        await slack.event({"type": "app_home_opened", "user": KIM, "tab": "messages", "channel": DM})
        await slack.command(TESS, "C1", "kennis")
        await world.settled()
        view = slack.form("knowledge")
        for kind in ("mandate", "solution"):
            await slack.choose(TESS, slack.views[view["id"]], "kind", kind)
            await world.settled()
        filled = {"title": "Paraplu", "steps": "Geef een paraplu."}
        assert await slack.submit(TESS, slack.views[view["id"]], **filled) == {}
        await world.settled()
        await slack.event({"type": "app_home_opened", "user": VERA, "tab": "home", "channel": f"D{VERA}"})
        await world.settled()
        await slack.tap_home(VERA, "Bekijk")
        await world.settled()
        await slack.tap_view(VERA, slack.before(VERA), "Publiceer")
        await slack.tap_home(TESS, "Afgehandeld")
        await world.settled()
        await slack.command(TESS, "C1", "kennis retour zonder bon")
        await world.settled()
        await slack.tap(TESS, slack.seen_by(TESS)[-1], "change")
        await slack.say(TESS, f"D{TESS}", asked)
        await world.settled()
        await slack.tap(TESS, slack.seen_by(TESS)[-1], "sources")
        await world.settled()
        await slack.tap_view(TESS, slack.before(TESS), "Wijzig")
        await world.settled()
        with_model(world, Slow())
        await slack.say(KIM, DM, "Trui van 40 euro zonder bon terug, nooit gedragen, mag dat?")
        await world.settled()
        return list(slack.calls)


async def test_every_call_is_as_slack_types_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = [(method, given) for method, given in await recorded(monkeypatch) if method in TYPES]
    assert {method for method, _ in calls} == set(TYPES)
    lines = [f"import type {{ {', '.join(TYPES.values())} }} from '@slack/web-api';"]
    lines.append("import type { KnownBlock } from '@slack/types';")
    for number, (method, given) in enumerate(calls):
        sent = {name: value for name, value in given.items() if name != "_token"}
        for name in ("unfurl_links", "unfurl_media"):
            if name in sent:
                sent[name] = str(sent[name]).lower() in ("1", "true")
        lines.append(f"const call{number}: {TYPES[method]} = {json.dumps(sent)};")
        blocks = sent.get("blocks") or (sent.get("view") or {}).get("blocks")
        if blocks:
            lines.append(f"const blocks{number}: KnownBlock[] = {json.dumps(blocks)};")
    assert faults(lines, tmp_path) == ""


def test_the_manifest_is_as_slack_types_it(tmp_path: Path) -> None:
    manifest = yaml.safe_load((PACK.parents[1] / "deploy" / "slack" / "manifest.yaml").read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove(ASSISTANT_WRITE)
    lines = [
        "import type { AppsManifestValidateArguments } from '@slack/web-api';",
        f"const made: AppsManifestValidateArguments['manifest'] = {json.dumps(manifest)};",
    ]
    assert faults(lines, tmp_path) == ""


def test_the_compiler_would_see_a_fault(tmp_path: Path) -> None:
    lines = [
        "import type { KnownBlock } from '@slack/types';",
        "const wrong: KnownBlock[] = [{type: 'section', text: {type: 'plain', text: 'x'}}];",
    ]
    assert "error TS" in faults(lines, tmp_path)
