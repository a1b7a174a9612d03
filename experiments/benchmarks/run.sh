#!/usr/bin/env bash
# Installs the peers into a folder, builds sweep, and measures both in turns.
#
#   experiments/benchmarks/run.sh [FOLDER] [-- --rows ridge,sgd --rounds 7]
#
# FOLDER (default: .build/benchmarks) holds the peers and the data. glmnet comes from Debian when
# apt has it and R is there; without it that comparison is left out, with a note.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/.build/benchmarks
if [[ $# -gt 0 && $1 != -- ]]; then folder=$1; shift; fi
if [[ ${1:-} == -- ]]; then shift; fi
mkdir -p "$folder"

if [[ ! -x $folder/peers/bin/python ]]; then
  python3 -m venv "$folder/peers"
  "$folder/peers/bin/pip" install -q numpy scikit-learn polars pyarrow pandas optuna
fi

# R and the packages glmnet needs are unpacked, not installed: nothing outside FOLDER changes.
if [[ ! -d $folder/r ]] && command -v Rscript apt-get dpkg-deb >/dev/null; then
  mkdir -p "$folder/r.part"
  if (cd "$folder/r.part" && apt-get download -q r-cran-{glmnet,foreach,iterators,shape,rcpp,codetools,matrix,lattice,survival} >/dev/null 2>&1); then
    for package in "$folder"/r.part/*.deb; do dpkg-deb -x "$package" "$folder/r.part"; done
    mv "$folder/r.part" "$folder/r"
  else
    echo "benchmarks: no r-cran-glmnet from apt; glmnet is left out" >&2
    rm -rf "$folder/r.part"
  fi
fi

build=(swift build --package-path "$root" --scratch-path "$root/.build-native" -c release
  -Xcc -march=native --product sweep)
"${build[@]}"
exec "$folder/peers/bin/python" "$root/experiments/benchmarks/measure.py" \
  --program "$("${build[@]}" --show-bin-path)/sweep" --folder "$folder" "$@"
