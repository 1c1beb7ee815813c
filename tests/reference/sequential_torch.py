#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected numbers for tests/engines/tst_torch_reference.cpp, from PyTorch (Debian 12: python3-torch 1.13.1), in double.

Writes sequential_torch.tsv (sequence, output, value) beside itself, and the TorchScript fixtures
../engines/fixtures/{ncl_ntk,nlc_nkt,scalar,tuple}.pt. Run: /usr/bin/python3 tests/reference/sequential_torch.py
"""
import io
import math
import os
import zipfile

import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
LENGTH = 61


def formula(seed, shape, scale):
    """Weights that C++ makes the same: sin(0.7 i + seed) * scale."""
    count = math.prod(shape)
    return torch.tensor([math.sin(0.7 * i + seed) * scale for i in range(count)], dtype=torch.float64).reshape(shape)


def sequences():
    """Eight sequences out of a linear congruential generator; the last holds N."""
    state, result = 12345, []
    for n in range(8):
        bases = ""
        for _ in range(LENGTH):
            state = (1103515245 * state + 12345) % (1 << 31)
            bases += "ACGTN"[(state >> 16) % (5 if n == 7 else 4)]
        result.append(bases)
    return result


def one_hot(bases):
    x = torch.zeros(4, LENGTH, dtype=torch.float64)
    for i, base in enumerate(bases):
        if base in "ACGT":
            x["ACGT".index(base), i] = 1
    return x


class Stack(nn.Module):
    """As the layers in tst_torch_reference.cpp."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(4, 6, 6).double()
        self.norm = nn.BatchNorm1d(6, eps=1e-3).double()
        self.conv2 = nn.Conv1d(6, 5, 3, stride=2, dilation=2, padding=1).double()
        self.dense1 = nn.Linear(5 * 12 + 2, 7).double()
        self.dense2 = nn.Linear(7, 3).double()
        tensors = [
            (self.conv1.weight, 1, 0.5), (self.conv1.bias, 2, 0.1),
            (self.norm.weight, 3, 0.4), (self.norm.bias, 4, 0.3), (self.norm.running_mean, 5, 0.2), (self.norm.running_var, 6, 0.2),
            (self.conv2.weight, 7, 0.4), (self.conv2.bias, 8, 0.1),
            (self.dense1.weight, 9, 0.3), (self.dense1.bias, 10, 0.1),
            (self.dense2.weight, 11, 0.5), (self.dense2.bias, 12, 0.1)]
        with torch.no_grad():
            for tensor, seed, scale in tensors:
                tensor.copy_(formula(seed, tensor.shape, scale))
            self.norm.running_var += 1
        self.eval()

    def forward(self, x):
        x = self.conv1(F.pad(x, (2, 3)))
        x = F.gelu(self.norm(x))
        x = F.max_pool1d(x, 4, stride=2)
        x = F.elu(self.conv2(x))
        x = F.avg_pool1d(x, 3, stride=1)
        x = x.transpose(1, 2).flatten(1)  # positions first, as Keras
        x = torch.cat([x, torch.tensor([[0.25, -1.5]], dtype=x.dtype).expand(x.shape[0], 2)], 1)
        x = torch.tanh(self.dense1(x))
        return F.softplus(self.dense2(x))


class Script(nn.Module):
    """Bins of ten bases, three tracks: what a TorchScript model may look like."""

    def __init__(self, channels_last, tracks_first, scalar):
        super().__init__()
        self.conv = nn.Conv1d(4, 3, 5, padding=2)
        self.channels_last, self.tracks_first, self.scalar = channels_last, tracks_first, scalar
        with torch.no_grad():
            self.conv.weight.copy_(formula(1, self.conv.weight.shape, 0.5).float())
            self.conv.bias.copy_(formula(2, self.conv.bias.shape, 0.1).float())

    def forward(self, x):
        if self.channels_last:
            x = x.transpose(1, 2)
        x = F.avg_pool1d(torch.relu(self.conv(x)), 10)  # [N, 3, 6]
        if self.scalar:
            return x.mean([1, 2])
        return x if self.tracks_first else x.transpose(1, 2)


class Tuple(nn.Module):
    def forward(self, x):
        return x, x


def save(module, name):
    """Without the debug records, which hold the path of this file on the machine that ran it."""
    buffer = io.BytesIO()
    torch.jit.save(module, buffer)
    with zipfile.ZipFile(buffer) as full, zipfile.ZipFile(os.path.join(HERE, "..", "engines", "fixtures", name), "w") as lean:
        for entry in full.namelist():
            if not entry.endswith(".debug_pkl"):
                lean.writestr(zipfile.ZipInfo(entry), full.read(entry))


def main():
    inputs = torch.stack([one_hot(bases) for bases in sequences()])
    with open(os.path.join(HERE, "sequential_torch.tsv"), "w") as table:
        table.write("model\tsequence\toutput\tvalue\n")

        def write(name, outputs):
            for n, row in enumerate(outputs.reshape(len(inputs), -1).tolist()):
                for k, value in enumerate(row):
                    table.write(f"{name}\t{n}\t{k}\t{value!r}\n")

        with torch.no_grad():
            write("stack", Stack()(inputs))
            for name, options in {"ncl_ntk": (False, False, False), "nlc_nkt": (True, True, False), "scalar": (False, False, True)}.items():
                module = Script(*options).eval()
                x = inputs.float()
                outputs = module(x.transpose(1, 2) if options[0] else x)
                # Bin-major in the table, whatever the module's layout is.
                write(name, outputs.transpose(1, 2) if options[1] else outputs)
                save(torch.jit.trace(module, x[:2].transpose(1, 2) if options[0] else x[:2]), name + ".pt")
            save(torch.jit.script(Tuple()), "tuple.pt")


main()
