# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging/python/diploscope_results.py against what the program itself writes: a demo study is made and analysed, and
the store must say what the tables say. Usage: test_diploscope_results.py PROGRAM"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../packaging/python"))
import diploscope_results as dr  # noqa: E402

PROGRAM = sys.argv.pop(1)


class Results(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory()
        cls.folder = cls._folder.name
        environment = dict(os.environ, HOME=cls.folder, XDG_CACHE_HOME=cls.folder + "/cache")

        def run(*arguments):
            subprocess.run([PROGRAM, *arguments], check=True, env=environment, capture_output=True)

        run("simulate", "--people", "60", "--genes", "4", "--seed", "5", "--out", cls.folder + "/d e#mo")
        cls.study = cls.folder + "/d e#mo/demo.study.json"
        run("analyze", cls.study, "--genes", "all", "--model", "demo-cnn", "--model", "demo-enformer", "--out", cls.folder + "/out")
        cls.store = cls.folder + "/d e#mo/demo.results.sqlite"

    @classmethod
    def tearDownClass(cls):
        cls._folder.cleanup()

    def test_runs(self):
        found = dr.runs(self.store)
        self.assertEqual([run["model"] for run in found], ["demo-cnn", "demo-enformer"])
        for run in found:
            self.assertEqual(run["genes"], 4)
            self.assertEqual(run["study"]["name"], "Simulated demo")
            self.assertEqual(run["provenance"]["model"], run["model"])
            self.assertIn("statistics", run["options"])

    def test_genes_are_those_of_the_table(self):
        table = dr.table(self.folder + "/out/genes.tsv")
        self.assertIn(("demo-cnn, study", "Simulated demo"), table.about)
        for model in ("demo-cnn", "demo-enformer"):
            rows = [row for row in table if row["model"] == model]
            stored = dr.genes(self.store, model=model)
            self.assertEqual([gene["gene_id"] for gene in stored], [row["gene_id"] for row in rows])
            shared = [name for name in stored[0] if name in table.columns]
            self.assertGreater(len(shared), 30)
            for gene, row in zip(stored, rows):
                for name in shared:
                    if isinstance(gene[name], float):
                        self.assertAlmostEqual(gene[name], row[name], delta=1e-9 * max(1, abs(gene[name])), msg=name)
                    else:
                        self.assertEqual(gene[name] or None, row[name], msg=name)

    def test_drivers(self):
        table = dr.table(self.folder + "/out/drivers.tsv")
        stored = dr.drivers(self.store, model="demo-cnn")
        rows = [row for row in table if row["model"] == "demo-cnn"]
        self.assertGreater(len(stored), 0)
        self.assertEqual(
            [(d["gene_id"], d["chrom"], d["pos"]) for d in stored], [(r["gene_id"], r["chrom"], r["pos"]) for r in rows]
        )

    def test_without_a_name_the_last_run_counts(self):
        self.assertEqual(dr.genes(self.store), dr.genes(self.store, run=dr.runs(self.store)[-1]["id"]))
        with self.assertRaisesRegex(KeyError, "demo-cnn"):
            dr.genes(self.store, model="none such")

    def test_what_is_none(self):
        text = self.folder + "/none.txt"
        with open(text, "w", encoding="utf-8") as file:
            file.write("no store, but long enough for somebody to look into it\n" * 100)
        with self.assertRaises(dr.NotAStore):
            dr.runs(text)
        other = self.folder + "/other.sqlite"
        sqlite3.connect(other).execute("CREATE TABLE run (id INTEGER)")
        with self.assertRaisesRegex(dr.NotAStore, "no result store"):
            dr.genes(other)
        with self.assertRaises(FileNotFoundError):
            dr.runs(self.folder + "/nowhere.sqlite")
        self.assertFalse(os.path.exists(self.folder + "/nowhere.sqlite"))
        with open(text, "w", encoding="utf-8") as file:
            file.write("a\tb\n1\t2\t3\n")
        with self.assertRaisesRegex(ValueError, "3 fields"):
            dr.table(text)

    def test_command(self):
        script = dr.__file__
        listed = subprocess.run([sys.executable, script, self.store], check=True, capture_output=True, text=True).stdout
        self.assertEqual(len(listed.splitlines()), 3)
        written = subprocess.run(
            [sys.executable, script, self.store, "--genes", "--model", "demo-cnn"], check=True, capture_output=True, text=True
        ).stdout.splitlines()
        self.assertEqual(len(written), 5)
        self.assertTrue(written[0].startswith("gene_id\t"))
        failed = subprocess.run([sys.executable, script, self.folder], capture_output=True, text=True)
        self.assertEqual(failed.returncode, 1)
        self.assertIn("diploscope_results: ", failed.stderr)


if __name__ == "__main__":
    unittest.main()
