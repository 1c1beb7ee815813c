#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole forward passes of a full-size Enformer: this program's against plain PyTorch's, in turn on one machine.

The PyTorch side is the published architecture written the plain way, with random weights, fp32, without gradients.
Processor seconds are what to compare where the machine is not idle.

    enformer_forward_torch.py build/release/bin/diploscope --sequences 2
"""
import argparse
import json
import math
import subprocess
import sys
import time

import torch
from torch import nn


def gelu(x):
    return x * torch.sigmoid(1.702 * x)


class ConvBlock(nn.Module):
    def __init__(self, inputs, outputs, width):
        super().__init__()
        self.norm = nn.BatchNorm1d(inputs)
        self.conv = nn.Conv1d(inputs, outputs, width, padding=width // 2)

    def forward(self, x):
        return self.conv(gelu(self.norm(x)))


class AttentionPool(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.logits = nn.Conv2d(size, size, 1, bias=False)

    def forward(self, x):
        pairs = x.unflatten(2, (x.shape[2] // 2, 2))
        return (pairs * self.logits(pairs).softmax(-1)).sum(-1)


class Attention(nn.Module):
    def __init__(self, dim, heads, key):
        super().__init__()
        self.heads, self.key = heads, key
        self.q = nn.Linear(dim, heads * key, bias=False)
        self.k = nn.Linear(dim, heads * key, bias=False)
        self.v = nn.Linear(dim, dim, bias=False)
        self.rel = nn.Linear(dim // heads, heads * key, bias=False)
        self.out = nn.Linear(dim, dim)
        self.content = nn.Parameter(torch.randn(1, heads, 1, key))
        self.position = nn.Parameter(torch.randn(1, heads, 1, key))

    def forward(self, x, features):
        count, tokens, dim = x.shape
        q, k, v = (f(x).view(count, tokens, self.heads, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        q = q * self.key**-0.5
        keys = self.rel(features).view(-1, self.heads, self.key).permute(1, 2, 0)
        relative = (q + self.position) @ keys
        # Transformer-XL's shift.
        relative = torch.cat((torch.zeros_like(relative[..., :1]), relative), -1)
        relative = relative.view(count, self.heads, 2 * tokens, tokens)[:, :, 1:]
        relative = relative.reshape(count, self.heads, tokens, 2 * tokens - 1)[..., :tokens]
        weights = ((q + self.content) @ k.transpose(2, 3) + relative).softmax(-1)
        return self.out((weights @ v).transpose(1, 2).reshape(count, tokens, dim))


class Enformer(nn.Module):
    def __init__(self, dim=1536, depth=11, heads=8, key=64, tokens=1536, bins=896, tracks=5313):
        super().__init__()
        growth = math.exp(math.log(2) / 5)
        sizes = [dim // 2] + [int(round(dim / 2 * growth**i / 128)) * 128 for i in range(6)]
        self.stem = nn.Conv1d(4, sizes[0], 15, padding=7)
        self.convs = nn.ModuleList(ConvBlock(a, b, 5) for a, b in zip(sizes, sizes[1:]))
        self.points = nn.ModuleList(ConvBlock(size, size, 1) for size in sizes)
        self.pools = nn.ModuleList(AttentionPool(size) for size in sizes)
        self.norms = nn.ModuleList(nn.LayerNorm(dim) for _ in range(depth))
        self.attentions = nn.ModuleList(Attention(dim, heads, key) for _ in range(depth))
        self.dense = nn.ModuleList(
            nn.Sequential(nn.LayerNorm(dim), nn.Linear(dim, 2 * dim), nn.ReLU(), nn.Linear(2 * dim, dim))
            for _ in range(depth))
        self.last = ConvBlock(dim, 2 * dim, 1)
        self.head = nn.Linear(2 * dim, tracks)
        self.crop = (tokens - bins) // 2
        self.register_buffer("features", torch.randn(2 * tokens - 1, dim // heads))

    def forward(self, x):
        x = self.stem(x)
        for i, (point, pool) in enumerate(zip(self.points, self.pools)):
            if i > 0:
                x = self.convs[i - 1](x)
            x = pool(x + point(x))
        x = x.transpose(1, 2)
        for norm, attention, dense in zip(self.norms, self.attentions, self.dense):
            x = x + attention(norm(x), self.features)
            x = x + dense(x)
        x = x[:, self.crop:-self.crop].transpose(1, 2)
        x = gelu(self.last(x)).transpose(1, 2)
        return nn.functional.softplus(self.head(x))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the diploscope to measure")
    parser.add_argument("--model", default="enformer")
    parser.add_argument("--sequences", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    ours = json.loads(subprocess.run(
        [args.program, "bench", "forward", "--model", args.model, "--random-weights", "--plain-sequences",
         str(args.sequences), "--threads", str(args.threads)], check=True, stdout=subprocess.PIPE).stdout)

    torch.manual_seed(1)
    torch.set_num_threads(args.threads)
    model = Enformer().eval()
    bases = torch.randint(4, (1, 196608))
    x = nn.functional.one_hot(bases, 4).transpose(1, 2).float()
    with torch.no_grad():
        model(x)  # as the program's, one pass to warm up
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(args.sequences):
            model(x)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    report = {"plain_s": ours["plain_s"], "plain_cpu_s": ours["plain_cpu_s"],
              "torch_s": wall / args.sequences, "torch_cpu_s": cpu / args.sequences,
              "torch": torch.__version__, "sequences": args.sequences, "threads": args.threads}
    report["ratio"] = report["torch_s"] / report["plain_s"]
    report["ratio_cpu"] = report["torch_cpu_s"] / report["plain_cpu_s"]
    json.dump(report, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
