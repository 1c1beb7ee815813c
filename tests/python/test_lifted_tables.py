# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of another build, lifted by a chain file, against the same tables in the study's own build: what
could be lifted says the same to the last digit, what could not is left out and counted, and at least 95 % could.
The other build is made here: the study's contigs in pieces, some of them turned round, some bases lost and some
gained in between. Usage: test_lifted_tables.py PROGRAM [STUDY MODEL]   (default: a demo study, made anew)"""

import csv
import glob
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

PROGRAM, STUDY, MODEL = sys.argv[1], *(sys.argv[2:4] or [None, "demo-cnn"])
del sys.argv[1:4]
COMPLEMENT = str.maketrans("ACGT", "TGCA")


def chr_name(contig):
    """As the other build calls it, whichever way the study does."""
    return "chr" + contig.removeprefix("chr")


class OtherBuild:
    """Where each base of the study lies in the other build, and the chains that lead back."""

    def __init__(self, lengths, seed=1):
        self.random = random.Random(seed)
        self.pieces, self.sizes, chains = {}, {}, []
        for contig, length in lengths:
            pieces, there, here = [], self.random.randrange(500), 0
            while here < length:
                end = min(length, here + self.random.randrange(3000, 20000))
                pieces.append((here, end, there, self.random.random() < 0.1))
                there += end - here + self.random.choice([0, 1, 7, 400])
                here = end + self.random.choice([0, 0, 3, 90])
            self.pieces[contig], self.sizes[contig] = pieces, there + 1000
            chains += self.chains_of(contig, length)
        self.chain = "# from the other build to the study's\n" + "\n".join(chains)

    def chains_of(self, contig, length):
        """Neighbours that are not turned are blocks of one chain, each turned one is a chain of its own."""
        runs = []
        for piece in self.pieces[contig]:
            if runs and not piece[3] and not runs[-1][-1][3]:
                runs[-1].append(piece)
            else:
                runs.append([piece])
        for number, run in enumerate(runs):
            start, end = run[0][0], run[-1][1]
            there, size = run[0][2], run[-1][2] + run[-1][1] - run[-1][0]
            query = (f"- {length - end} {length - start}" if run[0][3] else f"+ {start} {end}")
            lines = [f"chain 1000 {chr_name(contig)} {self.sizes[contig]} + {there} {size} {contig} {length} {query} {number + 1}"]
            for piece, after in zip(run, run[1:]):
                lines.append(f"{piece[1] - piece[0]}\t{after[2] - piece[2] - (piece[1] - piece[0])}\t{after[0] - piece[1]}")
            yield "\n".join(lines + [str(run[-1][1] - run[-1][0]), ""])

    def place(self, contig, position, ref, alt):
        """Of an SNV, both from 1; None where its base is lost."""
        for start, end, there, turned in self.pieces[contig]:
            if start < position <= end:
                if turned:
                    return there + (end - position) + 1, ref.translate(COMPLEMENT), alt.translate(COMPLEMENT)
                return there + (position - 1 - start) + 1, ref, alt
        return None


def rows_of(file):
    with open(file) as text:
        return list(csv.DictReader((line for line in text if not line.startswith("#")), delimiter="\t"))


class LiftedTables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory()
        cls.folder = cls._folder.name
        cls.environment = dict(os.environ, HOME=cls.folder, XDG_CACHE_HOME=cls.folder + "/cache",
                               XDG_DATA_HOME=cls.folder + "/data")
        study = STUDY
        if study is None:
            cls.run_program("simulate", "--people", "80", "--genes", "12", "--out", cls.folder + "/demo")
            study = cls.folder + "/demo/demo.study.json"
        with open(study) as file:
            cls.study = json.load(file)
        cls.home = os.path.dirname(os.path.abspath(study))
        for key in ("reference", "annotation", "genotypes", "expression"):
            cls.study[key] = os.path.join(cls.home, cls.study[key])
        with open(cls.study["reference"] + ".fai") as index:
            lengths = [(line.split("\t")[0], int(line.split("\t")[1])) for line in index]
        cls.other = OtherBuild(lengths)
        cls.write("other.chain", cls.other.chain)
        cls.study.update(models=[], predixcan=[], eqtl=[], motifs=[], haplotype_counts=[])
        cls.analyze("plain", {}, MODEL)
        cls.genes = {}
        for file in sorted(glob.glob(cls.folder + "/plain/*.variants.tsv")):
            with open(file) as text:
                gene = re.match(r"# gene: (\S+)", text.readline()).group(1)
            cls.genes[os.path.basename(file)] = gene, rows_of(file)

    @classmethod
    def tearDownClass(cls):
        cls._folder.cleanup()

    @classmethod
    def run_program(cls, *arguments, fails=False):
        done = subprocess.run([PROGRAM, *arguments], env=cls.environment, capture_output=True, text=True)
        if (done.returncode != 0) != fails:
            raise AssertionError(" ".join(arguments) + ": " + done.stderr)
        return done.stdout + done.stderr

    @classmethod
    def write(cls, name, text):
        with open(os.path.join(cls.folder, name), "w") as file:
            file.write(text)
        return os.path.join(cls.folder, name)

    @classmethod
    def write_study(cls, name, changes):
        return cls.write(name + ".study.json", json.dumps(dict(cls.study, name="study", **changes)))

    @classmethod
    def analyze(cls, name, changes, model):
        return cls.run_program("analyze", cls.write_study(name, changes), "--genes", "all", "--model", model, "--out",
                               os.path.join(cls.folder, name), "--no-fine-mapping", "--bootstrap", "0", "--quiet")

    def table(self, name, lifted, head, columns):
        """A row each SNV of each gene, in one of both builds. Returns which of them have a place."""
        lines, placed = [head], set()
        for file, (gene, rows) in self.genes.items():
            for row in rows:
                place = self.other.place(row["chrom"], int(row["pos"]), row["ref"], row["alt"])
                if place:
                    placed.add((file, row["pos"], row["alt"]))
                if lifted and not place:  # a base that only the study has is in no table of the other build
                    place = 1, row["ref"], row["alt"]
                position, ref, alt = place if lifted else (int(row["pos"]), row["ref"], row["alt"])
                lines.append(columns(gene, row, f"{chr_name(row['chrom'])}_{position}_{ref}_{alt}"))
        self.write(name, "\n".join(lines) + "\n")
        return placed

    def compare(self, left, right, placed, columns):
        same = left_out = 0
        for file, (_, told) in self.genes.items():
            if not told:  # of a gene without rows a table of effects says nothing
                continue
            known = {(row["pos"], row["alt"]) for row in told}
            for a, b in zip(rows_of(f"{self.folder}/{left}/{file}"), rows_of(f"{self.folder}/{right}/{file}")):
                self.assertEqual((a["pos"], a["alt"]), (b["pos"], b["alt"]))
                if (a["pos"], a["alt"]) not in known:  # a table of effects is asked of a wider window
                    continue
                if (file, a["pos"], a["alt"]) in placed:
                    for column in columns:
                        self.assertEqual(a[column], b[column], f"{file}, {a['pos']}, {column}")
                    same += 1
                else:
                    left_out += 1
        self.assertGreater(same, 0)
        self.assertGreater(same, 0.95 * (same + left_out))
        return same, left_out

    def test_eqtl_results(self):
        head = "phenotype_id\tvariant_id\tpval_nominal\tslope\tslope_se"

        def columns(gene, row, name):
            return "\t".join([gene, name, "0.5", str(int(row["pos"]) % 1000 / 7), "0.25"])

        self.table("own.tsv", False, head, columns)
        placed = self.table("lifted.tsv", True, head, columns)
        self.analyze("own", {"eqtl": ["own.tsv"]}, MODEL)
        self.analyze("lifted", {"eqtl": ["lifted.tsv"], "chain": "other.chain"}, MODEL)
        same, left_out = self.compare("own", "lifted", placed, ["imported_slope", "imported_se"])
        said = self.run_program("check", os.path.join(self.folder, "lifted.study.json"))
        told = re.search(r"It is of another build: ([\d,]+) of ([\d,]+) lifted(?: \((\d+) onto the other strand\))?", said)
        self.assertTrue(told, said)
        rows = sum(len(rows) for _, rows in self.genes.values())
        self.assertEqual((int(told.group(1)), int(told.group(2))), (same, rows))
        self.assertGreater(int(told.group(3) or 0), 0)
        print(f"eQTL results: {same} rows the same, {left_out} left out")
        # Without the chain the table is refused, and the remedy names it.
        refused = self.run_program("check", self.write_study("without", {"eqtl": ["lifted.tsv"]}), fails=True)
        self.assertIn("chain file", refused)

    def test_a_table_of_the_studys_build_is_not_lifted(self):
        self.table("as-it-is.tsv", False, "phenotype_id\tvariant_id\tpval_nominal\tslope\tslope_se",
                   lambda gene, row, name: f"{gene}\t{name}\t0.5\t0.5\t0.25")
        said = self.run_program("check", self.write_study("kept", {"eqtl": ["as-it-is.tsv"], "chain": ["other.chain"]}))
        self.assertNotIn("another build", said)
        self.assertIn("other.chain", said)

    def test_effects(self):
        def columns(gene, row, name):
            contig, position, ref, alt = name.split("_")
            turned = ref != row["ref"]
            effect = row["effect_allele"].translate(COMPLEMENT) if turned else row["effect_allele"]
            return "\t".join([contig, position, ref, alt, effect, gene, row["ism"] if row["ism"] != "NA" else "0"])

        head = "chrom\tpos\tref\talt\teffect_allele\tgene\tscore"
        for name, lifted in (("direct", False), ("moved", True)):
            os.makedirs(f"{self.folder}/{name}-model")
            placed = self.table(f"{name}-model/effects.tsv", lifted, head, columns)
            model = {"schema": 1, "name": "listed", "kind": "effects", "effects": "effects.tsv"}
            if lifted:
                model["chain"] = "other.chain"
                self.write(f"{name}-model/other.chain", self.other.chain)
            self.write(f"{name}-model/model.json", json.dumps(model))
            self.analyze(name, {}, f"{self.folder}/{name}-model")
        same, left_out = self.compare("direct", "moved", placed, ["ism"])
        print(f"effects: {same} the same, {left_out} left out")
        said = self.run_program("models", "show", f"{self.folder}/moved-model")
        self.assertIn("chain", said)

    def test_predixcan(self):
        database = next(iter(glob.glob(self.home + "/*.db")), None)
        if database is None:
            self.skipTest("the study has no PrediXcan database")
        for name, lifted in (("own", False), ("other", True)):
            with open(database, "rb") as source, open(f"{self.folder}/{name}.db", "wb") as copy:
                copy.write(source.read())
            with sqlite3.connect(f"{self.folder}/{name}.db") as db:
                lost = 0
                for row, var_id in list(db.execute("SELECT rowid, varID FROM weights")):
                    contig, position, ref, alt = var_id.split("_")[:4]
                    place = self.other.place(contig, int(position), ref, alt)
                    lost += place is None
                    if lifted:
                        place = place or (1, ref, alt)
                        turned = place[1] != ref
                        db.execute("UPDATE weights SET rsid = 'x' || rowid, varID = ? WHERE rowid = ?",
                                   (f"{contig}_{place[0]}_{place[1]}_{place[2]}", row))
                        if turned:
                            for column in ("ref_allele", "eff_allele"):
                                allele = db.execute(f"SELECT {column} FROM weights WHERE rowid = ?", (row,)).fetchone()[0]
                                db.execute(f"UPDATE weights SET {column} = ? WHERE rowid = ?", (allele.translate(COMPLEMENT), row))
                    elif place is None:  # what the other build lacks
                        db.execute("DELETE FROM weights WHERE rowid = ?", (row,))
            study = self.write_study("db-" + name, {"chain": ["other.chain"]} if lifted else {})
            said = self.run_program("predixcan", study, "--db", f"{self.folder}/{name}.db", "--out", f"{self.folder}/{name}.pred.tsv")
        self.assertIn("of another build", said)
        own, other = rows_of(f"{self.folder}/own.pred.tsv"), rows_of(f"{self.folder}/other.pred.tsv")
        self.assertEqual(own, other)
        print(f"PrediXcan: {len(own)} rows the same, {lost} weights left out")


if __name__ == "__main__":
    unittest.main()
