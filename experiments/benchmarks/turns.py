"""Taking turns: every side once, then every side again, so that a slow minute hits all alike."""

import csv
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import time


# Runs a command and prints its wall time, processor time and peak memory. In a small process of its
# own, because a process starts with the peak of the one it was forked from.
LAUNCHER = """
import os, sys, time
start = time.perf_counter()
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, usage = os.wait4(process, 0)
print(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Sweep:
    """The program under test, run as a user runs it."""

    def __init__(self, program: str, folder: pathlib.Path):
        self.program = program
        self.folder = folder

    def run(self, spec: pathlib.Path, workers: int | None = None) -> dict:
        """One run from nothing: seconds by phase, of the whole process and of the processor."""
        output = self.folder / f"results-{spec.stem}"
        shutil.rmtree(output, ignore_errors=True)
        command = [self.program, "run", str(spec), "--output", str(output), "-q"]
        if workers:
            command += ["-j", str(workers)]
        whole, cpu, kilobytes = map(float, subprocess.run(
            [sys.executable, "-S", "-c", LAUNCHER, *command], check=True, capture_output=True,
            text=True).stdout.split())
        seconds = json.loads((output / "run.json").read_text())["seconds"]
        return {
            **seconds,
            "work": seconds["prepare"] + seconds["fit"],
            "whole": whole,
            "cpu": cpu,
            "megabytes": kilobytes * 1024 / 1e6,
            "output": output,
        }

    @staticmethod
    def table(result: dict, name: str) -> list[dict]:
        with (result["output"] / name).open(newline="") as file:
            return list(csv.DictReader(file))


def timed(work) -> dict:
    """Wall time of one call, the processor time of this process and its children, and the answer."""
    before = _processor_seconds()
    start = time.perf_counter()
    answer = work()
    seconds = time.perf_counter() - start
    return {"work": seconds, "cpu": _processor_seconds() - before, "answer": answer}


def _processor_seconds() -> float:
    """Of this process and all its living descendants (joblib's workers live on between calls)."""
    tick = os.sysconf("SC_CLK_TCK")
    parents, used = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            used[int(entry.name)] = (int(fields[11]) + int(fields[12])) / tick
    total = 0.0
    for process in used:
        ancestor = process
        while ancestor not in (0, 1, os.getpid()):
            ancestor = parents.get(ancestor, 0)
        if ancestor == os.getpid():
            total += used[process]
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return total + ended.ru_utime + ended.ru_stime


def take_turns(sides: dict, rounds: int, budget: float) -> dict[str, list[dict]]:
    """Runs A B A B …; a side that takes more than `budget` seconds gets fewer turns, at least one.

    Before each turn the threads of the side before get a moment to stop spinning.
    """
    results = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            spent = sum(result.get("whole", result["work"]) for result in results[name])
            if not results[name] or spent < budget:
                time.sleep(0.5)
                results[name].append(side())
    return results


def median(results: list[dict], key: str = "work") -> float:
    return statistics.median(result[key] for result in results)


def spread(results: list[dict], key: str = "work") -> str:
    """The smallest and the largest."""
    values = [result[key] for result in results]
    return f"{duration(min(values))} – {duration(max(values))}"


def duration(seconds: float) -> str:
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"
