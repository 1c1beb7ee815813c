#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes head_fit_genes.tsv and head_fit_path.tsv: simulated tracks of genes, mean expression under known weights, and
# glmnet's path on them, for tests/analysis/tst_head_fit.
#
#   Rscript head_fit.R            (glmnet 4.1-6; writes beside itself; deterministic)
suppressMessages(library(glmnet))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(5313)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))

genes <- 90
tracks <- 24
shared <- matrix(rnorm(genes * 3), genes) # tracks of one cell type agree
x <- round(sapply(seq_len(tracks), function(k) 3 + shared[, 1 + k %% 3] * .7 + rnorm(genes)), 5)
weights <- replace(rep(0, tracks), c(2, 7, 13, 20), c(.8, -.5, .4, .3))
y <- round(as.vector(x %*% weights) + 1.5 + rnorm(genes) * .1, 5)

colnames(x) <- paste0("track", seq_len(tracks) - 1)
write.table(cbind(y = y, x), file.path(here, "head_fit_genes.tsv"), sep = "\t", quote = FALSE, row.names = FALSE)
fit <- glmnet(x, y, alpha = .5, thresh = 1e-20, maxit = 1e8)
path <- cbind(lambda = fit$lambda, offset = fit$a0, t(as.matrix(fit$beta)))
write.table(format(path, digits = 10, trim = TRUE), file.path(here, "head_fit_path.tsv"), sep = "\t", quote = FALSE,
            row.names = FALSE)
