# SPDX-License-Identifier: GPL-3.0-or-later
"""`diploscope export h5ad` against the tables that `analyze` writes, read by h5py, and by anndata where that is installed.
Usage: test_h5ad.py PROGRAM; skipped (77) without h5py"""

import csv
import json
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    import h5py
except ImportError:  # the distribution's Python may have it where another one comes first
    if os.path.exists("/usr/bin/python3") and os.path.realpath(sys.executable) != os.path.realpath("/usr/bin/python3"):
        os.execv("/usr/bin/python3", ["/usr/bin/python3", "-B", *sys.argv])
    print("SKIPPED: h5py is not installed (apt install python3-h5py)", file=sys.stderr)
    sys.exit(77)
try:
    import anndata
except ImportError:
    anndata = None

PROGRAM = sys.argv.pop(1)


def rows_of(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def same(value, text):
    """A number of the file and a cell of a table, where NA is not known."""
    return math.isnan(value) if text == "NA" else value == float(text)


class H5ad(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory()
        cls.folder = cls._folder.name
        cls.environment = dict(os.environ, HOME=cls.folder, XDG_CACHE_HOME=cls.folder + "/cache")
        cls.run_program("simulate", "--people", "40", "--genes", "5", "--seed", "3", "--out", cls.folder + "/demo")
        cls.study = cls.folder + "/demo/demo.study.json"
        cls.add_covariates()
        cls.before = cls.run_program("export", "h5ad", cls.study, "--out", cls.folder + "/early.h5ad", fails=True)
        cls.run_program("analyze", cls.study, "--genes", "all", "--model", "demo-cnn", "--model", "demo-enformer", "--out", cls.folder + "/tables")
        cls.file = cls.folder + "/demo.h5ad"
        cls.said = cls.run_program("export", "h5ad", cls.study, "--model", "demo-cnn", "--out", cls.file)

    @classmethod
    def add_covariates(cls):
        with open(cls.study, encoding="utf-8") as file:
            study = json.load(file)
        vcf = subprocess.run(["zcat", cls.folder + "/demo/genotypes.vcf.gz"], check=True, capture_output=True, text=True).stdout
        cls.people = next(line for line in vcf.splitlines() if line.startswith("#CHROM")).split("\t")[9:]
        chance = random.Random(1)
        cls.covariates = {name: {person: chance.uniform(-1, 1) for person in cls.people} for name in ("age", "a/b", "sample")}
        order = sorted(cls.people, reverse=True)  # which is not the study's
        with open(cls.folder + "/demo/covariates.tsv", "w", encoding="utf-8") as file:
            file.write("\t".join(["id", *order]) + "\n")
            for name, values in cls.covariates.items():
                file.write("\t".join([name, *(repr(values[person]) for person in order)]) + "\n")
        study["covariates"] = "covariates.tsv"
        with open(cls.study, "w", encoding="utf-8") as file:
            json.dump(study, file)

    @classmethod
    def tearDownClass(cls):
        cls._folder.cleanup()

    @classmethod
    def run_program(cls, *arguments, fails=False, program=PROGRAM):
        done = subprocess.run([program, *arguments], env=cls.environment, capture_output=True, text=True)
        assert (done.returncode == 1) == fails and done.returncode in (0, 1), (arguments, done)
        return done.stderr if fails else done.stdout

    def test_genes_are_rows_of_the_table(self):
        table = [row for row in rows_of(self.folder + "/tables/genes.tsv") if row["model"] == "demo-cnn"]
        with h5py.File(self.file) as file:
            var = file["var"]
            self.assertEqual(var.attrs["_index"], "gene_id")
            self.assertEqual(list(var["gene_id"].asstr()), [row["gene_id"] for row in table])
            compared = 0
            for name in var.attrs["column-order"]:
                if name == "r_demo-enformer":
                    other = {row["gene_id"]: row for row in rows_of(self.folder + "/tables/genes.tsv") if row["model"] == "demo-enformer"}
                    for row, value in zip(table, var[name]):
                        self.assertTrue(same(value, other[row["gene_id"]]["pearson_r"]))
                    continue
                kind = var[name].attrs["encoding-type"]
                values = var[name].asstr()[:] if kind == "string-array" else var[name][:]
                for row, value in zip(table, values):
                    fits = (value or "NA") == (row[name] or "NA") if kind == "string-array" else same(value, row[name])
                    self.assertTrue(fits, (name, value, row[name]))
                compared += 1
            self.assertGreater(compared, 40)
            self.assertIn("q", var)
            self.assertIn("r_demo-enformer", var)

    def test_people_are_those_of_each_genes_table(self):
        with h5py.File(self.file) as file:
            people = list(file["obs/sample"].asstr())
            self.assertEqual(people, self.people)
            for g, name in enumerate(file["var/gene_name"].asstr()):
                table = rows_of(f"{self.folder}/tables/demo-cnn/{name}.people.tsv")
                self.assertEqual([row["sample"] for row in table], people)
                for column, values in [("observed", file["X"]), *((key, file["layers"][key]) for key in ("predicted", "hap1", "hap2", "hap1_reads", "hap2_reads"))]:
                    self.assertEqual(values.shape, (len(people), 5))
                    for row, value in zip(table, values[:, g]):
                        self.assertTrue(same(value, row[column]), (name, column))

    def test_covariates_are_by_person_and_names_stay_apart(self):
        with h5py.File(self.file) as file:
            obs = file["obs"]
            self.assertEqual(list(obs.attrs["column-order"]), ["age", "a_b", "sample_"])
            for name, column in zip(self.covariates, obs.attrs["column-order"]):
                self.assertEqual(list(obs[column]), [self.covariates[name][person] for person in self.people])

    def test_encoding(self):
        with h5py.File(self.file) as file:
            kinds = {"": ("anndata", "0.1.0"), "X": ("array", "0.2.0"), "obs": ("dataframe", "0.2.0"), "var": ("dataframe", "0.2.0"), "var/gene_id": ("string-array", "0.2.0"), "uns/study": ("string", "0.2.0")}
            kinds.update({name: ("dict", "0.1.0") for name in ("layers", "uns", "obsm", "varm", "obsp", "varp")})
            for name, kind in kinds.items():
                attributes = file["/" + name].attrs
                self.assertEqual((attributes["encoding-type"], attributes["encoding-version"]), kind, name)
            self.assertEqual(file["uns/study"].asstr()[()], "Simulated demo")
            self.assertEqual(file["uns/model"].asstr()[()], "demo-cnn")

    @unittest.skipIf(anndata is None, "anndata is not installed (apt install python3-anndata)")
    def test_anndata_reads_it(self):
        data = anndata.read_h5ad(self.file)
        self.assertEqual(data.shape, (40, 5))
        self.assertEqual(sorted(data.layers), ["hap1", "hap1_reads", "hap2", "hap2_reads", "predicted"])
        self.assertTrue((abs(data.layers["predicted"] - (data.layers["hap1"] + data.layers["hap2"]) / 2) < 1e-6).all())
        again = self.folder + "/again.h5ad"
        data.write_h5ad(again)
        self.assertTrue((anndata.read_h5ad(again).X == data.X).all())

    def test_the_same_bytes_without_the_cache(self):
        again = self.folder + "/same.h5ad"
        self.run_program("export", "h5ad", self.study, "--model", "demo-cnn", "--no-cache", "--threads", "1", "--out", again)
        with open(self.file, "rb") as one, open(again, "rb") as other:
            self.assertTrue(one.read() == other.read())
        self.assertIn("40 people and 5 genes", self.said)

    def test_another_model_has_other_predictions(self):
        other = self.folder + "/other.h5ad"
        self.run_program("export", "h5ad", self.study, "--model", "demo-enformer", "--out", other)
        with h5py.File(other) as file, h5py.File(self.file) as own:
            self.assertFalse((file["layers/predicted"][:] == own["layers/predicted"][:]).all())
            self.assertTrue((file["X"][:] == own["X"][:]).all())

    def test_genes_that_meet_a_condition(self):
        some = self.folder + "/some.h5ad"
        self.run_program("export", "h5ad", self.study, "--model", "demo-cnn", "--condition", "pearson_r > 0.2", "--out", some)
        wanted = [row["gene_id"] for row in rows_of(self.folder + "/tables/genes.tsv") if row["model"] == "demo-cnn" and float(row["pearson_r"]) > 0.2]
        self.assertTrue(0 < len(wanted) < 5)
        with h5py.File(some) as file, h5py.File(self.file) as own:
            self.assertEqual(list(file["var/gene_id"].asstr()), wanted)
            self.assertEqual(file["uns/condition"].asstr()[()], "pearson_r > 0.2")
            at = [list(own["var/gene_id"].asstr()).index(gene) for gene in wanted]
            self.assertTrue((file["layers/predicted"][:] == own["layers/predicted"][:][:, at]).all())
        refused = self.run_program("export", "h5ad", self.study, "--model", "demo-cnn", "--condition", "pearson_r > 2", "--out", some, fails=True)
        self.assertIn("No gene meets the condition", refused)
        self.assertIn("in  pearson_r > 2", refused)

    def test_what_cannot_be_done_is_said(self):
        self.assertIn("There are no results yet", self.before)
        folder = self.folder + "/refused"
        os.mkdir(folder)
        self.assertIn("no known model of that name", self.run_program("export", "h5ad", self.study, "--model", "nobody", "--out", folder + "/a.h5ad", fails=True))
        said = self.run_program("export", "h5ad", self.study, "--model", "demo-cnn", "--reverse-complement", "--out", folder + "/a.h5ad", fails=True)
        self.assertIn("other `score.reverse_complement`", said)
        self.assertIn("There is no run 99", self.run_program("export", "h5ad", self.study, "--run", "99", "--out", folder + "/a.h5ad", fails=True))
        self.assertIn("folder cannot be made", self.run_program("export", "h5ad", self.study, "--out", self.study + "/a.h5ad", fails=True))
        self.assertEqual(os.listdir(folder), [])

    def test_a_full_disk_is_said(self):
        folder = self.folder + "/full"
        os.mkdir(folder)
        done = subprocess.run(
            [PROGRAM, "export", "h5ad", self.study, "--no-cache", "--out", folder + "/a.h5ad"],
            env=self.environment, capture_output=True, text=True, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
        )
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("The file cannot be written: File too large", done.stderr)
        self.assertEqual(os.listdir(folder), [])

    def test_a_build_without_hdf5_says_so(self):
        root = os.path.dirname(os.path.dirname(os.path.realpath(PROGRAM)))
        for part in ("bin/diploscope", "lib/libdiploscope_blas.so", "lib/libdiploscope_core.so", "lib/libdiploscope_torch.so"):
            os.makedirs(os.path.dirname(f"{self.folder}/bare/{part}"), exist_ok=True)
            shutil.copy(f"{root}/{part}", f"{self.folder}/bare/{part}")
        said = self.run_program("export", "h5ad", self.study, "--out", self.folder + "/bare.h5ad", fails=True, program=self.folder + "/bare/bin/diploscope")
        self.assertIn("libdiploscope_hdf5.so is missing", said)
        self.assertIn("libhdf5-dev", said)
        self.assertFalse(os.path.exists(self.folder + "/bare.h5ad"))


if __name__ == "__main__":
    unittest.main()
