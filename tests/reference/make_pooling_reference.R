# Makes pooling.json from pooling_data.csv and bcg_moderators.csv with metafor (3.8-1 was used).
#   Rscript tests/reference/make_pooling_reference.R        (from the root of the repository)
#
# metafor's defaults stop on absolute steps (tau2 up to 1e-3 relative from the optimum), and it may
# stay on a local maximum. So ML, REML and EB start at the global optimum, found here on a grid and
# by a root of the score, and all tolerances are set in the scale of the data.
suppressMessages(library(metafor))

folder <- "tests/reference"
METHODS <- c("EE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")

score <- function(t, y, v, restricted) {
  w <- 1 / (v + t)
  e <- y - sum(w * y) / sum(w)
  sum(w^2 * e^2) - (if (restricted) sum(w) - sum(w^2) / sum(w) else sum(w))
}
height <- function(t, y, v, restricted) {
  w <- 1 / (v + t)
  e <- y - sum(w * y) / sum(w)
  0.5 * (sum(log(w)) - sum(w * e^2) - (if (restricted) log(sum(w)) else 0))
}
optimum <- function(y, v, restricted) {
  y <- y - mean(y)
  grid <- c(0, exp(seq(log(min(v) * 1e-6), log(sum(y^2) + min(v)), length.out = 4000)))
  s <- sapply(grid, score, y = y, v = v, restricted = restricted)
  roots <- if (s[1] <= 0) 0 else numeric(0)
  for (i in which(head(s, -1) > 0 & tail(s, -1) <= 0)) {
    roots <- c(roots, uniroot(score, grid[i + 0:1], y = y, v = v, restricted = restricted,
                              tol = 1e-15 * grid[i + 1], maxiter = 10000)$root)
  }
  roots[which.max(sapply(roots, height, y = y, v = v, restricted = restricted))]
}
paule_mandel <- function(y, v) {
  y <- y - mean(y)
  q <- function(t) { w <- 1 / (v + t); sum(w * (y - sum(w * y) / sum(w))^2) - (length(y) - 1) }
  if (q(0) <= 0) return(0)
  uniroot(q, c(0, sum(y^2)), tol = 1e-15 * sum(y^2), maxiter = 10000)$root
}

control_for <- function(y, v, method) {
  size <- max(var(y), median(v))
  start <- if (length(y) < 2) 0 else switch(method,
    ML = optimum(y, v, FALSE), REML = optimum(y, v, TRUE), EB = paule_mandel(y, v), NULL)
  out <- list(threshold = 1e-13 * size, tol = 1e-14 * size, maxiter = 10000,
              tau2.max = 1000 * size + 100)
  if (method %in% c("ML", "REML", "EB")) out$tau2.init <- start
  out
}
fit <- function(y, v, method, test) {
  control <- control_for(y, v, method)
  if (!is.finite(control$threshold)) control <- list()
  suppressWarnings(rma(y, v, method = method, test = test, control = control))
}

# CR2 by its definition, with whole k x k matrices: nothing here is shared with the program.
root <- function(A, power) {
  e <- eigen(A, symmetric = TRUE)
  e$vectors %*% diag(e$values^power, nrow(A)) %*% t(e$vectors)
}
cr2 <- function(y, phi, cluster) {
  k <- length(y)
  X <- matrix(1, k, 1)
  W <- diag(1 / phi, k)
  M <- solve(t(X) %*% W %*% X)
  H <- X %*% M %*% t(X) %*% W
  e <- (diag(k) - H) %*% y
  groups <- split(seq_len(k), factor(cluster, unique(cluster)))
  P <- matrix(0, k, length(groups))
  meat <- 0
  for (j in seq_along(groups)) {
    g <- groups[[j]]
    D <- diag(sqrt(phi[g]), length(g))
    IH <- (diag(k) - H)[g, , drop = FALSE]
    A <- D %*% root(D %*% IH %*% diag(phi, k) %*% t(IH) %*% D, -0.5) %*% D
    a <- A %*% W[g, g, drop = FALSE] %*% X[g, , drop = FALSE]
    meat <- meat + (t(a) %*% e[g])^2
    P[, j] <- t(IH) %*% a %*% M
  }
  G <- t(P) %*% diag(phi, k) %*% P
  se <- c(sqrt(M %*% meat %*% M))
  b <- c(M %*% t(X) %*% W %*% y)
  df <- sum(diag(G))^2 / sum(G^2)
  list(b = b, se = se, df = df, p = 2 * pt(-abs(b / se), df),
       ci_low = b - qt(0.975, df) * se, ci_high = b + qt(0.975, df) * se)
}

json <- function(x) {
  if (is.null(x)) return("null")
  if (is.list(x)) {
    if (is.null(names(x))) return(paste0("[", paste(sapply(x, json), collapse = ","), "]"))
    return(paste0("{", paste(sprintf("\"%s\":%s", names(x), sapply(x, json)), collapse = ","), "}"))
  }
  if (is.character(x)) text <- sprintf("\"%s\"", x)
  else if (is.logical(x)) text <- ifelse(is.na(x), "null", ifelse(x, "true", "false"))
  else text <- ifelse(is.finite(x), sprintf("%.15g", x), "null")
  if (length(x) == 1) text else paste0("[", paste(text, collapse = ","), "]")
}
many <- function(x) if (length(x) == 1) list(x) else x

SPREAD <- c("tau2", "se_tau2", "I2", "H2", "Q", "Q_p")
numbers <- function(r) {
  pi <- if (r$method == "EE") list(pi.lb = NA, pi.ub = NA) else predict(r)
  list(b = r$beta[1], se = r$se, stat = r$zval, p = r$pval, ci_low = r$ci.lb, ci_high = r$ci.ub,
       tau2 = r$tau2, se_tau2 = if (r$method == "EE") NA else r$se.tau2, I2 = r$I2, H2 = r$H2,
       Q = r$QE, Q_p = r$QEp, pi_low = pi$pi.lb, pi_high = pi$pi.ub)
}
refits <- function(y, v, method, test, rows) {
  parts <- lapply(rows, function(i) numbers(fit(y[i], v[i], method, test)))
  keys <- c("b", "se", "stat", "p", "ci_low", "ci_high", "Q", "Q_p", "tau2", "I2", "H2")
  setNames(lapply(keys, function(key) many(sapply(parts, `[[`, key))), keys)
}

data <- read.csv(file.path(folder, "pooling_data.csv"), colClasses = c(cluster = "character"))
sets <- list()
for (name in unique(data$dataset)) {
  d <- data[data$dataset == name, ]
  y <- d$yi
  v <- d$vi
  k <- length(y)
  fits <- list()
  for (method in METHODS) {
    for (test in c("z", "knha")) {
      # Standard errors of 0 (studies that agree exactly) have no test.
      r <- try(fit(y, v, method, test), silent = TRUE)
      if (inherits(r, "try-error")) next
      all <- numbers(r)
      if (test == "z") fits[[method]] <- all[SPREAD]
      fits[[method]][[test]] <- all[setdiff(names(all), SPREAD)]
    }
  }
  one <- list(k = k, fits = fits)
  if (k > 1) {
    size <- max(var(y), median(v))
    # confint() loses its digits far from zero; moving the outcomes moves nothing else.
    moved <- y - mean(y)
    ci <- confint(fit(moved, v, "REML", "z"), control = list(
      tol = 1e-15 * size, maxiter = 10000, tau2.max = 1e6 * size))
    one$tau2_ci <- list(low = ci$random[1, 2], high = ci$random[1, 3],
                        low_sign = ci$lb.sign, high_sign = ci$ub.sign)
    if (k <= 13) {
      one$leave_one_out <- refits(y, v, "REML", "knha", lapply(seq_len(k), function(i) -i))
      one$cumulative <- refits(y, v, "REML", "knha", lapply(seq_len(k), seq_len))
    }
    rank <- suppressWarnings(ranktest(y, v))
    one$begg <- list(tau = unname(rank$tau), p = rank$pval)
    if (length(unique(d$cluster)) > 1 && var(y) > 0) {
      one$cr2 <- cr2(y, v + fit(y, v, "REML", "z")$tau2, d$cluster)
    }
    if (k > 2 && max(v) > min(v) && var(y) > 0) {
      # Standard errors of 1e-6 look collinear with the intercept to metafor.
      e <- try(regtest(y, v, model = "rma", method = "DL", test = "knha"), silent = TRUE)
      l <- try(regtest(y, v, model = "lm"), silent = TRUE)
      if (!inherits(e, "try-error") && !inherits(l, "try-error")) {
        one$egger <- list(stat = e$zval, df = e$ddf, p = e$pval, limit = e$est,
                          lm_stat = l$zval, lm_p = l$pval)
      }
      dl <- rma(y, v, method = "DL")
      for (estimator in c("L0", "R0")) {
        t <- try(trimfill(dl, estimator = estimator), silent = TRUE)
        if (!inherits(t, "try-error")) {
          one$trimfill[[estimator]] <- list(k0 = t$k0, side = t$side, b = t$beta[1], se = t$se,
                                            ci_low = t$ci.lb, ci_high = t$ci.ub, tau2 = t$tau2)
        }
      }
      if (k <= 13) {
        i <- influence(dl)
        one$influence <- list(
          rstudent = i$inf$rstudent, dffits = i$inf$dffits, cook_d = i$inf$cook.d,
          cov_r = i$inf$cov.r, tau2_del = i$inf$tau2.del, Q_del = i$inf$QE.del, hat = i$inf$hat,
          weight = i$inf$weight, dfbetas = i$dfbs$intrcpt)
      }
    }
  }
  sets[[name]] <- one
}

bcg <- read.csv(file.path(folder, "bcg_moderators.csv"))
bcg$middle <- bcg$year - 1960
regressions <- list()
for (text in c("~ ablat", "~ ablat + year", "~ alloc", "~ 0 + alloc", "~ ablat * alloc",
               "~ factor(alloc) + I(ablat^2)")) {
  for (method in c("DL", "EE", "REML")) {
    for (test in c("z", "knha")) {
      # Years as they stand would cost metafor eight digits: they are centred, and the intercept
      # is left out of the comparison where there are years.
      used <- as.formula(sub("year", "middle", text))
      r <- suppressWarnings(rma(yi, vi, mods = used, data = bcg, method = method, test = test,
                                control = list(threshold = 1e-14, maxiter = 10000)))
      regressions[[length(regressions) + 1]] <- list(
        formula = text, method = method, test = test, names = rownames(r$beta),
        b = c(r$beta), se = r$se, p = r$pval, tau2 = r$tau2, QM = r$QM, QM_p = r$QMp,
        R2 = if (is.null(r$R2)) NA else r$R2, Q = r$QE, I2 = r$I2)
    }
  }
}

out <- list(made_by = paste("metafor", packageVersion("metafor"), "on", R.version.string),
            sets = sets, regressions = regressions)
writeLines(gsub("\"(one_study|[a-z0-9_.]+)\":\\{\"k\"", "\n\"\\1\":{\"k\"", json(out)),
           file.path(folder, "pooling.json"))
