# cv.glmnet on FILE (doubles: features by column, then the target): prints elapsed and CPU seconds.
# Rscript glmnet.R FILE ROWS COLUMNS LAMBDAS LOW HIGH
suppressMessages(library(glmnet))
arguments <- commandArgs(TRUE)
rows <- as.integer(arguments[2])
columns <- as.integer(arguments[3])
file <- file(arguments[1], "rb")
values <- readBin(file, "double", rows * (columns + 1))
close(file)
x <- matrix(values[1:(rows * columns)], rows)
y <- values[(rows * columns + 1):(rows * (columns + 1))]
ends <- log10(as.numeric(arguments[5:6]))
lambda <- 10^seq(ends[1], ends[2], length.out = as.integer(arguments[4]))
time <- system.time(cv.glmnet(x, y,
  alpha = 0, lambda = lambda, standardize = FALSE,
  foldid = rep(1:5, each = rows / 5)
))
cat(time[["elapsed"]], time[["user.self"]] + time[["sys.self"]])
