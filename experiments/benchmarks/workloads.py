"""The work that is measured: seeded data on disk and the specs that sweep it."""

import json
import pathlib

import numpy as np


class Workloads:
    """Makes each data set once per folder; a second run finds it there."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def dense(self, name: str, rows: int, columns: int, classes: bool = False):
        """Standard normal features, a linear target with noise or two classes; as .npy, mapped."""
        paths = self.folder / f"{name}-x.npy", self.folder / f"{name}-y.npy"
        if not all(path.exists() for path in paths):
            random = np.random.default_rng([rows, columns, classes])
            features = random.standard_normal((rows, columns))
            scores = features @ (random.standard_normal(columns) / columns**0.5)
            if classes:
                positive = random.random(rows) < 1 / (1 + np.exp(-2 * scores))
                target = np.where(positive, 1.0, -1.0)
            else:
                target = scores + random.standard_normal(rows)
            for path, array in zip(paths, (features, target)):
                np.save(path, array)
        return tuple(np.load(path) for path in paths)

    def libsvm(self, name: str, rows: int, columns: int, words: int) -> pathlib.Path:
        """Unit rows of about `words` positive numbers, few columns in most rows as words are in texts."""
        path = self.folder / f"{name}.svm"
        if not path.exists():
            random = np.random.default_rng([rows, columns, words])
            shares = np.cumsum(1 / (np.arange(columns) + 10.0))
            weights = random.standard_normal(columns) * (random.random(columns) < 0.1)
            lines = []
            for _ in range(rows):
                places = np.unique(np.searchsorted(shares / shares[-1], random.random(words)))
                values = random.random(places.size)
                values /= np.linalg.norm(values)
                score = weights[places] @ values + 0.1 * random.standard_normal()
                cells = " ".join(f"{j + 1}:{v:.6g}" for j, v in zip(places, values))
                lines.append(f"{1 if score > 0 else -1} {cells}\n")
            part = path.with_suffix(".part")
            part.write_text("".join(lines))
            part.rename(path)
        return path

    def csv(self, name: str, megabytes: int, columns: int = 50) -> pathlib.Path:
        """Random doubles with all their digits, and the same numbers as .npy."""
        path = self.folder / f"{name}.csv"
        if not path.exists():
            random = np.random.default_rng(7)
            rows = int(megabytes * 1e6 / (columns + 1) / 19.6)
            table = random.standard_normal((rows, columns + 1))
            header = ",".join([f"c{j}" for j in range(1, columns + 1)] + ["y"])
            part = path.with_suffix(".part")
            with part.open("w") as file:
                file.write(header + "\n")
                for row in table.tolist():
                    file.write(",".join(map(repr, row)) + "\n")
            np.save(self.folder / f"{name}-x.npy", np.ascontiguousarray(table[:, :-1]))
            np.save(self.folder / f"{name}-y.npy", np.ascontiguousarray(table[:, -1]))
            part.rename(path)
        return path

    def small_csv(self, name: str, rows: int) -> pathlib.Path:
        """One feature and a target."""
        path = self.folder / f"{name}.csv"
        table = np.random.default_rng(11).standard_normal((rows, 2)).tolist()
        path.write_text("x,y\n" + "".join(f"{x!r},{2 * x + noise!r}\n" for x, noise in table))
        return path

    def spec(self, name: str, data, grid: dict, **keys) -> pathlib.Path:
        """A spec on plain features and five contiguous folds unless `keys` says otherwise."""
        if isinstance(data, str):
            data = {"npy": {"features": f"{data}-x.npy", "target": f"{data}-y.npy"}}
        document = {
            "name": name,
            "data": data,
            "features": {"standardize": "none"},
            "split": {"k_fold": 5, "shuffle": False},
            "model": {"loss": "squared"},
            "grid": grid,
        }
        document.update(keys)
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(document, indent=2))
        return path
