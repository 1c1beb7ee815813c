# SPDX-License-Identifier: GPL-3.0-or-later
# Makes elastic_net.json: paths and cross-validation of glmnet, for tests/stats/tst_elastic_net.
#     Rscript elastic_net.R > elastic_net.json        (glmnet 4.1-6; deterministic)
suppressMessages({library(glmnet); library(jsonlite)})
set.seed(20230316)

case <- function(name, x, y, alpha, folds) {
    fit <- glmnet(x, y, alpha = alpha, thresh = 1e-20, maxit = 1e8)
    cv <- cv.glmnet(x, y, alpha = alpha, foldid = folds, lambda = fit$lambda, thresh = 1e-20, maxit = 1e8,
                    keep = TRUE)
    best <- which(cv$lambda == cv$lambda.min)
    list(name = name, alpha = alpha, x = x, y = y, folds = folds - 1, lambda = fit$lambda,
         coefficients = t(as.matrix(fit$beta)), intercepts = as.numeric(fit$a0), explained = fit$dev.ratio,
         cv_error = cv$cvm, best = best - 1, out_of_fold = cv$fit.preval[, best])
}

# Dosages in LD: a walk along two haplotypes.
dosages <- function(n, p) {
    one <- function() {
        h <- matrix(0, n, p); h[, 1] <- rbinom(n, 1, .3)
        for (j in 2:p) { keep <- runif(n) < .8; h[, j] <- ifelse(keep, h[, j - 1], rbinom(n, 1, runif(1, .05, .5))) }
        h
    }
    x <- one() + one(); x[, apply(x, 2, sd) > 0]
}
x <- dosages(60, 30); y <- x[, 3] * .8 - x[, 17] * .5 + rnorm(60)
wide <- dosages(40, 70); yWide <- wide[, 5] + rnorm(40)
gauss <- matrix(rnorm(80 * 6), 80) %*% matrix(runif(36), 6); gauss[, 2] <- gauss[, 2] * 1000 + 1e4
yGauss <- gauss[, 1] * 3 + rnorm(80) * .1 + 100
cat(toJSON(list(
    case("dosages", x, y, .5, rep(1:10, 6)),
    case("more columns than people", wide, yWide, .5, rep(1:5, 8)),
    case("lasso", x, y, 1, rep(1:10, 6)),
    case("different scales, path ends early", gauss, yGauss, .5, rep(1:10, 8))), digits = NA, auto_unbox = TRUE))
