#!/usr/bin/env python3
"""Runs what the documents show, as it is written, in one fresh copy of the checkout.

Shell blocks of README.md, docs and docs/guide, the `run:` and `script:` parts of the CI recipes, the
examples of `sweep help COMMAND`; JSON blocks and fragments are planned or checked as specs; printed
output has to be what the commands before it print; the copies of help and schema have to be fresh.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What cannot be run here, and why.
SKIPPED = [
    (r"--submit", "needs Slurm: Tests/Slurm runs it"),
    (r"^kubectl|apiVersion: batch", "needs Kubernetes"),
    (r"^parallel", "needs GNU parallel", "parallel"),
    (r"\| man -l", "needs man", "man"),
]
# Printed by the program from its declarations, whose examples unit tests read.
REFERENCES = {"docs/spec.md": "sweep help spec", "docs/tables.md": "sweep help tables"}
# Building and unit tests are steps of their own; what a built program does is run.
SWIFT = """#!/bin/sh
case $1 in
  run) while [ "$1" != sweep ]; do shift; done; exec "$@" ;;
  build) mkdir -p .build/release && cp -f {binary} .build/release/sweep ;;
esac
"""
COMMANDS = r"(sweep|swift|cut|awk|git|parallel|kubectl|python3|mkdir|eval) "


def blocks(text):
    """(kind, text) of each fenced block, indented command and fragment of JSON in a sentence."""
    parts = re.split(r"^```(\w*)\n(.*?)^```$", text, flags=re.M | re.S)
    for index in range(0, len(parts), 3):
        prose = parts[index]
        for match in re.finditer(r"^    " + COMMANDS + r".*\n(?:^     .*\n)*", prose, re.M):
            yield "sh", match.group()
        for code in re.findall(r"`([^`\n]+)`", prose):
            if re.match(r'[{"].*:', code):
                yield "fragment", code
            elif re.match(r"sweep \w+ \S", code) and not re.search(r"\b[A-Z]{1,}\b|\|", code):
                yield "inline", code
        if index + 2 < len(parts):
            yield parts[index + 1] or "output", parts[index + 2]


def recipe(text):
    """The shell commands of a GitHub or GitLab pipeline, each as one script."""
    lines = text.splitlines()
    scripts = []
    for number, line in enumerate(lines):
        match = re.match(r"(\s*)(?:- )?(?:run: (.*)|- (\|)|- ([^:]*(?: .*)?))$", line)
        in_script = re.match(r"\s*- (swift|\|)", line)
        if "run:" in line or in_script:
            value = re.sub(r"^\s*(- )?(run: )?", "", line)
            if value != "|":
                scripts.append(value)
                continue
            depth = len(match.group(1)) if match else len(line) - len(line.lstrip())
            body = []
            for following in lines[number + 1:]:
                if following.strip() and len(following) - len(following.lstrip()) <= depth:
                    break
                body.append(following)
            scripts.append("\n".join(body))
    return scripts


class Runner:
    def __init__(self, folder, binary):
        self.folder, self.copy = folder, folder / "copy"
        self.passed, self.failed, self.seen, self.printed = 0, [], set(), ""
        for name in ["bin", "home", "t", "copy"]:
            (folder / name).mkdir()
        shutil.copy(binary, folder / "bin" / "sweep")
        (folder / "bin" / "swift").write_text(SWIFT.format(binary=folder / "bin" / "sweep"))
        (folder / "bin" / "swift").chmod(0o755)
        self.environment = {
            **os.environ, "HOME": str(folder / "home"), "TMPDIR": str(folder / "t"),
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x", "GIT_COMMITTER_NAME": "x",
            "GIT_COMMITTER_EMAIL": "x", "GIT_CONFIG_GLOBAL": "/dev/null"}
        for name in subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT,
                                   capture_output=True, text=True, check=True).stdout.splitlines():
            if (ROOT / name).is_file():
                (self.copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.copy / name)
        self.run("git init -q -b main . && git add -A && git commit -qm copy && "
                 "git clone -q --bare . ../origin && git remote add origin ../origin && "
                 "git fetch -q origin", "the copy")

    def tell(self, place, text, fault):
        if fault is None:
            self.passed += 1
        else:
            self.failed.append(place)
            shown = text.strip().replace("\n", "\n    ")
            print(f"FAILED {place}:\n    {shown}\n  {fault}")

    def run(self, text, place, once=True):
        text = re.sub(r"^    ", "", text, flags=re.M) if text.startswith("    ") else text
        for pattern, reason, *tool in SKIPPED:
            if re.search(pattern, text.strip(), re.M) and not any(map(shutil.which, tool)):
                print(f"not run, {reason}: {text.strip().splitlines()[0]}")
                return
        if once and text in self.seen:
            return
        self.seen.add(text)
        script = text.replace("/tmp/", f"{self.folder}/t/")
        done = subprocess.run(["bash", "-eu", "-o", "pipefail", "-c", script], cwd=self.copy,
                              env=self.environment, capture_output=True, text=True, timeout=900,
                              stdin=subprocess.DEVNULL)
        self.printed += done.stdout
        self.tell(place, text, None if done.returncode == 0 else
                  f"exit {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")

    def spec(self, spec, place, text, command):
        path = self.copy / "experiments" / "shown.json"
        path.write_text(json.dumps(spec))
        (self.copy / "data").mkdir(exist_ok=True)
        done = subprocess.run([self.folder / "bin" / "sweep", *command, path], cwd=self.copy,
                              env=self.environment, capture_output=True, text=True)
        path.unlink()
        return None if done.returncode == 0 else done.stdout + done.stderr

    def fragment(self, text, place):
        ridge = json.loads((self.copy / "experiments" / "ridge.json").read_text())
        try:
            part = json.loads(text if text.startswith("{") else "{" + text + "}")
        except ValueError as error:
            return self.tell(place, text, f"no JSON: {error}")
        if {"metric", "count", "best"} & set(part):
            part = {"gates": [part]}
        if "gates" in part:
            return self.tell(place, text, self.spec(
                {**ridge, **part}, place, text, ["check", "--baseline", "results/ridge"]))
        faults = []
        for section in [None, "data", "features", "split", "model", "training", "select"]:
            if section is None:
                spec = {**ridge, **part}
            else:
                old = {} if section == "split" and "shuffle" not in part else ridge.get(section, {})
                spec = {**ridge, section: {**old, **part}}
                if section == "split":  # one fold has no standard error to select by
                    del spec["select"]
            faults.append(self.spec(spec, place, text, ["plan"]))
        self.tell(place, text, None if None in faults else faults[0])

    def document(self, path):
        self.printed = ""
        for number, (kind, text) in enumerate(blocks((self.copy / path).read_text())):
            place = f"{path}, part {number + 1}"
            if kind in ("sh", "inline"):
                self.run(text, place)
            elif kind == "python":  # Tests/Oracle/replay.py runs it against the program
                self.tell(place, text, None if compile(text, place, "exec") else "no Python")
            elif kind == "fragment" or kind == "json" and not text.startswith("{"):
                self.fragment(text, place)
            elif kind == "json":
                self.tell(place, text, self.spec(json.loads(text), place, text, ["plan"]))
            elif kind == "yaml" and "apiVersion" not in text:
                for script in recipe(text) or [""]:
                    self.tell(place, text, None if script else "no commands found")
                    self.run(script, place, once=False)
            elif kind == "yaml":
                self.run(text, place)
            elif re.match(r"sweep \w+ [A-Z]", text):
                known = subprocess.run(["sweep", "help"], env=self.environment, text=True,
                                       capture_output=True).stdout
                wrong = [w for w in re.findall(r"sweep (\w+)", text) if f"\n  {w} " not in known]
                self.tell(place, text, f"no command {wrong}" if wrong else None)
            else:
                plain = [re.sub(r" +$", "", said, flags=re.M) for said in (text, self.printed)]
                self.tell(place, text, None if plain[0] in plain[1] else "is not what was printed")

    def help(self):
        listed = subprocess.run(["sweep", "help"], env=self.environment, capture_output=True,
                                text=True).stdout.split("commands:")[1].split("options of")[0]
        for command in re.findall(r"^  (\w+)", listed, re.M):
            text = subprocess.run(["sweep", "help", command], env=self.environment,
                                  capture_output=True, text=True).stdout
            for line in re.split(r"^examples?:\n", text, flags=re.M)[1].splitlines():
                self.run(re.split(r"\s{2,}", line.strip())[0], f"sweep help {command}")
        for line in re.findall(r"^    (sweep .*)$", (self.copy / "docs/sweep.1").read_text(), re.M):
            self.run(line.replace("\\-", "-").replace("\\e", "\\"), "docs/sweep.1")
        for path, command in [("docs/sweep.1", "sweep help --man"),
                              ("docs/sweep.schema.json", "sweep schema"), *REFERENCES.items()]:
            self.run(f"{command} | cmp - {path}", path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    binary = pathlib.Path(parser.parse_args().binary).resolve()
    with tempfile.TemporaryDirectory() as name:
        runner = Runner(pathlib.Path(name), binary)
        documents = ["README.md"] + sorted(
            str(path.relative_to(ROOT)) for path in
            [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/guide/*.md")])
        for path in documents:
            if path not in REFERENCES:
                runner.document(path)
        runner.help()
    print(f"{runner.passed} passed, {len(runner.failed)} failed")
    return bool(runner.failed)


if __name__ == "__main__":
    sys.exit(main())
