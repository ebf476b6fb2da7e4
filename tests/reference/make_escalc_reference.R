# Makes escalc.json: effect sizes and variances by metafor, on made-up data that reach every
# branch of every measure (zero cells, missing cells, tiny groups, equal groups).
#
#   Rscript tests/reference/make_escalc_reference.R > tests/reference/escalc.json
#
# Needs metafor 3.8 (Debian 12: r-cran-metafor). UCOR and RTET need packages that are not in Debian;
# tests/test_escalc.py checks those two otherwise.
suppressMessages(library(metafor))
stopifnot(packageVersion("metafor") >= "3.8", packageVersion("metafor") < "3.9")
options(warn = -1)

tables <- list(
  ai = c(3, 0, 14, 0, 21, 6, 2, NA, 50, 1),
  bi = c(47, 25, 31, 18, 0, 4, 1498, 20, 50, 9),
  ci = c(9, 4, 17, 0, 16, 6, 0, 3, 40, 5),
  di = c(44, 27, 26, 19, 7, 4, 1502, 17, 60, 5))
groups <- list(
  m1i = c(6.4, 41, 118.5, -1.5, 4, 7.7, 3), sd1i = c(1.9, 7, 15.5, 0.8, 2.2, NA, 1.1),
  n1i = c(34, 11, 260, 5, 3, 20, 2),
  m2i = c(3.3, 37.5, 120.25, 0.75, 4, 5.1, 2), sd2i = c(2.4, 9, 13.75, 1.3, 2.9, 1.6, 0.9),
  n2i = c(31, 13, 240, 4, 3, 22, 1))
positive <- list(
  m1i = c(6.4, 41, 118.5, 4, 7.7), sd1i = c(1.9, 7, 15.5, 2.2, NA), n1i = c(34, 11, 260, 3, 20),
  m2i = c(3.3, 37.5, 120.25, 4, 5.1), sd2i = c(2.4, 9, 13.75, 2.9, 1.6),
  n2i = c(31, 13, 240, 3, 22))
change <- list(
  m1i = c(9.2, 7.5, 8.1, 62, 5, 8.8, 6.9), sd1i = c(1.1, 0.8, 1.9, 14, 2, 0.7, NA),
  m2i = c(1.9, 3.3, 2.2, 55, 5, 2.6, 2.7), sd2i = c(1.7, 1, 1.1, 16, 2.5, 0.6, 1.3),
  ni = c(204, 16, 12, 85, 2, 25, 10), ri = c(0.5, 0.2, 0.9, -0.35, 0, 0.7, 0.5))
shares <- list(xi = c(0, 2, 7, 30, 45, 512, NA, 1), ni = c(12, 25, 60, 30, 90, 1400, 20, 1))
rates <- list(xi = c(0, 4, 31, 140, NA), ti = c(8.5, 52, 1200.75, 96, 10))
two.rates <- list(x1i = c(0, 11, 32, 0), t1i = c(120, 1320.5, 48, 10),
                  x2i = c(3, 27, 29, 0), t2i = c(105, 1410, 61.25, 12))
correlations <- list(ri = c(0.15, -0.52, 0.77, 0.995, 0, 0.3, 1), ni = c(24, 61, 9, 45, 320, 3, 12))
partials <- list(ti = c(2.4, -1.1, 0), ni = c(40, 55, 20), mi = c(3, 6, 1), r2i = c(0.3, 0.12, 0.05))
means <- list(mi = c(6.1, 15.2, 0.65, 3), sdi = c(2.2, 4.1, 0.15, NA), ni = c(14, 175, 6, 9))
alphas <- list(ai = c(0.91, 0.55, 0.78, -0.1), mi = c(18, 6, 10, 4), ni = c(120, 34, 260, 15))
genotypes <- list(ai = c(45, 38, 0), bi = c(33, 41, 10), ci = c(22, 13, 5))

cases <- list()
add <- function(measure, input, ...) {
  cases[[length(cases) + 1]] <<- list(measure = measure, options = list(...), input = input)
}
for (measure in c("OR", "RR", "RD", "AS", "PETO", "PHI", "YUQ", "YUY", "OR2DN", "OR2DL", "OR2D",
                  "PBIT", "MPRD", "MPRR", "MPOR", "MPORC", "MPPETO")) {
  for (to in c("only0", "all", "if0all", "none")) add(measure, tables, to = to)
  add(measure, tables, add = 0.25)
  add(measure, tables, add = 1, drop00 = TRUE)
  add(measure, tables, to = "if0all", drop00 = TRUE)
}
add("MPORM", c(tables, list(ri = c(0.1, 0.4, 0, 0.2, 0.1, -0.2, 0, 0.1, 0.3, 0.5))))
for (vtype in c("UB", "AV")) add("RD", tables, vtype = vtype)
for (vtype in c("ST", "CS")) add("PHI", tables, vtype = vtype)
for (measure in c("MD", "SMD", "SMDH", "SMD1", "SMD1H", "RPB", "RBIS", "D2OR", "D2ORN", "D2ORL", "VR"))
  add(measure, groups)
# With two people and one, the factor J is NA; metafor then still gives the variance of type AV.
enough <- lapply(groups, head, 6)
for (measure in c("SMD", "SMD1"))
  for (vtype in c("UB", "LS2", "AV")) add(measure, enough, vtype = vtype)
for (vtype in c("ST", "CS")) add("RPB", groups, vtype = vtype)
add("MD", groups, vtype = "HO"); add("SMDH", groups, vtype = "LS2")
add("SMD", list(di = c(0.42, -1.05, NA), ti = c(NA, NA, 2.6), n1i = c(22, 7, 30), n2i = c(27, 10, 28)))
for (measure in c("ROM", "CVR")) add(measure, positive)
for (vtype in c("HO", "AV", "AVHO")) add("ROM", positive, vtype = vtype)
for (measure in c("MC", "SMCC", "SMCR", "SMCRH", "ROMC", "CVRC", "VRC")) add(measure, change)
for (measure in c("SMCC", "SMCR")) add(measure, change, vtype = "LS2")
for (measure in c("PR", "PLN", "PLO", "PAS", "PFT")) {
  for (to in c("only0", "all", "if0all", "none")) add(measure, shares, to = to)
  add(measure, shares, add = 0.1)
  if (measure %in% c("PR", "PLN", "PLO")) add(measure, shares, vtype = "AV")
}
add("PR", shares, vtype = "UB")
for (measure in c("IR", "IRLN", "IRS", "IRFT"))
  for (to in c("only0", "all", "if0all", "none")) add(measure, rates, to = to)
for (measure in c("IRR", "IRD", "IRSD")) {
  for (to in c("only0", "all", "if0all", "none")) add(measure, two.rates, to = to)
  add(measure, two.rates, drop00 = TRUE)
}
for (measure in c("COR", "ZCOR")) add(measure, correlations)
add("COR", correlations, vtype = "AV")
for (measure in c("PCOR", "ZPCOR", "SPCOR")) add(measure, partials)
for (measure in c("PCOR", "SPCOR")) add(measure, partials, vtype = "AV")
for (measure in c("MN", "MNLN", "CVLN", "SDLN", "SMN")) add(measure, means)
for (measure in c("ARAW", "AHW", "ABT")) add(measure, alphas)
add("REH", genotypes)

text <- function(x) paste0('"', x, '"')
value <- function(x, digits = "%.15g") {
  if (is.list(x))
    return(paste0("{", paste0(text(names(x)), ": ", sapply(x, value), collapse = ", "), "}"))
  if (is.character(x)) return(text(x))
  if (is.logical(x) && !anyNA(x)) return(tolower(as.character(x)))
  paste0("[", paste(ifelse(is.finite(x), sprintf(digits, x), "null"), collapse = ", "), "]")
}
option <- function(x) if (is.numeric(x)) sprintf("%.15g", x) else value(x)
row <- function(case) {
  out <- do.call(escalc, c(list(measure = case$measure), case$input, case$options))
  options <- paste0(text(names(case$options)), ": ", sapply(case$options, option), collapse = ", ")
  if (length(case$options) == 0) options <- ""
  # The input is named, not repeated: it is one of the few above.
  name <- names(inputs)[sapply(inputs, identical, case$input)]
  paste0('  {"measure": ', text(case$measure), ', "options": {', options, '}, "input": ', text(name),
         ', "yi": ', value(as.numeric(out$yi), "%.17g"), ', "vi": ', value(as.numeric(out$vi), "%.17g"), "}")
}
inputs <- list()
for (case in cases) if (!any(sapply(inputs, identical, case$input)))
  inputs[[paste0("data", length(inputs) + 1)]] <- case$input
cat('{"made_by": "make_escalc_reference.R", "metafor": "', format(packageVersion("metafor")), '",\n',
    '"inputs": ', value(inputs), ',\n"cases": [\n', sep = "")
cat(sapply(cases, row), sep = ",\n")
cat("\n]}\n")
