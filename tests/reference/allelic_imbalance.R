#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes allelic_imbalance.tsv and allelic_imbalance_people.tsv: METHODS 19 in R, for tests/stats.
#   Rscript allelic_imbalance.R            (R 4.2; writes beside itself; deterministic)
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(19)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
digits <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
write <- function(rows, file)
  write.table(rows, file.path(here, file), sep = "\t", quote = FALSE, row.names = FALSE)

# Haplotypes with an effect on reads and on what a model says of them.
people <- function(name, n, agreement, depth = 30) {
  effect <- rnorm(n, sd = .8)
  total <- rpois(n, depth)
  first <- rbinom(n, total, 1 / (1 + 2^-(effect + rnorm(n, sd = .2))))
  data.frame(case = name, first = first, second = total - first,
             predicted = round(agreement * effect + rnorm(n, sd = .3), 4), side = sample(-1:1, n, replace = TRUE))
}
shallow <- people("shallow", 60, .5, depth = 8)      # some have less than 8 reads
equal <- people("equal predictions", 20, 0)
equal$predicted <- 0
some <- people("some without a prediction", 40, -.7)
some$predicted[c(3, 8, 21)] <- NA
homozygous <- people("nobody is heterozygous", 12, .6)
homozygous$side <- 0
sure <- people("all agree", 1300, 3)
sure$predicted <- abs(sure$predicted) * sign(sure$first - sure$second)
all <- rbind(people("wrong sign", 80, -.6), people("right sign", 50, .9), people("three", 3, .5), people("two", 2, .5),
             shallow, equal, some, homozygous, sure)

statistics <- function(of) {
  x <- log2((of$first + .5) / (of$second + .5))
  x[of$first + of$second < 8] <- NA
  known <- !is.na(x) & !is.na(of$predicted)
  y <- of$predicted[known]
  z <- x[known]
  fit <- if (length(y) >= 3 && any(y != 0)) lm(y ~ 0 + z) else NULL
  through <- if (is.null(fit)) NULL else summary(fit)
  decided <- y != 0 & z != 0
  k <- sum(sign(y[decided]) == sign(z[decided]))
  m <- sum(decided)
  told <- of$side != 0 & !is.na(x)
  turned <- (of$side * x)[told]
  test <- if (length(turned) >= 3) t.test(turned) else NULL
  data.frame(case = of$case[1], n = sum(known),
             r = digits(if (is.null(fit)) NA else sign(coef(fit)) * sqrt(through$r.squared)),
             log10_p = digits(if (is.null(fit)) NA else
               (log(2) + pt(-abs(through$coefficients[3]), fit$df.residual, log.p = TRUE)) / log(10)),
             slope = digits(if (is.null(fit)) NA else coef(fit)), decided = m, agreeing = k,
             log10_agreement_p = digits(if (m == 0) NA else
               min(0, (pbinom(min(k, m - k), m, .5, log.p = TRUE) + log(2)) / log(10))),
             heterozygotes = length(turned), change = digits(if (length(turned)) mean(turned) else NA),
             se = digits(if (is.null(test)) NA else test$stderr), change_p = digits(if (is.null(test)) NA else test$p.value))
}
write(all, "allelic_imbalance_people.tsv")
write(do.call(rbind, lapply(split(all, factor(all$case, unique(all$case))), statistics)), "allelic_imbalance.tsv")
