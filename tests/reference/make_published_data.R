# Makes published_data.json: raw data of published analyses, from the package metadat, unchanged.
#   Rscript tests/reference/make_published_data.R             (from the root of the repository)
# tests/test_published_figures.py computes effect sizes from them and names each source.
suppressMessages(library(metadat))

columns <- function(d, names, rows = seq_len(nrow(d))) as.list(d[rows, names])
p <- dat.normand1999
sets <- list(
  bcg = columns(dat.bcg, c("tpos", "tneg", "cpos", "cneg", "ablat", "year")),
  hine1989 = columns(dat.hine1989, c("ai", "n1i", "ci", "n2i")),
  normand1999 = columns(p, c("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")),
  collins1985b = columns(dat.collins1985b, c("pre.xti", "pre.nti", "pre.xci", "pre.nci")),
  lee2004 = columns(dat.lee2004, c("ai", "n1i", "ci", "n2i")),
  # The studies of the article: of more than mild severity or with a duration (rows of metadat).
  linde2005 = columns(dat.linde2005, c("ai", "n1i", "ci", "n2i", "dosage", "duration", "baseline"),
                      c(7:10, 13:25)),
  raudenbush1985 = columns(dat.raudenbush1985, c("yi", "vi", "weeks")),
  konstantopoulos2011 = columns(dat.konstantopoulos2011, c("yi", "vi", "district"))
)
value <- function(x) paste0("[", paste(ifelse(is.na(x), "null", formatC(as.numeric(x), digits = 15,
                                       format = "g", width = 1)), collapse = ", "), "]")
set <- function(d) paste0("{", paste0('"', names(d), '": ', sapply(d, value), collapse = ",\n  "), "}")
writeLines(paste0("{", paste0('"', names(sets), '": ', sapply(sets, set), collapse = ",\n"), "}"),
           "tests/reference/published_data.json")
