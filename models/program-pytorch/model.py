# SPDX-License-Identifier: GPL-3.0-or-later
"""A PyTorch model as a program for Diploscope: put your own network in the place of `network()`."""
import json
import sys

import torch

LENGTH, TSS = 2048, 1024


def weights(path):
    """Of a safetensors file; with your own, torch.load() or the package safetensors do."""
    data = open(path, "rb").read()
    begin = 8 + int.from_bytes(data[:8], "little")
    tensors = json.loads(data[8:begin])
    return {name: torch.frombuffer(bytearray(data), dtype=torch.float32, offset=begin + t["data_offsets"][0],
                                   count=(t["data_offsets"][1] - t["data_offsets"][0]) // 4).reshape(t["shape"])
            for name, t in tensors.items() if name != "__metadata__"}


def network(path):
    """The demo's CNN: [N, 4, length] to [N, bins * tracks]."""
    layers = torch.nn.Sequential(torch.nn.Conv1d(4, 64, 12), torch.nn.ReLU(), torch.nn.MaxPool1d(128),
                                 torch.nn.Flatten(), torch.nn.Linear(64 * 15, 1))
    names = {"conv.weight": "0.weight", "conv.bias": "0.bias", "output.weight": "4.weight", "output.bias": "4.bias"}
    layers.load_state_dict({names[name]: tensor for name, tensor in weights(path).items()})
    return layers.eval().to(DEVICE)


def one_hot(data, count):
    """Rows A, C, G, T; N is all zeros."""
    rows = torch.zeros(256, 4)
    rows[torch.tensor(list(b"ACGT"))] = torch.eye(4)
    letters = torch.frombuffer(bytearray(data), dtype=torch.uint8).long().reshape(count, LENGTH)
    return rows[letters].transpose(1, 2).contiguous().to(DEVICE)


def say(head, numbers=b""):
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + numbers)
    sys.stdout.buffer.flush()


DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
model = network(sys.argv[1])
say({"protocol": 1, "name": "demo-cnn in PyTorch", "version": "1", "length": LENGTH, "tss_index": TSS,
     "bin_count": 1, "track_count": 1, "batch_size": 64, "encoding": "ascii", "reply": "float32", "gradient": True})
for line in iter(sys.stdin.buffer.readline, b""):  # until Diploscope ends
    request = json.loads(line)
    bases = one_hot(sys.stdin.buffer.read(request["bytes"]), request["count"])
    if request["ask"] == "gradient":
        bases.requires_grad_()
        (model(bases) * torch.tensor(request["weights"], device=DEVICE)).sum().backward()
        values = bases.grad.transpose(1, 2)  # [1, length, 4]
    else:
        with torch.no_grad():
            values = model(bases)
    reply = values.contiguous().float().cpu().numpy().astype("<f4").tobytes()
    say({"id": request["id"], "bytes": len(reply)}, reply)
