# SPDX-License-Identifier: GPL-3.0-or-later
# packaging/R/diploscope_results.R against what the program itself writes. Usage: Rscript test_diploscope_results.R PROGRAM
# Ends with 77, skipped, where R lacks RSQLite or jsonlite.
arguments <- commandArgs(FALSE)
here <- dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)))
program <- commandArgs(TRUE)[1]
for (package in c("RSQLite", "jsonlite"))
  if (!requireNamespace(package, quietly = TRUE)) {
    cat("skipped: R has no", package, "\n")
    quit(status = 77)
  }
source(file.path(here, "../../packaging/R/diploscope_results.R"))

folder <- tempfile()
dir.create(folder)
Sys.setenv(HOME = folder, XDG_CACHE_HOME = file.path(folder, "cache"))
run <- function(...) stopifnot(system2(program, shQuote(c(...)), stdout = FALSE, stderr = FALSE) == 0)
run("simulate", "--people", "60", "--genes", "4", "--seed", "5", "--out", file.path(folder, "demo"))
study <- file.path(folder, "demo/demo.study.json")
run("analyze", study, "--genes", "all", "--model", "demo-cnn", "--out", file.path(folder, "out"))
store <- file.path(folder, "demo/demo.results.sqlite")

runs <- diploscope_runs(store)
stopifnot(nrow(runs) == 1, runs$genes == 4, runs$study == "Simulated demo", runs$provenance[[1]]$model == "demo-cnn")

table <- diploscope_table(file.path(folder, "out/genes.tsv"))
genes <- diploscope_genes(store, model = "demo-cnn")
stopifnot(any(attr(table, "about") == "study: Simulated demo"), identical(genes$gene_id, table$gene_id))
shared <- intersect(names(genes), names(table))
stopifnot(length(shared) > 30)
for (name in shared)
  if (is.numeric(genes[[name]]) && is.numeric(table[[name]]))
    stopifnot(isTRUE(all.equal(as.numeric(genes[[name]]), as.numeric(table[[name]]), tolerance = 1e-9)))

drivers <- diploscope_drivers(store)
written <- diploscope_table(file.path(folder, "out/drivers.tsv"))
stopifnot(nrow(drivers) > 0, identical(drivers$gene_id, written$gene_id), all(drivers$pos == written$pos))

fails <- function(call, said) stopifnot(grepl(said, tryCatch({ call; "" }, error = conditionMessage)))
fails(diploscope_genes(store, model = "none such"), "demo-cnn")
fails(diploscope_runs(file.path(folder, "nowhere")), "no file")
fails(diploscope_runs(study), "no result store")
cat("passed\n")
