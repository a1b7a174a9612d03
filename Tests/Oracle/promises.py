#!/usr/bin/env python3
"""Holds the built program to what its command line promises.

    python3 Tests/Oracle/promises.py --binary .build/release/sweep [NAME...]

Interrupts, shards and their merge, reruns, outputs that cannot be written, `check` against changed
baselines, `--format json` of every command, the first minute of a newcomer, and the JSON Schema
(with the jsonschema package from PyPI). Ends with `N passed, N failed`.
"""

import argparse
import csv
import io
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import xml.etree.ElementTree

import mistakes
from compare import ENVIRONMENT

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPEC = {
    "name": "s",
    "data": {"csv": "data.csv", "target": "y"},
    "features": {"polynomial": 2},
    "split": {"k_fold": 5},
    "grid": {"solver": ["normal", "gd", "sgd"], "lambda": {"logspace": [1e-4, 10], "count": 20},
             "eta": [0.01, 0.05], "batch_size": 1, "epochs": 30},
    "outputs": ["coefficients", "history", "spectrum", "predictions"],
}
CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


class Sweep:
    """The program in a scratch folder with the spec above."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        (folder / "data.csv").write_text(mistakes.DATA)
        self.write(SPEC)

    def write(self, spec, name="s.json"):
        (self.folder / name).write_text(json.dumps(spec, indent=2))

    def __call__(self, *arguments, status=0, environment=None):
        """Runs to the end and returns (stdout, stderr)."""
        done = subprocess.run([self.binary, *arguments], cwd=self.folder, capture_output=True,
                              timeout=60, stdin=subprocess.DEVNULL, text=True,
                              env={**ENVIRONMENT, **(environment or {})})
        expect(done.returncode == status,
               f"{' '.join(arguments)}: exit {done.returncode} instead of {status}: "
               f"{done.stderr.strip()[-300:]}")
        return done.stdout, done.stderr

    def start(self, *arguments):
        return subprocess.Popen([self.binary, *arguments], cwd=self.folder, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, env=ENVIRONMENT)

    def tables(self, output):
        return {path.name: path.read_bytes() for path in (self.folder / output).glob("*.csv")}

    def jobs_run(self, output):
        return json.loads((self.folder / output / "run.json").read_text())["jobs_run"]


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


# --- interrupts ------------------------------------------------------------------------------


def endless(sweep):
    sweep.write({**SPEC, "grid": {**SPEC["grid"], "solver": ["gd", "sgd"], "epochs": 10**9},
                 "outputs": []})
    sweep("plan", "s.json")


@check
def the_first_signal_drops_endless_fits(sweep):
    endless(sweep)
    for number, wanted in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        running = sweep.start("run", "s.json", "--output", "out")
        time.sleep(0.5)
        started = time.monotonic()
        running.send_signal(number)
        message = running.communicate(timeout=30)[1]
        took = time.monotonic() - started
        expect(running.returncode == wanted, f"exit {running.returncode}: {message}")
        expect(took < 3, f"{took:.1f} s after the signal")
        expect("goes on from there" in message, f"no way on: {message!r}")
        expect(not sweep.tables("out"), "an interrupted sweep wrote tables")


@check
def the_second_signal_leaves_at_once(sweep):
    endless(sweep)
    running = sweep.start("run", "s.json", "--output", "out")
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    time.sleep(0.1)
    started = time.monotonic()
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=30)
    expect(running.returncode == 130, f"exit {running.returncode}")
    expect(time.monotonic() - started < 0.35, f"{time.monotonic() - started:.2f} s")


@check
def an_abandoned_fit_leaves_no_record(sweep):
    long = {**SPEC, "grid": {**SPEC["grid"], "solver": ["normal", "gd"], "epochs": 10**9},
            "outputs": []}
    sweep.write(long)
    running = sweep.start("run", "s.json", "--output", "out")
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    message = running.communicate(timeout=30)[1]
    expect(running.returncode == 130, message)
    plan = json.loads(sweep("plan", "s.json", "--output", "out", "--format", "json")[0])
    expect(plan["done"] in range(0, 101), f"{plan['done']} jobs done, 100 of them can be")
    done = plan["done"]
    sweep.write({**long, "grid": {**long["grid"], "solver": "normal"}})
    sweep("run", "s.json", "--output", "out")
    expect(sweep.jobs_run("out") == 100 - done, "the normal equations were not kept")


# --- running again -------------------------------------------------------------------------------


@check
def what_is_done_is_not_done_again(sweep):
    sweep("run", "s.json", "--output", "out")
    before, jobs = sweep.tables("out"), sweep.jobs_run("out")
    expect(jobs == 500, f"{jobs} jobs")
    for options in ([], ["--rerun", "failed"]):
        sweep("run", "s.json", "--output", "out", *options)
        expect(sweep.jobs_run("out") == 0, f"{options}: {sweep.jobs_run('out')} jobs again")
    sweep("run", "s.json", "--output", "out", "--fresh")
    expect(sweep.jobs_run("out") == jobs, "--fresh kept something")
    expect(sweep.tables("out") == before, "--fresh gives other bytes")


@check
def a_spelling_is_no_new_job(sweep):
    sweep("run", "s.json", "--output", "out", "--set", "grid.lambda=[0.001,0.01]")
    sweep("run", "s.json", "--output", "out", "--set", "grid.lambda=[1E-3,1.0e-2]",
          "--set", "description=\"other words\"", "--replace")
    expect(sweep.jobs_run("out") == 0, f"{sweep.jobs_run('out')} jobs run again")


@check
def shards_merge_to_the_bytes_of_one_run(sweep):
    sweep("run", "s.json", "--output", "one")
    for shard in ("3/3", "1/3"):
        sweep("run", "s.json", "--output", "out", "--shard", shard)
    expect(not sweep.tables("out"), "a shard wrote tables")
    message = sweep("merge", "s.json", "--output", "out", status=5)[1]
    expect("shard 2/3" in message and "1/3" not in message, f"who is missing? {message!r}")
    sweep("run", "s.json", "--output", "out",
          environment={"SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_COUNT": "3"})
    sweep("merge", "s.json", "--output", "out")
    expect(sweep.tables("out") == sweep.tables("one"), "the merge gives other bytes")


@check
def a_merge_of_nothing_leaves_nothing(sweep):
    message = sweep("merge", "s.json", "--output", "out", status=5)[1]
    expect("0 of 500 jobs" in message, message)
    expect(not (sweep.folder / "out").exists(), "a folder was made")


# --- outputs that cannot be written ------------------------------------------------------------------


@check
def an_output_that_is_no_folder_is_named(sweep):
    (sweep.folder / "file").write_text("mine")
    for output in ("file", "file/out", "/proc/sweep", "/dev/null"):
        message = sweep("run", "s.json", "--output", output, status=74)[1]
        expect(output.split("/")[0] in message, message)
    expect((sweep.folder / "file").read_text() == "mine", "the file was touched")
    sweep("run", "s.json", "--output", "out")
    for command in ("plot", "report"):
        sweep(command, "out", "--output", "file/x", status=74)
    sweep("check", "s.json", "--baseline", "out", "--junit", "file/x.xml", status=74)
    expect(sweep("run", "s.json", "--output", "o" * 300, status=74)[1], "no message")


@check
def inputs_that_cannot_be_read_are_named(sweep):
    (sweep.folder / "folder").mkdir()
    for spec in ("folder", "none.json", "s.json/x", "/proc/self/mem"):
        expect(spec in sweep("run", spec, status=66)[1], "no name")
    for command in (["plot", "none"], ["report", "s.json"]):
        expect(command[1] in sweep(*command, status=66)[1], "no name")
    expect("none" in sweep("diff", "none", "none", status=5)[1], "no name")


# --- check ------------------------------------------------------------------------------------------


def scaled(table, column, factor):
    """The table with the numbers of a column multiplied."""
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    for row in rows:
        if row[column]:
            row[column] = repr(float(row[column]) * factor)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


@check
def check_is_red_when_the_model_got_worse_and_only_then(sweep):
    gates = [{"metric": "validation_mse", "at": "best", "against": "baseline",
              "max_increase": {"relative": 0.01, "absolute": 1e-9}}]
    sweep("run", "s.json", "--output", "out")
    curve = sweep.folder / "out" / "curve.csv"
    reality = curve.read_bytes()
    for spec in (SPEC, {**SPEC, "gates": gates}):
        sweep.write(spec)
        against = ["check", "s.json", "--baseline", "out", "--junit", "j.xml"]
        curve.write_bytes(reality)
        sweep(*against)
        tree = xml.etree.ElementTree.parse(sweep.folder / "j.xml").getroot()
        expect(tree.findall(".//testcase") and not tree.findall(".//failure"), "JUnit of a success")
        expect("::error" not in sweep(*against, "--format", "github")[0], "an error of a success")

        curve.write_text(scaled(reality, "validation_mse", 0.9))
        out = sweep(*against, "--format", "github", status=2)[0]
        expect("::error file=s.json" in out, f"no annotation: {out[-300:]}")
        tree = xml.etree.ElementTree.parse(sweep.folder / "j.xml").getroot()
        expect(tree.findall(".//failure"), "no failure in JUnit")
        report = json.loads(sweep(*against, "--format", "json", status=2)[0])
        expect(report["schema_version"] == 1, "no schema version")

        curve.write_text(scaled(reality, "validation_mse", 1.1))
        sweep(*against)
    sweep("check", "s.json", "--baseline", "nowhere", status=5)
    sweep.write({**SPEC, "gates": [{"metric": "validation_mse", "at": "best", "max": 1e-9}]})
    sweep("check", "s.json", "--baseline", "out", status=2)


# --- the prompt -----------------------------------------------------------------------------------------


@check
def every_command_has_json(sweep):
    sweep("run", "s.json", "--output", "out")
    sweep("run", "s.json", "--output", "part", "--shard", "1/1")
    commands = {
        "run": ["s.json", "--output", "out"], "plan": ["s.json"], "merge": ["s.json", "-o", "part"],
        "slurm": ["s.json", "--shards", "3"], "check": ["s.json", "--baseline", "out"],
        "diff": ["out", "part"], "plot": ["out"], "report": ["out"], "init": ["demo"],
        "completions": ["bash"], "help": ["run"], "--version": [],
    }
    for command, arguments in commands.items():
        answer = json.loads(sweep(command, *arguments, "--format", "json")[0])
        expect(answer.get("schema_version") == 1, f"{command}: no schema_version")
        expect(answer.get("command") == command.strip("-"), f"{command}: {answer.get('command')}")
    shard = json.loads(sweep("run", "s.json", "-o", "part", "--shard", "1/1",
                             "--format", "json")[0])
    expect(shard["schema_version"] == 1 and shard["shard"] == "1/1", shard)
    json.loads(sweep("schema", "--format", "json")[0])


@check
def the_first_minute_works(sweep):
    expect("sweep init demo" in sweep(status=64)[1], "a bare sweep does not help")
    expect("sweep COMMAND" in sweep("--help")[0], "--help")
    expect("sweep run demo.json" in sweep("init", "demo")[0], "init")
    out = sweep("run", "demo.json")[0]
    expect("best" in out and "results/demo" in out, out)
    sweep("check", "demo.json")
    text = (sweep.folder / "demo.json").read_text().replace('"lambda"', '"lamda"')
    (sweep.folder / "demo.json").write_text(text)
    message = sweep("run", "demo.json", status=65)[1]
    expect("demo.json:" in message and "did you mean 'lambda'" in message, message)
    expect("did you mean 'run'" in sweep("rum", status=64)[1], "a mistyped command")


@check
def completions_load_in_the_shells_that_are_here(sweep):
    scripts = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}
    for shell, command in scripts.items():
        path = sweep.folder / f"completion.{shell}"
        path.write_text(sweep("completions", shell)[0])
        if shutil.which(shell):
            done = subprocess.run([*command, str(path)], capture_output=True, text=True)
            expect(done.returncode == 0 and not done.stderr, f"{shell}: {done.stderr[:300]}")
    if shutil.which("zsh"):
        script = "autoload -Uz compinit; compinit -u -d zcompdump; source completion.zsh"
        done = subprocess.run(["zsh", "-fc", script + "; whence -w _sweep"], cwd=sweep.folder,
                              capture_output=True, text=True)
        expect("function" in done.stdout, f"zsh: {done.stdout} {done.stderr}")
    if shutil.which("fish"):
        script = "source completion.fish; complete -C 'sweep pl'"
        done = subprocess.run(["fish", "--no-config", "-c", script], cwd=sweep.folder,
                              capture_output=True, text=True)
        expect("plan" in done.stdout and "plot" in done.stdout, f"fish: {done.stdout}")


@check
def the_manual_page_is_the_one_kept(sweep):
    page = sweep("help", "--man")[0]
    expect(page == (ROOT / "docs" / "sweep.1").read_text(),
           "run: sweep help --man > docs/sweep.1")
    if shutil.which("groff"):
        done = subprocess.run(["groff", "-man", "-ww", "-Tutf8"], input=page, capture_output=True,
                              text=True)
        expect(not done.stderr, done.stderr[:300])


# --- the schema --------------------------------------------------------------------------------------------

# What no schema can see: the text itself, other values of the spec, the data.
UNSEEN = {"duplicate key", "lone surrogate", "NaN", "number beyond double", "select.metric \"r2\"",
          "range the wrong way", "more jobs than allowed", "everything excluded",
          "more folds than rows", "a training size beyond the rows", "features beyond memory",
          "features beyond counting", "degree beyond counting", "powers beyond double",
          "spectrum of two degrees", "spectrum of two training sizes", "spectrum without lambda"}


@check
def the_schema_draws_the_line_where_the_program_does(sweep):
    import jsonschema
    text = sweep("schema")[0]
    expect(text == (ROOT / "docs" / "sweep.schema.json").read_text(),
           "run: sweep schema > docs/sweep.schema.json")
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    sweep("init", "demo")
    shipped = [*ROOT.glob("experiments/*.json"), *ROOT.glob("Tests/*/experiment.json"),
               sweep.folder / "demo.json", sweep.folder / "s.json"]
    expect(len(shipped) > 4, "no experiments")
    for path in shipped:
        errors = [error.message for error in validator.iter_errors(json.loads(path.read_text()))]
        expect(not errors, f"{path.name}: {errors[:1]}")
    for changes, _ in mistakes.FILES:
        errors = [*validator.iter_errors({**mistakes.SPEC, **changes})]
        expect(not errors, f"{changes}: {errors[:1]}")
    refused = 0
    for group in (mistakes.texts, mistakes.keys, mistakes.values, mistakes.grids,
                  mistakes.combinations):
        for kind in group():
            try:
                spec = json.loads(kind.files["spec.json"])
            except (ValueError, RecursionError):
                continue
            accepts = validator.is_valid(spec)
            expect(accepts == (kind.name in UNSEEN),
                   f"the schema {'accepts' if accepts else 'refuses'}: {kind.name}")
            refused += not accepts
    expect(refused > 60, f"only {refused} refused")


@check
def every_example_of_the_schema_is_good(sweep):
    import jsonschema
    schema = json.loads(sweep("schema")[0])

    def walk(node):
        if isinstance(node, list):
            return sum(map(walk, node))
        if not isinstance(node, dict):
            return 0
        count = 0
        for key, value in node.get("properties", {}).items():
            if isinstance(value, bool):  # a key that is not allowed there
                continue
            examples = value.get("examples", []) + [value[word] for word in ["default"] if word in value]
            validator = jsonschema.Draft202012Validator({**value, "$defs": schema["$defs"]})
            for example in examples:
                errors = [error.message for error in validator.iter_errors(example)]
                expect(not errors, f"{key}: {example}: {errors[:1]}")
            count += len(examples)
        return count + sum(walk(value) for key, value in node.items() if key != "examples")

    expect(walk(schema) > 200, "examples are missing")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=".build/release/sweep")
    parser.add_argument("names", nargs="*", help="only the checks with one of these in their name")
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    failed = passed = 0
    for function in CHECKS:
        if options.names and not any(name in function.__name__ for name in options.names):
            continue
        with tempfile.TemporaryDirectory() as name:
            try:
                function(Sweep(binary, pathlib.Path(name)))
                passed += 1
            except AssertionError as error:
                failed += 1
                print(f"FAILED {function.__name__}\n    {error}")
            except Exception:
                failed += 1
                print(f"FAILED {function.__name__}\n{traceback.format_exc()}")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
