"""What a user would pick instead, on the same texts, questions and vectors. Runs in .venv-bench, from bench_search.py.

Plain BM25, LangChain's vector and ensemble retrievers, LlamaIndex fusion, Haystack hybrid; each as its manual
shows it. Vectors are looked up, so that only the retrieval itself is timed.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

warnings.filterwarnings("ignore")
TOP = 10


def main(folder: Path, names: list[str]) -> None:
    found: dict[str, Any] = {}
    for name in names:
        told = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        arrays = np.load(folder / f"{name}.npz")
        found[name] = {}
        for peer, search in peers(told["texts"], told["questions"], arrays["matrix"], arrays["vectors"]):
            took, scored = [], []
            for key, question in told["questions"].items():
                started = time.perf_counter()
                ranked = search(question)
                took.append((time.perf_counter() - started) * 1000)
                scored.append(ndcg(ranked, set(told["right"][key])))
            found[name][peer] = {"ndcg10": float(np.mean(scored)), "ms": float(np.median(took)), "per_question": scored}
            print(f"{name:15} {peer:24} {np.mean(scored):.4f} {np.median(took):.2f} ms", flush=True)
    (folder / "peers.json").write_text(json.dumps(found), encoding="utf-8")


def ndcg(ranked: list[str], right: set[str]) -> float:
    gained = sum(1 / np.log2(place + 2) for place, each in enumerate(ranked[:TOP]) if each in right)
    return float(gained / sum(1 / np.log2(place + 2) for place in range(min(TOP, len(right)))))


def peers(
    texts: dict[str, str], questions: dict[str, str], matrix: np.ndarray, vectors: np.ndarray
) -> Iterator[tuple[str, Callable[[str], list[str]]]]:
    of_text = dict(zip(texts.values(), matrix.tolist(), strict=False))
    of_question = dict(zip(questions.values(), vectors.tolist(), strict=False))
    yield "plain BM25", _plain_bm25(texts)
    vector, ensemble = _langchain(texts, of_text, of_question)
    yield "LangChain vector", vector
    yield "LangChain ensemble", ensemble
    yield "LlamaIndex fusion", _llama_index(texts, of_text, of_question)
    yield "Haystack hybrid", _haystack(texts, of_text, of_question)


def _plain_bm25(texts: dict[str, str]) -> Callable[[str], list[str]]:
    from rank_bm25 import BM25Okapi

    keys, index = list(texts), BM25Okapi([text.lower().split() for text in texts.values()])

    def search(question: str) -> list[str]:
        scores = index.get_scores(question.lower().split())
        return [keys[place] for place in np.argsort(-scores)[:TOP]]

    return search


def _langchain(texts: dict[str, str], of_text: dict, of_question: dict) -> tuple[Callable, Callable]:
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import InMemoryVectorStore

    class Known(Embeddings):
        def embed_documents(self, given: list[str]) -> list[list[float]]:
            return [of_text[text] for text in given]

        def embed_query(self, text: str) -> list[float]:
            return of_question[text]

    documents = [Document(page_content=text, metadata={"key": key}) for key, text in texts.items()]
    store = InMemoryVectorStore(Known())
    store.add_documents(documents)
    vector = store.as_retriever(search_kwargs={"k": TOP})
    words = BM25Retriever.from_documents(documents)
    words.k = TOP
    both = EnsembleRetriever(retrievers=[words, vector], weights=[0.5, 0.5])

    def asking(retriever: Any) -> Callable[[str], list[str]]:
        return lambda question: [each.metadata["key"] for each in retriever.invoke(question)][:TOP]

    return asking(vector), asking(both)


def _llama_index(texts: dict[str, str], of_text: dict, of_question: dict) -> Callable[[str], list[str]]:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.embeddings import BaseEmbedding
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.schema import TextNode
    from llama_index.retrievers.bm25 import BM25Retriever

    class Known(BaseEmbedding):
        def _get_text_embedding(self, text: str) -> list[float]:
            return of_text[text]

        def _get_query_embedding(self, query: str) -> list[float]:
            return of_question[query]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return of_question[query]

    nodes = [TextNode(id_=key, text=text, embedding=of_text[text]) for key, text in texts.items()]
    vector = VectorStoreIndex(nodes, embed_model=Known()).as_retriever(similarity_top_k=TOP)
    words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(TOP, len(nodes)), language="nl")
    fusion = QueryFusionRetriever(
        [vector, words], llm=MockLLM(), num_queries=1, similarity_top_k=TOP, mode="reciprocal_rerank", use_async=False
    )
    return lambda question: [each.node.node_id for each in fusion.retrieve(question)]


def _haystack(texts: dict[str, str], of_text: dict, of_question: dict) -> Callable[[str], list[str]]:
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="cosine")
    store.write_documents([Document(id=key, content=text, embedding=of_text[text]) for key, text in texts.items()])
    words, vector = InMemoryBM25Retriever(store, top_k=TOP), InMemoryEmbeddingRetriever(store, top_k=TOP)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=TOP)

    def search(question: str) -> list[str]:
        found = words.run(query=question)["documents"], vector.run(query_embedding=of_question[question])["documents"]
        return [each.id for each in joiner.run(documents=list(found))["documents"]]

    return search


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
