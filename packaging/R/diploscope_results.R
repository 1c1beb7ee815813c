# SPDX-License-Identifier: GPL-3.0-or-later
# Reads what Diploscope leaves behind: result stores (NAME.results.sqlite) and tables (*.tsv), as data frames. Needs the
# packages RSQLite and jsonlite for stores (Debian: r-cran-rsqlite, r-cran-jsonlite), nothing for tables.
#
#   source("diploscope_results.R")
#   diploscope_runs("demo.results.sqlite")                             # which models, how many genes
#   genes <- diploscope_genes("demo.results.sqlite", model = "demo-cnn")
#   drivers <- diploscope_drivers("demo.results.sqlite", model = "demo-cnn")
#   variants <- diploscope_table("out/DRV1.variants.tsv")              # attr(variants, "about"): the lines before the head
#
# What is not known is NA. `diploscope columns` says what each column means. Stores are opened for reading.

diploscope_open <- function(store) {
  for (package in c("RSQLite", "jsonlite"))
    if (!requireNamespace(package, quietly = TRUE))
      stop("the R package ", package, " is needed to read result stores; Debian: apt install r-cran-", tolower(package),
           call. = FALSE)
  if (!file.exists(store)) stop("there is no file ", store, call. = FALSE)
  connection <- DBI::dbConnect(RSQLite::SQLite(), store, flags = RSQLite::SQLITE_RO)
  known <- tryCatch(
    c(DBI::dbGetQuery(connection, "PRAGMA application_id")[[1]], DBI::dbGetQuery(connection, "PRAGMA user_version")[[1]]),
    error = function(problem) c(0, 0))
  if (known[1] != 1147761234 || known[2] != 2) {
    DBI::dbDisconnect(connection)
    stop(store, ": no result store that is known here", call. = FALSE)
  }
  connection
}

# All runs, oldest first: id, study, model, model_checksum, genes, begun, stored_at; `options` and `provenance` are
# columns of lists.
diploscope_runs <- function(store) {
  connection <- diploscope_open(store)
  on.exit(DBI::dbDisconnect(connection))
  runs <- DBI::dbGetQuery(connection, paste(
    "SELECT id, study, model, model_checksum, options, provenance, begun, stored_at,",
    "(SELECT count(*) FROM gene WHERE gene.run = run.id) AS genes FROM run ORDER BY begun"))
  runs$study <- vapply(runs$study, function(text) jsonlite::fromJSON(text)$name, "", USE.NAMES = FALSE)
  runs$options <- lapply(runs$options, jsonlite::fromJSON)
  runs$provenance <- lapply(runs$provenance, function(text) {
    pairs <- jsonlite::fromJSON(text)
    stats::setNames(as.list(pairs[, 2]), pairs[, 1])
  })
  runs
}

diploscope_chosen <- function(store, run, model) {
  runs <- diploscope_runs(store)
  found <- if (!is.null(run)) runs$id[runs$id == run]
           else if (!is.null(model)) runs$id[runs$model == model] else runs$id
  if (length(found) == 0)
    stop("no run ", if (is.null(run)) model else run, "; there are: ",
         paste0(runs$id, " (", runs$model, ")", collapse = ", "), call. = FALSE)
  found[length(found)]
}

# Genes of a run in the order stored: of the one begun last (of `model`, where it is named), or of the run of that id.
diploscope_genes <- function(store, run = NULL, model = NULL) {
  chosen <- diploscope_chosen(store, run, model)
  connection <- diploscope_open(store)
  on.exit(DBI::dbDisconnect(connection))
  genes <- DBI::dbGetQuery(connection, "SELECT * FROM gene WHERE run = ? ORDER BY id", params = list(chosen))
  genes[setdiff(names(genes), c("id", "run"))]
}

# The drivers of such a run, with the gene_id and gene_name that each drives.
diploscope_drivers <- function(store, run = NULL, model = NULL) {
  chosen <- diploscope_chosen(store, run, model)
  connection <- diploscope_open(store)
  on.exit(DBI::dbDisconnect(connection))
  drivers <- DBI::dbGetQuery(connection, paste(
    "SELECT gene.gene_id, gene.gene_name, driver.* FROM driver JOIN gene ON gene.id = driver.gene",
    "WHERE gene.run = ? ORDER BY driver.gene, item"), params = list(chosen))
  drivers[setdiff(names(drivers), c("gene", "item"))]
}

# A table that the program wrote, also gzipped. Columns named in `text` stay text: contigs are called 22, samples 101.
diploscope_table <- function(path, text = c("gene_id", "gene_name", "gene", "chrom", "sample", "id")) {
  lines <- readLines(path, encoding = "UTF-8")
  before <- which(!startsWith(lines, "#") | grepl("\t", lines, fixed = TRUE))
  if (length(before) == 0) stop(path, ": holds no table", call. = FALSE)
  head <- before[1]
  columns <- sub("^#", "", strsplit(lines[head], "\t", fixed = TRUE)[[1]])
  kinds <- ifelse(columns %in% text, "character", NA)
  table <- utils::read.delim(text = c(paste(columns, collapse = "\t"), lines[-seq_len(head)]), colClasses = kinds,
                             check.names = FALSE, quote = "", comment.char = "", na.strings = "NA", encoding = "UTF-8")
  attr(table, "about") <- sub("^# *", "", lines[seq_len(head - 1)])
  table
}
