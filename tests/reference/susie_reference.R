#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes susie_reference*.tsv: what susieR makes of simulated loci and of genes of the real study, for tests/stats and
# tests/analysis. All of susieR's defaults, L = 10; with covariates both sides are residualised first.
#
#   Rscript susie_reference.R DATA      (R 4.2, susieR 0.12.35 = Debian's r-cran-susier; writes beside itself;
#                                        deterministic; DATA: the folder with geuvadis_chr22/ and xpresso/)
#
# susie_reference_people.tsv  simulated loci: expression, dosages as digits, covariates
# susie_reference.tsv         pip and posterior mean of every SNV; a real SNV is POS:REF:ALT
# susie_reference_fits.tsv    iterations, residual variance, ELBO
# susie_reference_sets.tsv    credible sets (SNVs from 0) with coverage and purity, purest first

suppressMessages(library(susieR))
stopifnot(packageVersion("susieR") == "0.12.35")
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(35)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
data <- commandArgs(TRUE)[1]

people <- variants <- fits <- sets <- list()
digits <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))

add <- function(name, dosages, expression, covariates = NULL, names = seq_len(ncol(dosages)) - 1, store = TRUE) {
  if (store)
    people[[length(people) + 1]] <<- data.frame(
      case = name, expression = digits(expression), dosages = apply(dosages, 1, paste, collapse = ""),
      covariates = if (is.null(covariates)) "" else apply(covariates, 1, function(row) paste(digits(row), collapse = ",")))
  known <- !is.na(expression)
  x <- dosages[known, , drop = FALSE]
  storage.mode(x) <- "double"
  y <- expression[known]
  if (!is.null(covariates)) {
    model <- qr(cbind(1, covariates[known, , drop = FALSE]))
    before <- apply(x, 2, sd)
    x <- qr.resid(model, x)
    x[, apply(x, 2, sd) <= 1e-7 * before] <- 0
    y <- qr.resid(model, y)
  }
  fit <- suppressWarnings(susie(x, y, L = 10))
  variants[[length(variants) + 1]] <<- data.frame(
    case = name, variant = names, pip = digits(fit$pip), mean = digits(susie_get_posterior_mean(fit)))
  fits[[length(fits) + 1]] <<- data.frame(
    case = name, iterations = fit$niter, converged = fit$converged, residual_variance = digits(fit$sigma2),
    evidence_bound = digits(tail(fit$elbo, 1)))
  for (s in seq_along(fit$sets$cs))
    sets[[length(sets) + 1]] <<- data.frame(
      case = name, effect = fit$sets$cs_index[s] - 1, variants = paste(fit$sets$cs[[s]] - 1, collapse = ","),
      coverage = digits(fit$sets$coverage[s]), minimum = digits(fit$sets$purity[s, 1]),
      mean = digits(fit$sets$purity[s, 2]), median = digits(fit$sets$purity[s, 3]))
}

# Two haplotypes a person whose neighbouring SNVs agree.
genotypes <- function(n, p, agreement = .95) {
  frequency <- runif(p, .05, .5)
  haplotype <- function() {
    latent <- matrix(rnorm(n * p), n)
    for (j in 2:p)
      latent[, j] <- agreement * latent[, j - 1] + sqrt(1 - agreement^2) * latent[, j]
    sweep(latent, 2, qnorm(frequency), "<") + 0
  }
  haplotype() + haplotype()
}
expressionOf <- function(dosages, causal, slopes, noise = 1)
  round(as.vector(dosages[, causal, drop = FALSE] %*% slopes) + noise * rnorm(nrow(dosages)), 6)

d <- genotypes(150, 80)
add("one effect", d, expressionOf(d, 20, .8))
add("no effect", d, round(rnorm(150), 6))
add("two effects far apart", d, expressionOf(d, c(10, 70), c(.9, -.8)))
add("two effects in LD", d, expressionOf(d, c(40, 43), c(.9, .9)))
add("weak effect", d, expressionOf(d, 33, .35))
d <- genotypes(120, 60, .7)
add("more effects than L", d, expressionOf(d, seq(3, 58, by = 5), rep(c(1, -1.2), 6), .3))
add("large units", d, 1e4 + 300 * expressionOf(d, 12, 1))
add("small units", d, 1e-3 * expressionOf(d, 12, 1))
constant <- d
constant[, c(1, 17, 60)] <- rep(c(0, 1, 2), each = 120)
add("constant columns", constant, expressionOf(d, 12, .6))
add("constant columns, no effect", constant, round(rnorm(120), 6))
add("not everybody measured", d, replace(expressionOf(d, c(12, 50), c(.8, .8)), c(1, 8, 119), NA))
covariates <- round(matrix(rnorm(120 * 4), 120), 6)
add("covariates", d, expressionOf(d, 30, .7) + as.vector(covariates %*% c(1, -2, .5, 0)), covariates)
add("covariate that is a dosage", d, expressionOf(d, 30, .7), cbind(covariates, d[, 5]))
add("fewer SNVs than L", d[, 1:4], expressionOf(d, 2, .7))
add("one SNV", d[, 7, drop = FALSE], expressionOf(d, 7, .7))
d <- genotypes(40, 90)
add("few people", d, expressionOf(d, 45, 1.2))
add("nearly no noise", d, expressionOf(d, 45, 1, .01))

# Real genes: SNVs within 50 kb of the TSS, the most common non-reference base, log2(RPKM + 1).
study <- file.path(data, "geuvadis_chr22")
lines <- readLines(gzfile(file.path(study, "genotypes", "merged316.chr22_1-22Mb.phased.vcf.gz")))
head <- strsplit(lines[grep("^#CHROM", lines)], "\t")[[1]]
vcf <- do.call(rbind, strsplit(lines[!startsWith(lines, "#")], "\t"))
rpkm <- read.delim(file.path(study, "expression", "geuvadis358.genes.RPKM.chr22.bed.gz"), check.names = FALSE)
samples <- intersect(head[-(1:9)], names(rpkm))
position <- as.integer(vcf[, 2])
genes <- c("ENSG00000069998", "ENSG00000093010", "ENSG00000099940", "ENSG00000128185", "ENSG00000131100")
known <- read.delim(file.path(data, "xpresso", "reference_predictions.tsv"))
tss <- known$tss_1based[match(genes, known$gene_id)]

for (g in seq_along(genes)) {
  near <- which(position >= tss[g] - 50000 & position < tss[g] + 50000 & nchar(vcf[, 4]) == 1)
  dosages <- names <- NULL
  for (v in near) {
    alts <- strsplit(vcf[v, 5], ",")[[1]]
    calls <- sub(":.*", "", vcf[v, match(samples, head)])
    first <- sub("[|/].*", "", calls)
    second <- sub(".*[|/]", "", calls)
    counts <- sapply(seq_along(alts), function(a) if (nchar(alts[a]) == 1) sum(first == a) + sum(second == a) else 0)
    if (max(counts) == 0)
      next
    best <- which.max(counts)
    dosages <- cbind(dosages, (first == best) + (second == best))
    names <- c(names, paste(position[v], vcf[v, 4], alts[best], sep = ":"))
  }
  row <- which(sub("[.].*", "", rpkm[[4]]) == genes[g])
  add(genes[g], dosages, log2(as.numeric(rpkm[row, samples]) + 1), names = names, store = FALSE)
}

write <- function(rows, file)
  write.table(do.call(rbind, rows), file.path(here, file), sep = "\t", quote = FALSE, row.names = FALSE, na = "NA")
write(people, "susie_reference_people.tsv")
write(variants, "susie_reference.tsv")
write(fits, "susie_reference_fits.tsv")
write(sets, "susie_reference_sets.tsv")
