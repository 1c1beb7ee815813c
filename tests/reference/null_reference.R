#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes null_reference.tsv and adjusted_reference.tsv: METHODS 5 in R, for tests/stats.
#   Rscript null_reference.R            (R 4.2; writes beside itself; deterministic)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(50)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
digits <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
write <- function(rows, file)
  write.table(rows, file.path(here, file), sep = "\t", quote = FALSE, row.names = FALSE)

# One gene: |R| of K random predictors and what becomes of the model's R.
gene <- function(name, r, null) {
  k <- length(null)
  m <- mean(null)
  s <- sqrt(mean((null - m)^2))
  published <- (abs(r) - m) / sqrt(s / k)
  calibrated <- (abs(r) - m) / (sd(null) * sqrt(1 + 1 / k))
  data.frame(case = name, r = digits(r), null = paste(digits(null), collapse = ","), mean = digits(m), sd = digits(s),
             published_t = digits(published),
             published_p = digits(if (published < 0) 1 else pt(published, k - 1, lower.tail = FALSE)),
             calibrated_t = digits(calibrated), calibrated_p = digits(pt(calibrated, k - 1, lower.tail = FALSE)),
             empirical_p = digits((1 + sum(null >= abs(r))) / (k + 1)))
}
# Rounded values with the mean and standard deviation that METHODS 5 gives for DPM1.
dpm1 <- rnorm(50)
dpm1 <- .028 + .02213 * (dpm1 - mean(dpm1)) / sqrt(mean((dpm1 - mean(dpm1))^2))
null <- abs(rnorm(50, sd = .04))
write(rbind(gene("DPM1", .068, dpm1), gene("anti-correlated", -.31, null), gene("below the mean", .001, null),
            gene("equal to one of them", null[7], null), gene("far out", .85, null),
            gene("1000 predictors", .12, round(abs(rnorm(1000, sd = .04)), 5)), gene("2 predictors", .3, c(.1, .2))),
      "null_reference.tsv")

p <- c(runif(30), runif(10, 0, .01), 0, 1, 1e-300, .02, .02, .02, rep(NA, 4))
p <- sample(p)
write(data.frame(p = digits(p), bh = digits(p.adjust(p, "BH")), bonferroni = digits(p.adjust(p, "bonferroni"))),
      "adjusted_reference.tsv")
