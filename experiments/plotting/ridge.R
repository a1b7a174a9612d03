# Training and validation error against lambda, with one standard error.
#
#     Rscript experiments/plotting/ridge.R
#
# Reads results/ridge/curve.csv from the current folder, writes ridge-r.png there. Needs ggplot2.
library(ggplot2)

curve <- subset(read.csv("results/ridge/curve.csv"), solver == "normal" & lambda > 0)
chosen <- subset(curve, selected != "")

plot <- ggplot(curve, aes(lambda)) +
  geom_ribbon(aes(ymin = validation_mse - validation_mse_se, ymax = validation_mse + validation_mse_se),
              fill = "#D55E00", alpha = 0.2) +
  geom_line(aes(y = validation_mse, colour = "validation")) +
  geom_point(aes(y = validation_mse, colour = "validation")) +
  geom_line(aes(y = train_mse, colour = "training"), linetype = "dashed") +
  geom_vline(data = chosen, aes(xintercept = lambda)) +
  geom_text(data = chosen, aes(label = selected, y = max(curve$validation_mse)),
            angle = 90, hjust = 1, vjust = -0.5, size = 3) +
  scale_x_log10() + scale_y_log10() +
  scale_colour_manual(NULL, values = c(training = "#0072B2", validation = "#D55E00")) +
  labs(x = "λ", y = "mean squared error") +
  theme_minimal()
ggsave("ridge-r.png", plot, width = 7.2, height = 4.6, dpi = 150, bg = "white")
