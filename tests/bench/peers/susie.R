# SPDX-License-Identifier: GPL-3.0-or-later
# susieR on what `diploscope bench susie --data FOLDER` wrote: milliseconds of processor time (best of three, data in memory
# before), and the largest difference of a PIP from ours.
suppressMessages(library(susieR))
folder <- commandArgs(TRUE)[1]
y <- read.delim(file.path(folder, "people.tsv"))$expression
ours <- read.delim(file.path(folder, "pip.tsv"))$pip
x <- matrix(as.double(readBin(file.path(folder, "dosages.u8"), "integer", length(y) * length(ours), size = 1, signed = FALSE)),
            length(y))
best <- min(replicate(3, sum(system.time(fit <<- suppressWarnings(susie(x, y, L = 10)))[1:2])))
cat(1000 * best, max(abs(fit$pip - ours)), "\n")
