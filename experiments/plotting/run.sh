#!/usr/bin/env bash
# Runs the plotting recipes on results/ridge/curve.csv; pictures go to .build/ci/plotting.
# A recipe whose program is not there is skipped, except in CI, where gnuplot and Python must be.
set -u -o pipefail
cd "$(dirname "$0")/../.." || exit 1
out=.build/ci/plotting
mkdir -p "$out"
[ -f results/ridge/curve.csv ] || { echo "results/ridge/curve.csv is missing: sweep run experiments/ridge.json"; exit 1; }
ln -sfn "$PWD/results" "$out/results"
recipes=$PWD/experiments/plotting
export PYTHONPATH="$PWD/.build/python${PYTHONPATH:+:$PYTHONPATH}"
passed=0 failed=0

recipe() { # NAME REQUIRED PICTURE PROBE COMMAND…
  local name=$1 required=$2 picture=$3 probe=$4
  shift 4
  if ! eval "$probe" >/dev/null 2>&1; then
    if [ -n "${CI:-}" ] && [ "$required" = required ]; then
      echo "FAILED $name: not installed"
      failed=$((failed + 1))
    else
      echo "skipped $name: not installed"
    fi
    return
  fi
  rm -f "$out/$picture"
  if (cd "$out" && "$@") && [ -s "$out/$picture" ]; then
    echo "ok $name: $out/$picture"
    passed=$((passed + 1))
  else
    echo "FAILED $name"
    failed=$((failed + 1))
  fi
}

recipe gnuplot required ridge-gnuplot.svg 'command -v gnuplot' gnuplot "$recipes/ridge.gp"
recipe python required ridge-python.svg 'python3 -c "import pandas, matplotlib"' python3 "$recipes/ridge.py"
recipe R optional ridge-r.png 'Rscript -e "library(ggplot2)"' Rscript "$recipes/ridge.R"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
