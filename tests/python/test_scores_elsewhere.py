# SPDX-License-Identifier: GPL-3.0-or-later
"""Sequences of the demo study scored by Python, which knows neither the program nor the study: what the program makes of
these scores is what Python makes of reference and variants by itself, and a second person, whose copy of the study lies
elsewhere, gets the same. Usage: test_scores_elsewhere.py PROGRAM"""

import csv
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv[1])
del sys.argv[1:2]
LENGTH, TSS = 1001, 400
COMPLEMENT = str.maketrans("ACGT", "TGCA")


def my_model(bases):
    """Not additive, not symmetric."""
    total = sum((index % 11) * "NACGT".index(base) for index, base in enumerate(bases)) / 1000
    return total + total * total / 300


def rows_of(file):
    with open(file, encoding="utf-8") as text:
        return list(csv.DictReader((line for line in text if not line.startswith("#")), delimiter="\t"))


class ScoresElsewhere(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.home)
        self.run_it("simulate", "--out", "demo", "--people", "60", "--genes", "6")
        os.mkdir(self.path("far"))
        with open(self.path("far/model.json"), "w", encoding="utf-8") as text:
            json.dump({"schema": 1, "name": "Far", "kind": "elsewhere", "version": "1", "precision": "fp64",
                       "input": {"length": LENGTH, "tss_index": TSS, "strand": "gene"}}, text)

    def path(self, name):
        return os.path.join(self.home, name)

    def run_it(self, *words, code=0, user="first"):
        where = dict(os.environ, HOME=self.path(user), XDG_CACHE_HOME=self.path(user + "/cache"),
                     XDG_DATA_HOME=self.path(user + "/data"))
        done = subprocess.run([PROGRAM, *words], cwd=self.home, env=where, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout + done.stderr

    def test_another_machine(self):
        study = "demo/demo.study.json"
        gene = rows_of(self.path("demo/truth.genes.tsv"))[0]["gene_id"]
        self.assertIn("have no score yet", self.run_it("analyze", study, "--gene", gene, "--model", "far", "--out", "none", code=1))
        self.run_it("sequences", study, "--genes", "all", "--model", "far", "--out", "to_score")

        os.chdir(self.path("to_score"))  # as the guide has it
        with gzip.open("sequences.fa.gz", "rt") as fasta, open("scores.tsv", "w") as scores:
            print("sequence", "score", sep="\t", file=scores)
            for name, bases in zip(fasta, fasta):
                print(name[1:].strip(), repr(my_model(bases.strip())), sep="\t", file=scores)
        os.chdir(self.home)

        self.run_it("import", "scores", "to_score")
        self.run_it("analyze", study, "--genes", "all", "--model", "far", "--out", "first_out")
        self.check_genes()
        again = self.run_it("sequences", study, "--genes", "all", "--model", "far", "--missing", "--out", "rest")
        self.assertIn("Nothing is left to be scored", again)
        self.assertFalse(os.path.exists(self.path("rest")))

        # Somebody else, with a copy of the study and of the folder.
        shutil.copytree(self.path("demo"), self.path("theirs"), ignore=shutil.ignore_patterns("*.sqlite*"))
        words = ("import", "scores", "to_score", "--study", "theirs/demo.study.json", "--model", "far")
        self.run_it(*words, user="second")
        self.run_it("analyze", "theirs/demo.study.json", "--genes", "all", "--model", "far", "--out", "second_out", user="second")
        self.assertEqual(rows_of(self.path("first_out/genes.tsv")), rows_of(self.path("second_out/genes.tsv")))

    def check_genes(self):
        """Effects and predictions of one gene of each strand, by bases that Python changes itself."""
        strands = set()
        for row in rows_of(self.path("to_score/sequences.tsv")):
            if row["what"] != "reference" or row["strand"] in strands:
                continue
            strands.add(row["strand"])
            gene = "one" + str(len(strands))
            self.run_it("analyze", "demo/demo.study.json", "--gene", row["gene"], "--model", "far", "--out", gene)
            with gzip.open(self.path("to_score/sequences.fa.gz"), "rt") as fasta:
                reference = next(bases.strip() for name, bases in zip(fasta, fasta) if name[1:].strip() == row["sequence"])
            start = int(row["window"].split(":")[1].split("-")[0])
            turned = row["strand"] == "-"
            stem = next(file for file in os.listdir(self.path(gene)) if file.endswith(".variants.tsv")).removesuffix(".variants.tsv")
            variants = rows_of(self.path(f"{gene}/{stem}.variants.tsv"))
            self.assertGreater(len(variants), 2)
            for variant in variants:
                at = int(variant["pos"]) - start
                index, alt = (LENGTH - 1 - at, variant["alt"].translate(COMPLEMENT)) if turned else (at, variant["alt"])
                mutated = reference[:index] + alt + reference[index + 1:]
                self.assertNotEqual(mutated, reference)
                self.assertAlmostEqual(float(variant["ism"]), my_model(mutated) - my_model(reference), delta=1e-9)
            people = rows_of(self.path(f"{gene}/{stem}.people.tsv"))
            self.assertEqual(len(people), 60)
        self.assertEqual(strands, {"+", "-"})


if __name__ == "__main__":
    unittest.main()
