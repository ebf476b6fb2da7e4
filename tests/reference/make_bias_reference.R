# Makes bias.json with metafor (3.8-1 was used).
#   Rscript tests/reference/make_bias_reference.R        (from the root of the repository)
#
# Small-study effects, selection models, Mantel-Haenszel, Peto and Baujat for data sets that come
# with metafor's companion metadat and for one made here. metafor's own optimum of a selection
# model is taken from a tight second fit that starts at the first.
suppressMessages(library(metafor))

num <- function(x) {
  if (length(x) == 0) return("[]")
  one <- function(z) if (is.na(z) || !is.finite(z)) "null" else format(z, digits = 15)
  if (length(x) == 1) one(x) else paste0("[", paste(sapply(x, one), collapse = ","), "]")
}
arr <- function(x) paste0("[", paste(sapply(x, num), collapse = ","), "]")
obj <- function(...) {
  x <- list(...)
  paste0("{", paste(sprintf("\"%s\":%s", names(x), unlist(x)), collapse = ","), "}")
}

sets <- list(
  bcg_log_or = escalc("OR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg),
  hackshaw1998 = dat.hackshaw1998,
  raudenbush1985 = dat.raudenbush1985,
  hartmannboyce2018 = escalc("RR", ai = x.nrt, n1i = n.nrt, ci = x.ctrl, n2i = n.ctrl,
                             data = dat.hartmannboyce2018),
  made_here = data.frame(
    yi = c(0.82, 0.55, 0.61, 0.12, 0.93, 0.37, 0.04, 0.71, 0.28, 0.49, -0.08, 0.66, 0.19, 0.31),
    vi = c(0.11, 0.042, 0.07, 0.011, 0.16, 0.03, 0.014, 0.09, 0.008, 0.055, 0.02, 0.121, 0.006,
           0.018))
)

regression <- function(y, v) {
  out <- c()
  for (p in c("sei", "vi")) for (m in c("lm", "rma")) {
    r <- regtest(rma(y, v, method = "DL", test = "knha"), predictor = p, model = m)
    limit <- coef(r$fit)[1]
    out[paste(m, p, sep = "_")] <- obj(stat = num(unname(r$zval)), p = num(unname(r$pval)),
                                       limit = num(unname(limit)))
  }
  do.call(obj, as.list(out))
}
# The log-likelihood, written apart from metafor's, for the curvature at metafor's optimum.
height <- function(par, y, v, steps, side, delta) {
  free <- is.na(delta)
  delta[free] <- par[-(1:2)]
  if (side == "less") {
    y <- -y
    par[1] <- -par[1]
  }
  s <- sqrt(v + par[2])
  p <- pnorm(y / sqrt(v), lower.tail = FALSE)
  group <- findInterval(p, c(0, steps), left.open = TRUE)
  cut <- c(Inf, qnorm(steps, lower.tail = FALSE), -Inf)
  A <- 0
  for (j in seq_along(delta)) {
    A <- A + delta[j] * (pnorm(cut[j] * sqrt(v), par[1], s) - pnorm(cut[j + 1] * sqrt(v), par[1], s))
  }
  sum(log(delta[group]) + dnorm(y, par[1], s, log = TRUE) - log(A))
}
selection <- function(y, v, steps, delta = rep(NA, length(steps) + 1)) {
  side <- if (mean(y) > 0) "greater" else "less"
  delta[1] <- 1
  x <- rma(y, v, method = "ML", control = list(threshold = 1e-12, maxiter = 10000))
  fit <- function(control) suppressWarnings(
    selmodel(x, type = "stepfun", steps = steps, alternative = side, delta = delta,
             control = control, skiphes = TRUE))
  a <- tryCatch(fit(list()), error = function(e) NULL)
  if (is.null(a)) return("null")
  for (i in 1:3) {
    b <- tryCatch(fit(list(beta.init = c(a$beta), tau2.init = max(a$tau2, 1e-8),
                           delta.init = pmax(a$delta, 1e-4), optimizer = "nlminb",
                           rel.tol = 1e-15)), error = function(e) NULL)
    if (!is.null(b) && c(logLik(b)) >= c(logLik(a))) a <- b
  }
  par <- c(a$beta, a$tau2, a$delta[is.na(delta)])
  stopifnot(abs(height(par, y, v, steps, side, delta) - c(logLik(a))) < 1e-8)
  # metafor searches the logarithm of tau2 and stops short of 0.
  zero <- replace(par, 2, 0)
  at_zero <- height(zero, y, v, steps, side, delta) >= c(logLik(a))
  if (at_zero) par <- zero
  kept <- if (at_zero) seq_along(par) != 2 else rep(TRUE, length(par))
  H <- optimHess(par[kept], function(z) {
    full <- par
    full[kept] <- z
    height(full, y, v, steps, side, delta)
  }, control = list(ndeps = 1e-3 * pmax(abs(par[kept]), 0.1)))
  obj(steps = arr(steps), alternative = sprintf("\"%s\"", side), b = num(c(a$beta)),
      se = num(sqrt(diag(solve(-H)))[1]), tau2 = num(par[2]), delta = arr(a$delta),
      LRT = num(a$LRT), LRTp = num(a$LRTp), ll = num(c(logLik(a))))
}
one <- function(d) {
  y <- c(d$yi)
  v <- c(d$vi)
  keep <- is.finite(y) & is.finite(v)
  y <- y[keep]
  v <- v[keep]
  f <- sapply(c("Rosenthal", "Orwin", "Rosenberg"), function(t) fsn(y, v, type = t)$fsnum)
  x <- rma(y, v, method = "DL")
  ee <- rma(y, v, method = "EE")
  t0 <- tes(y, v, test = "chi2", find.lim = FALSE)
  t1 <- tes(x, test = "chi2", find.lim = FALSE)
  pdf(NULL)
  ba <- baujat(x)
  invisible(dev.off())
  h <- hc(x)
  obj(yi = arr(y), vi = arr(v), regtest = regression(y, v),
      fsn = arr(unname(f)),
      tes_ee = obj(O = num(t0$O), E = num(t0$E), X2 = num(t0$X2), p = num(t0$pval)),
      tes_re = obj(theta = num(c(x$beta)), tau2 = num(x$tau2), O = num(t1$O), E = num(t1$E),
                   X2 = num(t1$X2), p = num(t1$pval)),
      stepfun_1 = selection(y, v, 0.025), stepfun_2 = selection(y, v, c(0.025, 0.5)),
      stepfun_fixed = selection(y, v, c(0.05, 0.5), c(1, 0.7, 0.4)),
      baujat = obj(x = arr(ba$x), y = arr(ba$y)),
      henmi_copas = obj(b = num(c(h$beta)), se = num(h$se), ci_low = num(h$ci.lb),
                        ci_high = num(h$ci.ub), tau2 = num(h$tau2)))
}

tables <- list(
  bcg = with(dat.bcg, list(ai = tpos, bi = tneg, ci = cpos, di = cneg)),
  yusuf_6 = with(subset(dat.yusuf1985, table == "6" & !is.na(ai) & !is.na(ci)),
                 list(ai = ai, bi = n1i - ai, ci = ci, di = n2i - ci)),
  with_zeros = list(ai = c(0, 1, 0, 3, 2, 0), bi = c(40, 61, 25, 97, 30, 18),
                    ci = c(2, 0, 0, 7, 2, 1), di = c(38, 60, 24, 88, 31, 17))
)
table_one <- function(t) {
  parts <- list(table = obj(ai = arr(t$ai), bi = arr(t$bi), ci = arr(t$ci), di = arr(t$di)))
  for (m in c("OR", "RR", "RD")) {
    x <- do.call(rma.mh, c(t, list(measure = m)))
    parts[[m]] <- obj(b = num(c(x$beta)), se = num(x$se), Q = num(x$QE), Q_p = num(x$QEp),
                      MH = num(x$MH), MHp = num(x$MHp), BD = num(x$BD), TA = num(x$TA),
                      TAp = num(x$TAp))
  }
  x <- do.call(rma.peto, t)
  parts[["PETO"]] <- obj(b = num(c(x$beta)), se = num(x$se), Q = num(x$QE), Q_p = num(x$QEp))
  do.call(obj, parts)
}

made_by <- sprintf("metafor %s on %s", packageVersion("metafor"), R.version.string)
body <- paste(sprintf("\"%s\":%s", names(sets), sapply(sets, one)), collapse = ",\n")
more <- paste(sprintf("\"%s\":%s", names(tables), sapply(tables, table_one)), collapse = ",\n")
writeLines(sprintf("{\"made_by\":\"%s\",\"sets\":{\n%s\n},\"tables\":{\n%s\n}}", made_by, body, more),
           "tests/reference/bias.json")
