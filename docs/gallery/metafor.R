# The primary synthesis as metafor draws it by default: nothing but the data and the file names are given.
# Rscript metafor.R DATA.csv FOLDER      (columns label, year, yi, vi)
suppressMessages(library(metafor))
given <- commandArgs(trailingOnly = TRUE)
data <- read.csv(given[1], encoding = "UTF-8")
fit <- rma(yi, vi, slab = label, data = data, test = "knha")
draw <- function(name, code) {
  png(file.path(given[2], paste0("metafor-", name, ".png")), 7, 5, "in", res = 110, type = "cairo")
  on.exit(dev.off())
  force(code)
}
draw("primary", forest(fit))
draw("cumulative", forest(cumul(fit, order = data$year)))
draw("funnel", funnel(fit))
draw("radial", radial(fit))
draw("baujat", baujat(fit))
draw("influence", plot(influence(fit)))
draw("gosh", plot(gosh(fit, progbar = FALSE)))
