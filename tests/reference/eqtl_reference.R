#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes eqtl_reference.tsv and eqtl_reference_people.tsv: marginal effects as R's lm() gives them, for tests/stats.
# lm() drops covariates that depend on others and counts the residual degrees of freedom itself; p comes from
# pt() on the log scale, so that it does not end at 0. The partial r is t / sqrt(t^2 + df). Beside them each slope's
# 95 % interval (confint), and what is left of the effect once the lead variant, the one of largest |r|, is a covariate.
#
#   Rscript eqtl_reference.R            (R 4.2; writes beside itself; deterministic)

RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(7)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))

people <- list()
effects <- list()

# One case: dosages [people x variants], expression with NA for people not measured, covariates [people x k].
add <- function(name, dosages, expression, covariates = NULL) {
  k <- if (is.null(covariates)) 0 else ncol(covariates)
  for (i in seq_along(expression))
    people[[length(people) + 1]] <<- data.frame(
      case = name, expression = sprintf("%.17g", expression[i]),
      dosages = paste(sprintf("%.17g", dosages[i, ]), collapse = ","),
      covariates = if (k == 0) "" else paste(sprintf("%.17g", covariates[i, ]), collapse = ","))
  # The intercept takes any shift. Without this one lm() loses digits to a mean far from 0.
  known <- expression[!is.na(expression)]
  y <- expression - if (length(known) > 0) known[1] else 0
  # The effect of x beside other columns, NA where it has none.
  effect <- function(x, others) {
    none <- c(slope = NA, se = NA, t = NA, p = NA, r = NA, low = NA, high = NA)
    if (length(unique(known)) < 2) return(none)
    model <- if (is.null(others)) lm(y ~ x) else lm(y ~ others + x)
    df <- df.residual(model)
    if (is.na(coef(model)["x"]) || df < 1) return(none)
    s <- summary(model)$coefficients["x", ]
    t <- s[["t value"]]
    c(slope = s[["Estimate"]], se = s[["Std. Error"]], t = t,
      p = 2 * exp(pt(abs(t), df, lower.tail = FALSE, log.p = TRUE)), r = t / sqrt(t^2 + df),
      setNames(confint(model, "x"), c("low", "high")))
  }
  alone <- sapply(seq_len(ncol(dosages)), function(v) effect(dosages[, v], covariates))
  lead <- which.max(abs(alone["r", ])) # none where every r is NA
  for (v in seq_len(ncol(dosages))) {
    left <- if (length(lead) == 0 || v == lead) effect(rep(0, length(y)), NULL)
            else effect(dosages[, v], cbind(covariates, dosages[, lead]))
    row <- c(alone[, v], given_lead = left[c("slope", "se", "p")])
    effects[[length(effects) + 1]] <<- data.frame(
      case = name, variant = v - 1,
      lapply(as.list(row), function(value) if (is.na(value)) "NA" else sprintf("%.17g", value)),
      lead = if (length(lead) == 0) "NA" else lead - 1)
  }
}

genotypes <- function(n, frequencies) sapply(frequencies, function(f) rbinom(n, 2, f))

n <- 60
d <- genotypes(n, c(.5, .3, .1, .05))
y <- round(as.vector(d %*% c(.8, -.3, 0, .5)) + rnorm(n), 6)
c3 <- round(matrix(rnorm(n * 3), n), 6)
c10 <- round(matrix(rnorm(n * 10), n), 6)
y3 <- y + as.vector(c3 %*% c(2, -1, .5))

add("plain", d, y)
add("not everybody measured", d, replace(y, c(1, 5, 33, 60), NA))
add("nobody measured", d, rep(NA_real_, n))
add("constant dosages", cbind(d[, 1], 0, 2, d[, 2]), y)
add("constant among the measured", cbind(replace(rep(0, n), 4, 1), d[, 2]), replace(y, 4, NA))
add("constant expression", d, rep(1.3, n))
add("3 covariates", d, y3, c3)
add("3 covariates, not everybody measured", d, replace(y3, c(2, 3, 50), NA), c3)
add("10 covariates", d, y, c10)
add("covariates of very different size", d, y3, sweep(c3, 2, c(1e6, 1, 1e-6), "*"))
add("covariates far from 0", d, y3, sweep(c3, 2, c(1e4, -1e5, 10), "+"))
add("covariate that repeats another", d, y3, cbind(c3, c3[, 2]))
add("covariate that is a sum of others", d, y3, cbind(c3, c3[, 1] - 2 * c3[, 3]))
add("constant covariate", d, y3, cbind(c3, 5))
add("all levels of a batch", d, y3, cbind(c3, diag(3)[rep(1:3, length.out = n), ]))
add("covariate that is a dosage", d, y3, cbind(c3, d[, 2]))
add("covariate constant among the measured", d, replace(y3, 7, NA), cbind(c3, replace(rep(0, n), 7, 1)))
add("expression far from 0", d, 1e6 + 1e-3 * y)
add("dosages that are expected values", d + round(matrix(runif(n * 4, -.05, .05), n), 5), y3, c3)
add("3 people", genotypes(3, c(.5, .5)) + matrix(c(0, 1, 0, 1, 0, 0), 3), c(1, 2.5, 2))
add("as many covariates as people leave", d[1:5, ], y[1:5], c3[1:5, ])
add("one degree of freedom", d[c(1:6), 1:2], y[1:6], c3[1:6, ])
add("2 people", d[1:2, ], y[1:2])
strong <- genotypes(358, c(.5, .2))
add("p near 1e-250", strong, round(strong[, 1] + .13 * rnorm(358), 6))

write <- function(rows, file)
  write.table(do.call(rbind, rows), file.path(here, file), sep = "\t", quote = FALSE, row.names = FALSE, na = "NA")
write(people, "eqtl_reference_people.tsv")
write(effects, "eqtl_reference.tsv")
