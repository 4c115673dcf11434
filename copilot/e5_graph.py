"""The bundled model as an ONNX graph, written by hand from its weights: no download, no `onnx` package.

Messages and field numbers are those of onnx.proto3; the operators are ONNX's (opset 20) and, in the domain
com.microsoft, ONNX Runtime's MatMulNBits (4-bit weights in blocks of 32) and MultiHeadAttention.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copilot.e5_weights import BLOCK, Weights

OPSET: Final = 20
IR_VERSION: Final = 10
MICROSOFT: Final = "com.microsoft"
PASSED: Final = "embedded"
"""Input: float [texts, length, hidden], the sum of piece, place and kind embeddings."""
LENGTHS: Final = "lengths"
"""Input: int32 [texts], how many pieces of each text count; the rest is padding."""
RESULT: Final = "states"
"""Output: float [texts, length, hidden]."""
_FLOAT, _UINT8, _INT32 = 1, 2, 6


class Graph:
    """Collects nodes and weights; `serialised` gives the model file."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._tensors: list[bytes] = []

    def node(self, kind: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: int | float) -> str:
        fields = [_text(1, each) for each in inputs] + [_text(2, output), _text(4, kind)]
        fields += [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
        self._nodes.append(b"".join([*fields, _text(7, domain)] if domain else fields))
        return output

    def tensor(self, name: str, values: NDArray[Any]) -> str:
        kind = {"float32": _FLOAT, "uint8": _UINT8, "int32": _INT32}[str(values.dtype)]
        dims = b"".join(_number(1, size) for size in values.shape)
        data = np.ascontiguousarray(values).tobytes()
        head = dims + _number(2, kind) + _text(8, name) + _key(9, 2) + _varint(len(data))
        self._tensors += [_key(5, 2) + _varint(len(head) + len(data)) + head, data]
        return name

    def serialised(self, hidden: int) -> bytes:
        """The file, put together at once: it is 13 MB, and every copy on the way would count."""
        graph = [*(_bytes(1, each) for each in self._nodes), _text(2, "e5"), *self._tensors]
        graph += [_bytes(11, _value(PASSED, _FLOAT, ("texts", "length", hidden)))]
        graph += [_bytes(11, _value(LENGTHS, _INT32, ("texts",)))]
        graph += [_bytes(12, _value(RESULT, _FLOAT, ("texts", "length", hidden)))]
        opsets = _bytes(8, _text(1, "") + _number(2, OPSET)) + _bytes(8, _text(1, MICROSOFT) + _number(2, 1))
        head = _number(1, IR_VERSION) + _key(7, 2) + _varint(sum(map(len, graph)))
        return b"".join([head, *graph, opsets])


def build(weights: Weights) -> bytes:
    """The model file: twelve layers of attention and feed-forward, with layer norms (BERT)."""
    graph = Graph()
    states = _normalised(graph, weights, PASSED, "emb.ln", "x")
    for layer in range(weights.layers):
        name = f"l{layer}"
        joined = _linear(graph, weights, states, [f"{name}.{each}" for each in "qkv"], f"{name}.qkv", weights.hidden)
        parts = [f"{name}.q", f"{name}.k", f"{name}.v"]
        _split(graph, joined, parts, weights.hidden, name)
        attended = graph.node(
            "MultiHeadAttention", [*parts, "", LENGTHS], f"{name}.ctx", MICROSOFT, num_heads=weights.heads
        )
        attended = _linear(graph, weights, attended, [f"{name}.ao"], f"{name}.att", weights.hidden)
        states = _normalised(
            graph, weights, graph.node("Add", [states, attended], f"{name}.r1"), f"{name}.aln", f"{name}.n1"
        )
        inner = _linear(graph, weights, states, [f"{name}.fi"], f"{name}.up", weights.hidden)
        inner = graph.node("Gelu", [inner], f"{name}.act")
        width = weights.floats(f"{name}.fi.b").size
        inner = _linear(graph, weights, inner, [f"{name}.fo"], f"{name}.down", width)
        last = RESULT if layer == weights.layers - 1 else f"{name}.n2"
        states = _normalised(graph, weights, graph.node("Add", [states, inner], f"{name}.r2"), f"{name}.oln", last)
    return graph.serialised(weights.hidden)


def packed(blocks: NDArray[np.uint8], inputs: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Weights and scales as MatMulNBits wants them: neighbours in a byte, where the file pairs j with j + 16."""
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32).reshape(-1)
    low, high = blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4
    ordered = np.concatenate([low, high], axis=1)
    pairs = ordered[:, 0::2] | (ordered[:, 1::2] << 4)
    return pairs.reshape(-1, inputs // BLOCK, BLOCK // 2), scales


def _linear(graph: Graph, weights: Weights, given: str, tensors: Sequence[str], output: str, inputs: int) -> str:
    """given x weights + bias; several tensors are laid side by side."""
    blocks = np.concatenate([weights.blocks(f"{each}.w") for each in tensors])
    bias = np.concatenate([weights.floats(f"{each}.b") for each in tensors])
    pairs, scales = packed(blocks, inputs)
    names = [
        graph.tensor(f"{output}.w", pairs),
        graph.tensor(f"{output}.s", scales),
        "",
        "",
        graph.tensor(f"{output}.b", bias),
    ]
    return graph.node(
        "MatMulNBits",
        [given, *names],
        output,
        MICROSOFT,
        K=inputs,
        N=bias.size,
        bits=4,
        block_size=BLOCK,
        accuracy_level=4,
    )


def _normalised(graph: Graph, weights: Weights, given: str, tensor: str, output: str) -> str:
    scale = graph.tensor(f"{tensor}.w", weights.floats(f"{tensor}.w"))
    bias = graph.tensor(f"{tensor}.b", weights.floats(f"{tensor}.b"))
    return graph.node("LayerNormalization", [given, scale, bias], output, axis=-1, epsilon=weights.epsilon)


def _split(graph: Graph, given: str, parts: Sequence[str], hidden: int, name: str) -> None:
    """One node with several outputs, which `Graph.node` does not make."""
    fields = [_text(1, given)] + [_text(2, each) for each in parts] + [_text(4, "Split")]
    fields += [_bytes(5, _attribute("axis", -1)), _bytes(5, _attribute("num_outputs", len(parts)))]
    graph._nodes.append(b"".join(fields))


def _attribute(name: str, value: int | float) -> bytes:
    if isinstance(value, float):
        return _text(1, name) + _key(2, 5) + np.float32(value).tobytes() + _number(20, 1)
    return _text(1, name) + _number(3, value) + _number(20, 2)


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    sizes = [_number(1, each) if isinstance(each, int) else _text(2, each) for each in shape]
    tensor = _number(1, kind) + _bytes(2, b"".join(_bytes(1, each) for each in sizes))
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _key(field: int, wire: int) -> bytes:
    return _varint(field << 3 | wire)


def _number(field: int, value: int) -> bytes:
    return _key(field, 0) + _varint(value & 0xFFFFFFFFFFFFFFFF)


def _bytes(field: int, value: bytes) -> bytes:
    return _key(field, 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    found.append(value)
    return bytes(found)
