"""Every kind of mistake a user can make: what is written, the exit status, what the message says."""

import copy
import io
import json

import numpy as np

DATA = "a,b,y\n" + "".join(f"{i},{i * i % 7},{(3 * i + 1) % 11}\n" for i in range(20))
CLASSES = "a,b,y\n" + "".join(f"{i},{i * i % 7},{i % 3 == 0:d}\n" for i in range(20))
SPEC = {
    "data": {"csv": "data.csv", "target": "y"},
    "split": {"k_fold": 4},
    "grid": {"solver": ["normal", "gd"], "lambda": [0.1, 1], "eta": 0.01, "epochs": 5},
}
LOGISTIC = {"model": {"loss": "logistic"},
            "grid": {"solver": ["newton", "sgd"], "lambda": {"logspace": [0.01, 1], "count": 3},
                     "eta": 0.1, "epochs": 3, "batch_size": [1, 4]}}
SVM = "".join(f"{i % 5} 1:{i} 3:{i * i % 7}\n" for i in range(20))


def npy(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


X = np.arange(60.0).reshape(20, 3) ** 2 % 17
NPY = {"x.npy": npy(X), "t.npy": npy(X[:, 0] + 1)}

# What the random mutations start from: (changes to SPEC, files).
FILES = [
    ({"features": {"polynomial": 2, "standardize": "sample"}, "metrics": ["mse", "r2"],
      "select": {"metric": "mse", "rule": "min"}, "outputs": ["coefficients", "history"],
      "seed": 3, "name": "m"}, {"data.csv": DATA}),
    (LOGISTIC, {"data.csv": CLASSES}),
    ({"data": {"libsvm": "data.svm"}, "split": {"holdout": 0.25, "shuffle": True, "test": 0.1}},
     {"data.svm": SVM}),
    ({"data": {"npy": {"features": "x.npy", "target": "t.npy"}}}, NPY),
    ({"data": {"synthetic": {"kind": "linear", "rows": 30, "features": 3, "noise": 0.1}},
      "grid": [{"solver": "projected_gd", "radius": {"linspace": [0.5, 2], "count": 3},
                "eta": 0.1, "schedule": {"inverse_time": 0.1}, "epochs": 4},
               {"solver": "min_norm", "lambda": {"range": [0, 1, 0.5]}, "train_size": [5, 0.5],
                "exclude": [{"lambda": 1}]}]}, {}),
]


class Kind:
    def __init__(self, name, statuses, patterns, files, arguments):
        self.name, self.patterns, self.files, self.arguments = name, patterns, files, arguments
        self.statuses = (statuses,) if isinstance(statuses, int) else statuses


RUN = ["run", "spec.json", "--output", "out", "-q"]
PLACE = r"spec\.json:\d+:\d+: "


def changed(changes):
    """SPEC with dotted paths replaced; a value of None removes the key."""
    spec = copy.deepcopy(SPEC)
    for path, value in changes.items():
        *parents, last = path.split(".")
        inner = spec
        for key in parents:
            inner = inner.setdefault(key, {})
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    return json.dumps(spec, indent=1)


def in_spec(name, changes, *patterns, data=DATA, statuses=65):
    files = {"spec.json": changed(changes), "data.csv": data}
    return Kind(name, statuses, [PLACE, *patterns], files, RUN)


def in_text(name, text, *patterns, statuses=65):
    return Kind(name, statuses, patterns or [PLACE], {"spec.json": text, "data.csv": DATA}, RUN)


def in_data(name, data, *patterns, changes=None, statuses=65):
    files = {"spec.json": changed(changes or {}), "data.csv": data}
    return Kind(name, statuses, patterns, files, RUN)


def on_command_line(name, arguments, *patterns, statuses=64):
    return Kind(name, statuses, patterns, {"spec.json": changed({}), "data.csv": DATA}, arguments)


def kinds():
    return [*texts(), *keys(), *values(), *grids(), *combinations(), *csv_files(), *other_files(),
            *command_lines()]


def texts():
    good = changed({})
    yield in_text("empty spec", "")
    yield in_text("spec of blanks", " \n\n ")
    yield in_text("spec is a list", "[]")
    yield in_text("spec is a number", "3")
    yield in_text("trailing comma", good[:-2] + ",\n}")
    yield in_text("comment", good.replace("{", "{ // note", 1))
    yield in_text("single quotes", good.replace('"', "'"))
    yield in_text("missing brace", good[:-1])
    yield in_text("text after the end", good + "x", r"spec\.json:\d+:\d+: ")
    yield in_text("duplicate key", good[:-2] + ', "seed": 1, "seed": 2}', "seed")
    yield in_text("not UTF-8", good.encode().replace(b'"data.csv"', b'"\xff\xfe"'))
    yield in_text("lone surrogate", good[:-2] + ', "description": "\\ud800"}')
    yield in_text("control character in a string", good[:-2] + ', "description": "a\nb"}')
    yield in_text("leading zero", good.replace("0.01", "00.01"))
    yield in_text("number without digits", good.replace("0.01", "1."))
    yield in_text("NaN", good.replace("0.01", "NaN"))
    yield in_text("number beyond double", good.replace("0.01", "1e999"))
    yield in_text("100,000 open brackets", "[" * 100_000)
    yield in_text("100,000 open objects", '{"a":' * 100_000)
    yield Kind("two mistakes at once", 65, ["lamda", "epoks"],
               {"spec.json": changed({"grid.lamda": 1, "grid.epoks": 1}), "data.csv": DATA}, RUN)


def keys():
    yield in_spec("unknown axis", {"grid.lamda": 1}, r"grid\.lamda", "lambda")
    yield in_spec("unknown top-level key", {"metric": ["mse"]}, "metrics")
    yield in_spec("unknown data key", {"data.cvs": "x"}, r"data\.cvs", "csv")
    yield in_spec("no data", {"data": None}, "data")
    yield in_spec("no grid", {"grid": None}, "grid")
    yield in_spec("no target", {"data.target": None}, "target")
    yield in_spec("no solver", {"grid.solver": None}, "solver")
    yield in_spec("two kinds of data", {"data.libsvm": "x"})
    yield in_spec("two kinds of split", {"split.holdout": 0.2})


def values():
    for path, value in {
        "data.csv": 3, "data.target": ["y"], "data.header": "yes", "data.delimiter": ";;",
        "data.missing": "ignore", "data.features": [],
        "features.polynomial": 0, "features.standardize": "zscore", "split.k_fold": 1,
        "split.shuffle": 1, "split.repeats": 0, "split.test": 1, "model.loss": "hinge",
        "model.intercept": "no", "model.lambda_scale": "total", "training.epochs": 0,
        "training.tolerance": -1, "training.schedule": "cosine", "metrics": [],
        "select.metric": "r2", "select.rule": "max", "outputs": ["weights"], "seed": -1,
        "name": "a/b", "limits.max_jobs": 0, "gates": [{"metric": "validation_mse"}],
    }.items():
        yield in_spec(f"{path} {json.dumps(value)}", {path: value}, path.split(".")[0])
    yield in_spec("a fraction as seed", {"seed": 1.5}, "seed")
    yield in_spec("a fraction of folds", {"split": {"k_fold": 2.5}}, "k_fold")
    yield in_spec("holdout of nothing", {"split": {"holdout": 0}}, "holdout")
    yield in_spec("holdout of everything", {"split": {"holdout": 1}}, "holdout")
    yield in_spec("holdout above one", {"split": {"holdout": 5}}, "holdout")
    yield in_spec("empty name", {"name": ""}, "name")
    yield in_spec("name of dots", {"name": ".."}, "name")
    yield in_spec("unknown metric", {"metrics": ["msee"]}, "mse")


def grids():
    for axis, value in {
        "lambda": -1, "eta": 0, "batch_size": 0, "epochs": 1.5, "radius": 0, "degree": 0,
        "train_size": 0, "schedule": {"inverse_time": -1}, "solver": "lbfgs",
    }.items():
        yield in_spec(f"{axis} {json.dumps(value)}", {f"grid.{axis}": value}, rf"grid\.{axis}")
    for name, value in {
        "logspace from zero": {"logspace": [0, 1], "count": 3},
        "logspace without count": {"logspace": [0.1, 1]},
        "logspace of three ends": {"logspace": [0.1, 1, 2], "count": 3},
        "linspace of no values": {"linspace": [0, 1], "count": 0},
        "range without end": {"range": [0, 1]},
        "range of step zero": {"range": [0, 1, 0]},
        "range the wrong way": {"range": [1, 0, 0.1]},
        "an empty axis": [],
        "a word in an axis": [0.1, "big"],
        "a list in an axis": [[0.1]],
    }.items():
        yield in_spec(name, {"grid.lambda": value}, r"grid\.lambda")
    yield in_spec("a billion values", {"grid.lambda": {"linspace": [0, 1], "count": 1000000000}})
    yield in_spec("more jobs than allowed", {"limits.max_jobs": 3}, statuses=65)
    yield in_spec("everything excluded", {"grid.exclude": [{"solver": "normal"}, {"solver": "gd"}]})
    yield in_spec("unknown axis in exclude", {"grid.exclude": [{"lamda": 1}]}, "exclude")
    yield in_spec("an empty array of grids", {"grid": []}, "grid")


def combinations():
    yield in_spec("gd without eta", {"grid.eta": None}, "eta")
    yield in_spec("sgd without batch_size", {"grid.solver": "sgd"}, "batch_size")
    yield in_spec("projected_gd without radius", {"grid.solver": "projected_gd"}, "radius")
    yield in_spec("normal without lambda", {"grid.lambda": None}, "lambda")
    yield in_spec("normal with logistic", {"model.loss": "logistic", "grid.solver": "normal"},
                  "normal", data=CLASSES)
    yield in_spec("min_norm with logistic", {"model.loss": "logistic", "grid.solver": "min_norm"},
                  "min_norm", data=CLASSES)
    yield in_spec("mse with logistic", {**LOGISTIC, "metrics": ["mse"]}, "mse", data=CLASSES)
    yield in_spec("auc with squared", {"metrics": ["auc"]}, "auc")
    yield in_spec("spectrum with logistic", {**LOGISTIC, "outputs": ["spectrum"]}, "spectrum",
                  data=CLASSES)
    yield in_spec("spectrum of two degrees", {"outputs": ["spectrum"], "grid.degree": [1, 2]},
                  r"outputs\.0: 'spectrum' needs one degree")
    yield in_spec("spectrum of two training sizes",
                  {"outputs": ["spectrum"], "grid.train_size": [5, 8]}, "one train_size")
    yield in_spec("spectrum without lambda",
                  {"outputs": ["spectrum"], "grid.solver": "projected_gd", "grid.radius": 1},
                  "lambda")
    yield in_spec("more folds than rows", {"split": {"k_fold": 50}}, "k_fold|rows")
    yield in_spec("a training size beyond the rows", {"grid.train_size": 500}, "train_size|rows")
    yield in_spec("features beyond memory",
                  {"features.polynomial": 40, "limits.max_memory_gb": 0.001},
                  r"spec\.json:\d+:\d+: limits\.max_memory_gb: ")
    yield in_spec("features beyond counting", {"features.polynomial": 100000},
                  r"features\.polynomial: degree 100000")
    yield in_spec("degree beyond counting", {"grid.degree": [1, 100000]}, r"grid\.degree: ")
    yield in_spec("powers beyond double", {"features.polynomial": 3}, r"features\.polynomial: ",
                  data=DATA.replace("3,2,", "3,1e200,", 1))


def csv_files():
    yield Kind("no such data file", 66, ["data.csv"], {"spec.json": changed({})}, RUN)
    yield Kind("data file is a folder", (65, 66), ["data.csv"],
               {"spec.json": changed({}), "data.csv": None}, RUN)
    yield in_data("empty data file", "", "data.csv")
    yield in_data("header only", "a,b,y\n", "data.csv")
    yield in_data("one row", "a,b,y\n1,2,3\n", "rows|data.csv")
    yield in_data("no such target", DATA.replace("y\n", "z\n", 1), "y")
    yield in_data("a word for a number", DATA.replace("3,2,", "3,two,", 1), r"data\.csv:\d+.*b", "two")
    yield in_data("an empty cell", DATA.replace("3,2,", "3,,", 1), r"data\.csv:\d+.*b")
    yield in_data("nan", DATA.replace("3,2,", "3,nan,", 1), r"data\.csv:\d+.*b")
    yield in_data("infinite target", DATA.replace("3,2,10", "3,2,inf", 1), r"data\.csv:\d+.*y")
    yield in_data("number beyond double", DATA.replace("3,2,", "3,1e999,", 1), r"data\.csv:\d+.*b")
    yield in_data("a row too short", DATA.replace("3,2,10", "3,2", 1), r"data\.csv:\d+")
    yield in_data("a row too long", DATA.replace("3,2,10", "3,2,10,4", 1), r"data\.csv:\d+")
    yield in_data("an open quote", DATA.replace("3,2,10", '"3,2,10', 1), r"data\.csv:\d+")
    yield in_data("text after a quote", DATA.replace("3,2,10", '"3"x,2,10', 1), r"data\.csv:\d+")
    yield in_data("two columns of one name", DATA.replace("a,b", "a,a", 1), r"data\.csv.*a")
    yield in_data("not UTF-8", b"a,b,y\n1,\xff\xfe,3\n4,5,6\n" * 3, r"data\.csv:\d+")
    yield in_data("a NUL", DATA.replace("3,2,10", "3,\0,10", 1), r"data\.csv:\d+")
    yield in_data("all rows dropped", "a,b,y\n" + "x,1,2\n" * 9, "rows|data.csv",
                  changes={"data.missing": "drop_rows"})
    for words, changes in {
        "unknown feature": {"data.features": ["a", "q"]},
        "unknown dropped column": {"data.drop": ["q"]},
        "unknown categorical column": {"data.categorical": ["q"]},
        "unknown split column": {"split": {"column": "q"}},
    }.items():
        yield in_data(words, DATA, r"(data\.csv|spec\.json):\d+.*'q'", changes=changes)
    yield in_data("nothing left to learn from", DATA, r"(data\.csv|spec\.json):\d+",
                  changes={"data.drop": ["a", "b"]})
    yield in_spec("target among the features", {"data.features": ["a", "y"]}, "y")
    yield in_data("a wrong cell in the split column", CLASSES, r"data\.csv:\d+",
                  changes={"split": {"column": "b"}})
    yield in_data("a split column without validation",
                  "a,y,part\n" + "1,2,train\n3,5,train\n4,4,train\n",
                  r"spec\.json:\d+:\d+: split\.column: .*validation",
                  changes={"split": {"column": "part"}})
    yield in_data("one fold only", "a,y,part\n" + "1,2,u\n3,5,u\n4,4,u\n",
                  r"spec\.json:\d+:\d+: split\.fold_column: ",
                  changes={"split": {"fold_column": "part"}})
    yield Kind("no such validation file", 66, ["v.csv"], {"spec.json": changed(
        {"split": {"files": {"validation": "v.csv"}}}), "data.csv": DATA}, RUN)
    yield Kind("validation file with other columns", 65, [r"v\.csv"], {"spec.json": changed(
        {"split": {"files": {"validation": "v.csv"}}}), "data.csv": DATA,
        "v.csv": "a,c,y\n1,2,3\n"}, RUN)
    yield in_data("two columns used with one name", DATA.replace("a,b", "a,a", 1), "'a'")
    yield in_data("a semicolon file", DATA.replace(",", ";"), r"data\.csv:1: no column 'y'", '"delimiter": ";"')
    yield in_data("a compressed file", b"\x1f\x8b\x08\0data", "gzip -dc")
    yield in_data("a column named as a power", DATA.replace("a,b", "a,a^2", 1), "'a' and 'a'", r"a\^2",
                  changes={"features.polynomial": 2})
    yield in_data("texts with the squared loss", DATA.replace(",10\n", ",yes\n", 1), r"column 'y'")
    yield in_data("two texts with the squared loss", "a,b,y\n" + "1,2,yes\n3,5,no\n" * 6, r'"loss": "logistic"')
    logistic = {**LOGISTIC, "grid.eta": 0.1}
    yield in_data("three classes", DATA, r"data\.csv: column 'y': .*two", changes=logistic)
    yield in_data("one class", CLASSES.replace(",1\n", ",0\n"), r"data\.csv: column 'y': .*two", changes=logistic)


def other_files():
    svm = {"data": {"libsvm": "data.svm"}}

    def libsvm(name, text, *patterns):
        return Kind(name, 65, patterns, {"spec.json": changed(svm), "data.svm": text}, RUN)

    yield Kind("no such libsvm file", 66, ["data.svm"], {"spec.json": changed(svm)}, RUN)
    yield libsvm("libsvm without a colon", SVM.replace("1:3 ", "1 ", 1), r"data\.svm:\d+")
    yield libsvm("libsvm word", SVM.replace("1:3 ", "1:x ", 1), r"data\.svm:\d+")
    yield libsvm("libsvm indices out of order", SVM.replace("1:3 3:2", "3:2 1:3", 1), r"data\.svm:\d+")
    yield libsvm("libsvm huge index", SVM.replace("3:2", "9999999999999:2", 1), "data.svm")
    yield libsvm("empty libsvm", "", "data.svm")
    arrays = {"data": {"npy": {"features": "x.npy", "target": "t.npy"}}}

    def npys(name, changes, *patterns, statuses=65):
        files = {key: value for key, value in {**NPY, **changes}.items() if value is not None}
        return Kind(name, statuses, patterns, {"spec.json": changed(arrays), **files}, RUN)

    yield npys("no such npy", {"t.npy": None}, r"t\.npy", statuses=66)
    yield npys("npy without its magic", {"x.npy": b"hello"}, r"x\.npy")
    yield npys("npy cut short", {"x.npy": NPY["x.npy"][:-9]}, r"x\.npy")
    yield npys("npy of other lengths", {"t.npy": npy(np.ones(7))}, r"\.npy")
    yield npys("npy of words", {"x.npy": npy(np.array([["a"] * 3] * 20))}, r"x\.npy")
    yield npys("npy of three dimensions", {"x.npy": npy(np.ones((20, 3, 2)))}, r"x\.npy")
    yield npys("npy with nan", {"x.npy": npy(np.full((20, 3), np.nan))}, r"x\.npy")
    yield npys("npy of an absurd shape", {"x.npy": NPY["x.npy"].replace(
        b"(20, 3)", b"(9999999999, 9999999999)", 1)}, r"x\.npy")


def command_lines():
    yield on_command_line("unknown command", ["rum", "spec.json"], "rum", "run")
    yield on_command_line("unknown option", ["run", "spec.json", "--outptu", "x"], "outptu")
    yield on_command_line("no spec", ["run"], "(?i)spec")
    yield on_command_line("two specs", ["run", "spec.json", "spec.json"], "spec.json")
    yield on_command_line("option without value", ["run", "spec.json", "--output"], "output")
    for words in (["-j", "0"], ["-j", "many"], ["-j", "-2"], ["--shard", "4/3"],
                  ["--shard", "0/3"], ["--shard", "half"], ["--rerun", "all"],
                  ["--progress", "dots"], ["--color", "red"], ["--format", "yaml"],
                  ["--set", "seed"]):
        yield on_command_line(" ".join(words), ["run", "spec.json", "--output", "out", *words],
                              words[0].lstrip("-"))
    yield on_command_line("--set of an unknown key", [*RUN, "--set", "grid.lamda=1"], "lamda",
                          statuses=(64, 65))
    yield on_command_line("--set of a wrong value", [*RUN, "--set", "grid.lambda=-1"], "lambda",
                          statuses=(64, 65))
    yield on_command_line("no such spec", ["run", "missing.json"], "missing.json", statuses=66)
    yield on_command_line("diff of one folder", ["diff", "out"])
    yield on_command_line("diff of missing folders", ["diff", "u", "v"], "u", statuses=(5, 66))
    yield on_command_line("plot of a missing folder", ["plot", "nowhere"], "nowhere", statuses=66)
    yield on_command_line("completions of an unknown shell", ["completions", "tcsh"], "tcsh")
    yield on_command_line("slurm without shards", ["slurm", "spec.json"], "shards")
    yield on_command_line("check without a baseline", ["check", "spec.json", "-q"], statuses=5)
    yield on_command_line("merge without shards", ["merge", "spec.json", "--output", "out"],
                          statuses=5)
    yield on_command_line("help of an unknown command", ["help", "rum"], "rum")
