#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How processor time and peak memory grow with people, SNVs, the window, genes and stored scores.

Writes a row a step and size: axis, what, size, cpu_s (the least of the repeats), peak_memory_mb (of the whole program, what
it drew to measure on among it). `diploscope bench growth TABLE` says the exponents, and draws them with --figure.

    tests/bench/growth.py PROGRAM TABLE [--axis people] [--sizes 2]      (all of it: some 20 minutes of processor time)
"""
import argparse
import json
import math
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile

REPEATS = 3


class Program:
    def __init__(self, path, folder):
        self.path = pathlib.Path(path).resolve()
        self.folder = folder
        self.environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}

    def run(self, *arguments):
        """Processor seconds and peak megabytes of one run."""
        child = subprocess.Popen([self.path, *map(str, arguments)], stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE, env=self.environment, cwd=self.folder)
        said = child.stderr.read().decode()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"{' '.join(map(str, arguments))}: {said[-2000:]}")
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024

    def bench(self, *arguments):
        """What `bench` reports."""
        self.run("bench", *arguments, "--out", self.folder / "report.json")
        return json.loads((self.folder / "report.json").read_text())


def of_statistics(program, people, variants):
    """Every step after the scores, and eQTL effects alone, of one gene."""
    runs = [program.bench("people", "--people", people, "--variants", variants) for _ in range(REPEATS)]
    steps = {"haplotypes": "haplotypes", "eqtl": "eQTL effects", "drivers": "drivers", "all": "all of one gene's statistics"}
    for key, what in steps.items():
        yield what, min(run[key + "_cpu_s"] for run in runs), min(run["peak_memory_mb"] for run in runs)
    eqtl = program.bench("eqtl", "--people", people, "--variants", variants)
    yield "eQTL effects, 10 covariates", eqtl["eqtl_covariates_cpu_s"], eqtl["peak_memory_mb"]


def by_people(program, size):
    yield from of_statistics(program, size, 1000)


def by_variants(program, size):
    yield from of_statistics(program, 400, size)
    row = program.bench("susie", "--people", 400, "--variants", size, "--without-plain")["rows"][0]
    yield "SuSiE", row["cpu_s"], row["peak_memory_mb"]
    if size <= 32_000:  # nobody has more in the window of a PrediXcan model
        row = program.bench("elastic-net", "--people", 316, "--variants", size, "--without-plain")["rows"][0]
        yield "elastic net", row["cpu_s"], row["peak_memory_mb"]


def write_model(folder, length):
    """The demo's network over a longer window, with random weights."""
    kernels, width, pool = 64, 12, 128
    bins = (length - width + 1) // pool
    tensors = {"conv.weight": [kernels, 4, width], "conv.bias": [kernels],
               "output.weight": [1, kernels * bins], "output.bias": [1]}
    chance = random.Random(length)
    head, data = {}, b""
    for name, shape in tensors.items():
        count = math.prod(shape)
        scale = 0.1 if name.startswith("conv") else 1 / math.sqrt(count)
        values = struct.pack(f"<{count}f", *(chance.gauss(0, scale) for _ in range(count)))
        head[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(values)]}
        data += values
    text = json.dumps(head).encode()
    folder.mkdir()
    (folder / "weights.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
    (folder / "model.json").write_text(json.dumps({
        "schema": 1, "name": f"window-{length}", "kind": "sequential", "weights": "weights.safetensors",
        "input": {"length": length, "tss_index": length // 2, "strand": "gene"},
        "layers": [{"conv1d": {"name": "conv", "out": kernels, "width": width}}, "relu", {"maxpool": pool}, "flatten",
                   {"linear": {"name": "output", "out": 1}}]}))


def by_window(program, size):
    """A gene in the middle of a contig of 1.2 Mb: SNVs and haplotypes grow with the window as they do in people."""
    study = program.folder / "window"
    if not study.exists():
        program.run("simulate", "--people", 400, "--genes", 20, "--out", study)
    genes = (study / "truth.genes.tsv").read_text().splitlines()
    gene = genes[len(genes) // 2].split("\t")[0]
    model = program.folder / f"model-{size}"
    write_model(model, size)
    times = [program.run("analyze", study / "demo.study.json", "--gene", gene, "--model", model, "--no-cache", "--quiet",
                         "--out", program.folder / "window-out") for _ in range(REPEATS)]
    yield "one gene, nothing cached", min(time for time, _ in times), min(peak for _, peak in times)


def by_genes(program, size):
    files = program.bench("files", "--genes", size, "--asked", 50)["rows"]
    for row, what in ((files[1], "annotation, kept"), (files[2], "expression by rows")):
        yield what, row["cpu_s"], row["peak_memory_mb"]
    study = program.folder / f"genes-{size}"
    yield "simulate", *program.run("simulate", "--people", 19, "--genes", size, "--out", study)
    analyze = ["analyze", study / "demo.study.json", "--genes", "all", "--model", "demo-cnn", "--quiet", "--out", study / "out",
               "--cache", study / "scores.sqlite"]
    yield "all genes, nothing cached", *program.run(*analyze)
    for file in study.glob("*.results.sqlite*"):
        file.unlink()
    yield "all genes, scores cached", *program.run(*analyze)
    yield "all genes, stored", *program.run(*analyze)
    yield "summary", *program.run("summary", study / "demo.study.json")
    shutil.rmtree(study)


def by_scores(program, size):
    runs = [program.bench("cache", "--scores", size, "--without-plain", "--folder", program.folder)["cache"]
            for _ in range(REPEATS)]
    steps = {"store_cpu_us": ("scores, all stored", size / 1e6), "gene_cpu_ms": ("scores, a gene's found", 1e-3),
             "halve_cpu_s": ("scores, half dropped", 1), "open_cpu_ms": ("scores, opened", 1e-3)}
    for key, (what, seconds) in steps.items():
        yield what, min(run[key] for run in runs) * seconds, min(run["peak_memory_mb"] for run in runs)


AXES = {
    "people": ([400, 2_000, 10_000, 50_000], by_people),
    "SNVs": ([1_000, 4_000, 16_000, 32_000, 100_000], by_variants),
    "window": ([10_240, 40_960, 131_072, 524_288], by_window),
    "genes": ([60, 600, 6_000, 20_000], by_genes),
    "scores": ([10_000, 100_000, 1_000_000, 10_000_000], by_scores),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("table")
    parser.add_argument("--axis", choices=AXES, action="append", help="These alone")
    parser.add_argument("--sizes", type=int, help="Only so many, the smallest")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open(asked.table, "w") as table:
        program = Program(asked.program, pathlib.Path(folder))
        print("axis\twhat\tsize\tcpu_s\tpeak_memory_mb", file=table)
        for axis in asked.axis or AXES:
            sizes, steps = AXES[axis]
            for size in sizes[:asked.sizes]:
                for what, seconds, megabytes in steps(program, size):
                    print(axis, what, size, f"{seconds:.6g}", f"{megabytes:.4g}", sep="\t", file=table, flush=True)
                    print(axis, what, size, f"{seconds:.4g} s", f"{megabytes:.4g} MB", file=sys.stderr)


main()
