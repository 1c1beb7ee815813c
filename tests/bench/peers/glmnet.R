# SPDX-License-Identifier: GPL-3.0-or-later
# cv.glmnet with the same folds on what `diploscope bench elastic-net --data FOLDER` wrote: milliseconds of processor time
# (best of three, data in memory before), and the largest difference of a mean squared error from ours, as a share of it.
suppressMessages(library(glmnet))
folder <- commandArgs(TRUE)[1]
y <- read.delim(file.path(folder, "people.tsv"))$expression
fold <- read.delim(file.path(folder, "folds.tsv"))$fold + 1
ours <- read.delim(file.path(folder, "lambdas.tsv"))
count <- file.size(file.path(folder, "dosages.u8"))
x <- matrix(as.double(readBin(file.path(folder, "dosages.u8"), "integer", count, size = 1, signed = FALSE)), length(y))
best <- min(replicate(3, sum(system.time(fit <<- cv.glmnet(x, y, alpha = 0.5, foldid = fold))[1:2])))
both <- seq_len(min(length(fit$cvm), nrow(ours)))
stopifnot(max(abs(fit$lambda[both] / ours$lambda[both] - 1)) < 1e-6)
cat(1000 * best, max(abs(fit$cvm[both] / ours$error[both] - 1)), "\n")
