# Makes multilevel.json from data sets of the package metadat, with metafor (3.8-1 was used).
#   Rscript tests/reference/make_multilevel_reference.R      (from the root of the repository)
#
# rma.mv stops on a relative step of its optimiser; tight tolerances leave variances at about
# 1e-7 of their value. CR1 is metafor's robust(); CR2 follows its definition with whole
# matrices, so that nothing of the program is shared. Sources of the data: multilevel_sources.md.
suppressMessages(library(metafor))
suppressMessages(library(metadat))

folder <- "tests/reference"
blocks <- function(v, study, rho) {
  V <- outer(sqrt(v), sqrt(v)) * rho * outer(study, study, "==")
  diag(V) <- v
  V
}
fit <- function(d, rho, method, test, dfs = "residual", sigma2 = c(NA, NA)) {
  V <- blocks(d$v, d$study, rho)
  # The tightest tolerance with which the optimiser says that it converged, from two starts.
  best <- NULL
  for (method_of in c("Nelder-Mead", "BFGS")) for (reltol in 10^-(15:9)) {
    control <- list(optimizer = "optim", optmethod = method_of, reltol = reltol, maxit = 10000)
    if (!is.null(best) && all(is.na(sigma2))) control$sigma2.init <- pmax(best$sigma2, 1e-8)
    f <- try(suppressWarnings(rma.mv(d$y, V, mods = d$X, intercept = FALSE,
                                     random = ~ 1 | study / row, data = d$frame, method = method,
                                     test = test, dfs = dfs, sigma2 = sigma2, control = control)),
             silent = TRUE)
    if (inherits(f, "try-error")) next
    if (is.null(best) || logLik(f) > logLik(best)) best <- f
    break
  }
  best
}
root <- function(A, power) {
  e <- eigen((A + t(A)) / 2, symmetric = TRUE)
  keep <- e$values > 1e-10 * max(e$values)
  U <- e$vectors[, keep, drop = FALSE]
  U %*% diag(e$values[keep]^power, sum(keep)) %*% t(U)
}
cr2 <- function(f, d) {
  Phi <- f$M
  X <- d$X
  k <- nrow(X)
  W <- solve(Phi)
  M <- solve(t(X) %*% W %*% X)
  H <- X %*% M %*% t(X) %*% W
  e <- d$y - X %*% f$beta
  groups <- split(seq_len(k), factor(d$study, unique(d$study)))
  meat <- 0
  P <- array(0, c(k, length(groups), ncol(X)))
  for (j in seq_along(groups)) {
    g <- groups[[j]]
    D <- t(chol(Phi[g, g, drop = FALSE]))
    IH <- (diag(k) - H)[g, , drop = FALSE]
    A <- D %*% root(t(D) %*% IH %*% Phi %*% t(IH) %*% D, -0.5) %*% t(D)
    a <- A %*% W[g, g, drop = FALSE] %*% X[g, , drop = FALSE]
    s <- t(a) %*% e[g]
    meat <- meat + s %*% t(s)
    P[, j, ] <- t(IH) %*% a %*% M
  }
  df <- sapply(seq_len(ncol(X)), function(c) {
    G <- t(P[, , c]) %*% Phi %*% P[, , c]
    sum(diag(G))^2 / sum(G * G)
  })
  list(se = I(sqrt(diag(M %*% meat %*% M))), df = I(df))
}
result <- function(f, d, sandwich = TRUE) {
  out <- list(sigma2 = f$sigma2, b = I(c(f$beta)), se = I(f$se), stat = I(f$zval), p = I(f$pval),
              ci_low = I(f$ci.lb), ci_high = I(f$ci.ub), df = I(f$ddf),
              log_likelihood = c(logLik(f)), Q = f$QE)
  if (sandwich) {
    r <- robust(f, cluster = d$study)
    out$cr1 <- list(se = I(r$se), df = I(r$ddf))
    out$cr2 <- cr2(f, d)
  }
  if (ncol(d$X) == 1) {
    pr <- predict(f)
    out$pi <- c(pr$pi.lb, pr$pi.ub)
  }
  out
}
# Where the profile log-likelihood of one variance has fallen by half the chi-squared quantile.
ends <- function(f, d, which) {
  drop <- function(s) {
    fixed <- c(NA, NA)
    fixed[which] <- s
    c(logLik(f)) - c(logLik(fit(d, 0, "REML", "z", sigma2 = fixed))) - qchisq(0.95, 1) / 2
  }
  best <- f$sigma2[which]
  low <- if (drop(0) <= 0) 0 else uniroot(drop, c(0, best), tol = 1e-9 * best)$root
  high <- best + 1e-3
  while (drop(high) < 0) high <- 2 * high
  c(low, uniroot(drop, c(best, high), tol = 1e-9 * high)$root)
}

made <- function(y, v, study, X = NULL) {
  if (is.null(X)) X <- matrix(1, length(y), 1)
  list(y = c(y), v = c(v), study = as.character(study), X = X,
       frame = data.frame(study = as.character(study), row = seq_along(y)))
}
k <- dat.konstantopoulos2011
a <- dat.assink2016
b <- escalc("OR", data = dat.bornmann2007, ai = waward, n1i = wtotal, ci = maward, n2i = mtotal)
sets <- list(
  konstantopoulos2011 = made(k$yi, k$vi, k$district),
  konstantopoulos2011_year = made(k$yi, k$vi, k$district, cbind(1, k$year)),
  assink2016 = made(a$yi, a$vi, a$study),
  bornmann2007 = made(b$yi, b$vi, b$study),
  bornmann2007_type = made(b$yi, b$vi, b$study, cbind(1, 1 * (b$type == "Grant")))
)
out <- list(made_by = paste("metafor", packageVersion("metafor"), "on", R.version.string),
            sets = lapply(sets, function(d) {
  three <- fit(d, 0, "REML", "z")
  one <- list(y = d$y, v = d$v, study = d$study, X = if (ncol(d$X) > 1) d$X,
              three_level_REML = result(three, d),
              three_level_ML = result(fit(d, 0, "ML", "z"), d, FALSE),
              three_level_REML_t = result(fit(d, 0, "REML", "t"), d, FALSE),
              three_level_REML_t_contain = result(fit(d, 0, "REML", "t", "contain"), d, FALSE),
              che_0.6 = result(fit(d, 0.6, "REML", "z"), d),
              che_0.8 = result(fit(d, 0.8, "REML", "z"), d))
  if (ncol(d$X) == 1)
    one$intervals <- list(sigma2_between = ends(three, d, 1), sigma2_within = ends(three, d, 2))
  one
}))

# A writer for JSON, so that no further package is needed.
text <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    if (is.null(names(x))) return(paste0("[", paste(sapply(x, text), collapse = ", "), "]"))
    return(paste0("{", paste0('"', names(x), '": ', sapply(x, text), collapse = ",\n"), "}"))
  }
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, text), collapse = ", "), "]"))
  one <- if (is.character(x)) paste0('"', x, '"')
         else ifelse(is.finite(x), formatC(x, digits = 17, format = "g", width = 1), "null")
  if (length(one) == 1 && !inherits(x, "AsIs")) one else paste0("[", paste(one, collapse = ", "), "]")
}
writeLines(text(out), file.path(folder, "multilevel.json"))
