"""A better order from a service: asked as `/rerank` servers want it, and never in the way when it fails."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from copilot.app import open_application, open_store
from copilot.commands.doctor import State, look
from copilot.content import read_pack
from copilot.domain import Hit, Question
from copilot.errors import IndexFault, SettingsError
from copilot.privacy import without_customer_data
from copilot.served_reranker import LONGEST, ServedReranker
from copilot.settings import Settings
from tests.world import write_pack

HITS = tuple(Hit(entry, score) for entry, score in (("een", 0.9), ("twee", 0.8), ("drie", 0.7)))
TEXTS = {"een": "kort", "twee": "iets langer", "drie": "het allerlangste " * 1000}


class Service(BaseHTTPRequestHandler):
    """A cross-encoder that finds long texts relevant; refuses what real ones refuse."""

    protocol_version = "HTTP/1.1"
    asked: list[dict[str, Any]]
    keys: list[str | None]
    answer = "sound"

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        type(self).asked.append(given)
        type(self).keys.append(self.headers.get("Authorization"))
        documents = given["documents"]
        fits = isinstance(given["query"], str) and documents and all(isinstance(each, str) for each in documents)
        told = [{"index": place, "relevance_score": len(text) / 1e6} for place, text in enumerate(documents)]
        told = list(reversed(told)) if self.answer != "short" else told[1:]
        if self.answer == "nan":
            told[0]["relevance_score"] = float("nan")
        body = json.dumps({"results": told} if self.answer != "other" else [told]).encode()
        self.send_response(200 if fits and self.answer != "broken" else 503)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name, value in (("answer", "sound"), ("asked", []), ("keys", [])):
        monkeypatch.setattr(Service, name, value, raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/rerank"
    server.shutdown()
    server.server_close()


def texts_of(ids: Sequence[str]) -> Mapping[str, str]:
    return {each: TEXTS[each] for each in ids}


@pytest.fixture
def reranker(service: str) -> Iterator[ServedReranker]:
    made = ServedReranker(service, texts_of, mask=without_customer_data, model="bge", api_key="geheim")
    yield made
    made.close()


def test_the_order_is_the_services_and_the_scores_stay_where_they_were(reranker: ServedReranker) -> None:
    turned = reranker.rerank("hoe lang?", HITS)
    assert [(hit.entry, hit.score) for hit in turned] == [("drie", 0.9), ("twee", 0.8), ("een", 0.7)]
    (asked,) = Service.asked
    assert (asked["model"], asked["top_n"], Service.keys) == ("bge", 3, ["Bearer geheim"])
    assert max(map(len, asked["documents"])) == LONGEST


def test_customer_data_stay_here(reranker: ServedReranker) -> None:
    reranker.rerank("klant op 0612345678 met rekening NL91ABNA0417164300 wil zijn geld terug", HITS)
    sent = json.dumps(Service.asked)
    assert "0612345678" not in sent
    assert "NL91ABNA0417164300" not in sent
    assert "wil zijn geld terug" in sent


def test_a_single_hit_needs_no_order(reranker: ServedReranker) -> None:
    assert reranker.rerank("hoe lang?", HITS[:1]) == HITS[:1]
    assert Service.asked == []


@pytest.mark.parametrize("answer", ["broken", "short", "nan", "other"])
def test_a_service_that_answers_badly_is_left_alone_for_a_while(
    reranker: ServedReranker, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "answer", answer)
    for _ in range(3):
        with pytest.raises(IndexFault, match="eigen"):
            reranker.rerank("hoe lang?", HITS)
    assert len(Service.asked) == 1


def test_what_is_set_is_used_and_doctor_tells_of_it(service: str, tmp_path: Path) -> None:
    environment = {"HELEKLANT_RERANK_URL": service, "HELEKLANT_EMBEDDER": "words"}
    pack = write_pack(tmp_path / "pack")
    settings = Settings.from_env(environment, tmp_path)
    with open_application(settings, knowledge=pack) as application:
        question = Question(text="kras op de fiets", roles=("verkoper",))
        assert application.assistant.answer(question).hits
    documents = Service.asked[0]["documents"]
    assert any("Een kras is van ons" in text for text in documents)
    assert not any("31 procent" in text for text in documents), "what the asker may not see goes nowhere"


def test_doctor_says_whether_the_service_answers(service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.from_env(
        {"HELEKLANT_RERANK_URL": service, "HELEKLANT_EMBEDDER": "words", "HELEKLANT_DATA_DIR": str(tmp_path)}, tmp_path
    )
    with open_store(settings) as store:
        store.import_pack(read_pack(write_pack(tmp_path / "pack")), by="test")
    for answer, state in (("sound", State.OK), ("broken", State.BROKEN)):
        monkeypatch.setattr(Service, "answer", answer)
        (order,) = (check for check in look(settings) if check.name("en") == "Order")
        assert order.state is state


def test_an_address_that_is_none_is_said(tmp_path: Path) -> None:
    settings = Settings.from_env({"HELEKLANT_RERANK_URL": "localhost:8081"}, tmp_path)
    with pytest.raises(SettingsError, match="http://localhost:8081/rerank"):
        open_application(settings, knowledge=write_pack(tmp_path / "pack")).close()
