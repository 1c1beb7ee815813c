# SPDX-License-Identifier: GPL-3.0-or-later
"""A JAX model as a program for Diploscope: put your own function in the place of `scores()`. Without JAX it runs
in NumPy, slower and without gradients."""
import json
import sys

import numpy

try:
    import jax
    import jax.numpy as np
except ImportError:
    jax, np = None, numpy

LENGTH, TSS = 2048, 1024


def weights(path):
    """Of a safetensors file; with your own, numpy.load() or the package safetensors do."""
    data = open(path, "rb").read()
    begin = 8 + int.from_bytes(data[:8], "little")
    tensors = json.loads(data[8:begin])
    return {name: numpy.frombuffer(data, "<f4", (t["data_offsets"][1] - t["data_offsets"][0]) // 4,
                                   begin + t["data_offsets"][0]).reshape(t["shape"])
            for name, t in tensors.items() if name != "__metadata__"}


def scores(bases):
    """The demo's CNN: [N, length, 4] to [N, bins * tracks]."""
    kernels = W["conv.weight"]  # [64, 4, 12]
    width = kernels.shape[2]
    places = LENGTH - width + 1
    found = sum(bases[:, k:k + places] @ kernels[:, :, k].T for k in range(width)) + W["conv.bias"]
    found = np.maximum(found, 0)[:, :places // 128 * 128]
    best = found.reshape(len(bases), -1, 128, len(kernels)).max(2)  # [N, 15, 64]
    return best.transpose(0, 2, 1).reshape(len(bases), -1) @ W["output.weight"].T + W["output.bias"]


def say(head, numbers=b""):
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + numbers)
    sys.stdout.buffer.flush()


W = weights(sys.argv[1])
if jax:
    gradient = jax.jit(jax.grad(lambda bases, factors: (scores(bases) * factors).sum()))
    scores = jax.jit(scores)
say({"protocol": 1, "name": "demo-cnn in " + ("JAX" if jax else "NumPy"), "version": "1", "length": LENGTH,
     "tss_index": TSS, "bin_count": 1, "track_count": 1, "batch_size": 32, "encoding": "onehot",
     "reply": "float32", "gradient": jax is not None})
for line in iter(sys.stdin.buffer.readline, b""):  # until Diploscope ends
    request = json.loads(line)
    bases = numpy.frombuffer(sys.stdin.buffer.read(request["bytes"]), "<f4").reshape(-1, LENGTH, 4)
    if request["ask"] == "gradient":
        values = gradient(bases, np.array(request["weights"], dtype="float32"))
    else:
        values = scores(bases)
    reply = numpy.asarray(values, dtype="<f4").tobytes()
    say({"id": request["id"], "bytes": len(reply)}, reply)
