# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what Diploscope leaves behind: result stores (NAME.results.sqlite) and tables (*.tsv), as plain lists and
dicts. Python 3.9 or later and nothing else; copy this file to where you need it.

    import diploscope_results as dr

    for run in dr.runs("demo.results.sqlite"):                  # which models, options and files
        print(run["model"], run["genes"], run["provenance"]["reference"])
    genes = dr.genes("demo.results.sqlite", model="demo-cnn")   # a dict a gene, its drivers in it
    wrong = [g["gene_name"] for g in genes if g["pearson_r"] is not None and g["pearson_r"] < -0.2]
    variants = dr.table("out/DRV1.variants.tsv")                # a dict a row; .about holds the lines before the head
    frame = dr.frame(genes)                                     # a pandas.DataFrame, where pandas is installed

What is not known is None: a number that is undefined, "NA" in a table. `diploscope columns` says what each column means.
Stores are opened for reading; a program that is writing one is not disturbed.

On a command line: python3 diploscope_results.py STORE  lists its runs;  STORE --genes [--model M]  writes genes as TSV.
"""

import argparse
import csv
import gzip
import json
import os
import sqlite3
import sys
import urllib.parse

APPLICATION = 1147761234  # what the program writes into its stores
SCHEMAS = (2,)  # that this file knows


class NotAStore(ValueError):
    """The file is no result store, or one of a version that this file does not know."""


class Table(list):
    """Rows of a table. `columns`: names in their order; `about`: what its first lines say, a list of (key, text)."""

    def __init__(self, rows=(), columns=(), about=()):
        super().__init__(rows)
        self.columns = list(columns)
        self.about = list(about)


def _open(store):
    path = os.path.abspath(os.fspath(store))
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    connection = sqlite3.connect("file:" + urllib.parse.quote(path) + "?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        connection.close()
        raise NotAStore(f"{path}: {error}") from error
    if application != APPLICATION or schema not in SCHEMAS:
        connection.close()
        raise NotAStore(
            f"{path}: no result store that is known here (application {application}, schema {schema}; known: "
            f"{APPLICATION}, {', '.join(map(str, SCHEMAS))})"
        )
    return connection


def runs(store):
    """All runs of a store, oldest first: id, study (dict), model, model_checksum, options (dict), provenance (dict),
    begun (grows with every beginning), stored_at (Unix time, or None) and genes, how many it holds."""
    connection = _open(store)
    try:
        rows = connection.execute(
            "SELECT run.*, (SELECT count(*) FROM gene WHERE gene.run = run.id) AS genes FROM run ORDER BY begun"
        )
        return [
            {
                **dict(row),
                "study": json.loads(row["study"]),
                "options": json.loads(row["options"]),
                "provenance": dict(json.loads(row["provenance"])),
            }
            for row in rows
        ]
    finally:
        connection.close()


def _chosen(store, run, model):
    known = runs(store)
    if run is not None:
        found = [r for r in known if r["id"] == run]
    else:
        found = [r for r in known if model is None or r["model"] == model]
    if not found:
        there = ", ".join(f"{r['id']} ({r['model']})" for r in known) or "none"
        raise KeyError(f"no run {run if run is not None else model}; there are: {there}")
    return found[-1]["id"]


def genes(store, run=None, model=None):
    """Genes of a run in the order stored; of the run that was begun last (of the model, where one is named) unless
    `run` names one by its id. Each has the columns of `genes.tsv` that are the gene's own, and "drivers", a list of dicts.
    Genes that failed have "failure" set."""
    chosen = _chosen(store, run, model)
    connection = _open(store)
    try:
        found = {}
        for row in connection.execute("SELECT * FROM gene WHERE run = ? ORDER BY id", (chosen,)):
            gene = dict(row)
            key = gene.pop("id")
            del gene["run"]
            found[key] = {**gene, "drivers": []}
        rows = connection.execute(
            "SELECT driver.* FROM driver JOIN gene ON gene.id = driver.gene WHERE gene.run = ? "
            "ORDER BY driver.gene, item",
            (chosen,),
        )
        for row in rows:
            driver = dict(row)
            del driver["item"]
            found[driver.pop("gene")]["drivers"].append(driver)
        return list(found.values())
    finally:
        connection.close()


def drivers(store, run=None, model=None):
    """All drivers of such a run, each with the gene_id and gene_name that it drives."""
    return [
        {"gene_id": gene["gene_id"], "gene_name": gene["gene_name"], **driver}
        for gene in genes(store, run, model)
        for driver in gene["drivers"]
    ]


def _value(text):
    if text in ("NA", ""):
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def table(path, text=("gene_id", "gene_name", "gene", "chrom", "sample", "id")):
    """A table that the program wrote, also gzipped. Numbers become int or float, "NA" None; columns named in `text` stay
    text, as contigs are called 22 and samples 101."""
    opener = gzip.open if os.fspath(path).endswith(".gz") else open
    about, rows, columns = [], [], None
    with opener(path, "rt", encoding="utf-8", newline="") as lines:
        for fields in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if columns is None and fields and fields[0].startswith("#") and len(fields) == 1:
                key, _, said = fields[0].lstrip("# ").partition(": ")
                about.append((key, said))
            elif columns is None:
                columns = [name.lstrip("#") for name in fields]
            elif len(fields) != len(columns):
                raise ValueError(f"{path}: row {len(rows) + 1} has {len(fields)} fields, its head {len(columns)}")
            else:
                rows.append(
                    {
                        name: (None if field == "NA" else field) if name in text else _value(field)
                        for name, field in zip(columns, fields)
                    }
                )
    if columns is None:
        raise ValueError(f"{path}: holds no table")
    return Table(rows, columns, about)


def frame(rows):
    """The rows as a pandas.DataFrame; lists within them, as a gene's drivers, are left out."""
    import pandas

    return pandas.DataFrame(
        [{name: value for name, value in row.items() if not isinstance(value, list)} for row in rows]
    )


def _main():
    parser = argparse.ArgumentParser(description="Lists the runs of a Diploscope result store, or writes a run's genes.")
    parser.add_argument("store", help="NAME.results.sqlite")
    parser.add_argument("--genes", action="store_true", help="write the genes of a run as TSV")
    parser.add_argument("--run", type=int, help="its id; default: the one begun last")
    parser.add_argument("--model", help="the last one of this model")
    options = parser.parse_args()
    try:
        if not options.genes:
            rows = [
                {name: run[name] for name in ("id", "model", "genes", "begun")} | {"study": run["study"].get("name")}
                for run in runs(options.store)
            ]
        else:
            rows = genes(options.store, options.run, options.model)
    except (OSError, ValueError, KeyError, sqlite3.Error) as error:
        sys.exit(f"diploscope_results: {error.args[0] if isinstance(error, KeyError) else error}")
    if not rows:
        return
    names = [name for name, value in rows[0].items() if not isinstance(value, list)]
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar="\\")
    writer.writerow(names)
    for row in rows:
        writer.writerow(["NA" if row[name] is None else row[name] for name in names])


if __name__ == "__main__":
    try:
        _main()
        sys.stdout.flush()
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
