"""Training and validation error against lambda, with one standard error.

    python3 experiments/plotting/ridge.py

Reads results/ridge/curve.csv from the current folder, writes ridge-python.svg there.
Needs pandas and matplotlib.
"""

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
import pandas as pd

curve = pd.read_csv("results/ridge/curve.csv")
curve = curve[curve["solver"].eq("normal") & curve["lambda"].gt(0)].sort_values("lambda")
mean, error = curve["validation_mse"], curve["validation_mse_se"]

figure, axes = plt.subplots(figsize=(7.2, 4.6), layout="constrained")
axes.fill_between(curve["lambda"], mean - error, mean + error, color="#D55E00", alpha=0.2, lw=0)
axes.plot(curve["lambda"], mean, "o-", ms=4, color="#D55E00", label="validation ± 1 standard error")
axes.plot(curve["lambda"], curve["train_mse"], "s--", ms=3, color="#0072B2", label="training")
for _, point in curve[curve["selected"].notna()].iterrows():
    axes.axvline(point["lambda"], color="black", lw=1)
    rules = point["selected"].replace(" ", ", ")
    axes.annotate(f"{rules}: λ = {point['lambda']:.4g} ", (point["lambda"], mean.max()), rotation=90, va="top", ha="right")
axes.set(xscale="log", yscale="log", xlabel="λ", ylabel="mean squared error")
axes.legend()
figure.savefig("ridge-python.svg")
