#!/usr/bin/env bash
# Kills, starves and damages sweeps of the real program, and checks that each one then comes to
# the same bytes as an undisturbed run.
#
#   Tests/Crash/run.sh [PROGRAM [KILLS]]        SEED=N repeats the random choices of a run
#
# KILLS, 24 by default, is how many runs are killed at random moments and gone on with; 2000 take about
# a quarter of an hour. As root it also fills a small file system of its own, makes one read-only, and
# takes a user who can start no thread. Exit 0 when every check passed. Takes about a minute with a
# release build.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "${1:-$here/../../.build/release/sweep}")
wanted_kills=${2:-24}
work=$(mktemp -d /tmp/sweep-crash.XXXXXX)
spec=$work/experiment.json
cp "$here/experiment.json" "$spec"
RANDOM=${SEED:=$((RANDOM))}
mounted=

say() { printf 'crash test: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
finish() {
  local status=$?
  trap - EXIT
  [ -z "$mounted" ] || umount "$mounted" || true
  if [ "$status" = 0 ]; then rm -rf "$work"; else say "failed with SEED=$SEED; see $work"; fi
  exit "$status"
}
trap finish EXIT
[ -x "$program" ] || die "no program at $program: swift build -c release first"

# sweep_to FOLDER [OPTION...]: the experiment; its messages go to FOLDER.log
sweep_to() {
  local folder=$1
  shift
  timeout 120 "$program" run "$spec" --output "$folder" -j 2 --progress none "$@" \
    >"$folder.log" 2>&1
}
# expect STATUS COMMAND...: fails unless the command exits so
expect() {
  local wanted=$1 status=0
  shift
  "$@" || status=$?
  [ "$status" = "$wanted" ] || die "exit $status instead of $wanted: $*; $(cat "$work"/*.log | tail -n 3)"
}
# same_tables FOLDER WHAT: every table is there, byte for byte
same_tables() {
  local table
  for table in "$work"/reference/*.csv; do
    cmp "$table" "$1/$(basename "$table")" || die "$(basename "$table") differs after: $2"
  done
  say "same bytes after $2"
}
# only_ours FOLDER WHAT: there is nothing but what a finished run has, and no journal without a record
only_ours() {
  local journal stamp
  (cd "$1" && find . -mindepth 1 ! -name '*.journal' | sort) >"$work/found"
  (cd "$work/reference" && find . -mindepth 1 ! -name '*.journal' | sort) >"$work/wanted"
  diff "$work/wanted" "$work/found" >&2 || die "other files than those of a finished run after: $2"
  for journal in "$1"/journal/*.journal; do
    stamp=$(od -An -tu4 -j 12 -N 4 "$journal")
    [ "$(stat -c %s "$journal")" -gt $((24 + stamp)) ] || die "$journal has no record after: $2"
  done
}
# until_records: waits until the journal has some; the first are longer than any header
until_records() {
  until [ -n "$(find "$output/journal" -size +4k 2>/dev/null)" ]; do pause 5; done
}
jobs_run() { sed -n 's/.*"jobs_run": \([0-9]*\).*/\1/p' "$1/run.json"; }
pause() { sleep "$(printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)))"; }

expect 0 sweep_to "$work/reference"
all=$(jobs_run "$work/reference")

# --- kill -9 at random moments --------------------------------------------------------------
output=$work/killed
kills=0 finished=0
while [ $kills -lt "$wanted_kills" ]; do
  "$program" run "$spec" --output "$output" -j 2 --progress none >"$output.log" 2>&1 &
  pid=$!
  pause $((20 + RANDOM % 400))
  if kill -KILL $pid 2>/dev/null; then kills=$((kills + 1)); fi
  status=0
  wait $pid 2>/dev/null || status=$?
  if [ $status = 0 ]; then
    same_tables "$output" "$kills kills"
    only_ours "$output" "$kills kills"
    rm -rf "$output"
    finished=$((finished + 1))
  elif [ $status != 137 ]; then
    die "exit $status: $(cat "$output.log")"
  fi
done
expect 0 sweep_to "$output"
same_tables "$output" "$kills kills in $((finished + 1)) sweeps"
only_ours "$output" "$kills kills"

# --- a finished sweep has nothing left to do ---------------------------------------------------
expect 0 sweep_to "$output"
[ "$(jobs_run "$output")" = 0 ] || die "a finished sweep ran $(jobs_run "$output") jobs again"

# --- flipped bytes in the journal ----------------------------------------------------------------
for journal in "$output"/journal/*.journal; do
  size=$(stat -c %s "$journal")
  for _ in 1 2 3; do
    offset=$(((RANDOM * 32768 + RANDOM) % size))
    byte=$(od -An -tu1 -j $offset -N 1 "$journal")
    printf '%b' "\\x$(printf %02x $((byte ^ (1 << RANDOM % 8))))" |
      dd of="$journal" bs=1 seek=$offset conv=notrunc status=none
  done
done
rm "$output"/*.csv
expect 0 sweep_to "$output"
again=$(jobs_run "$output")
if [ "$again" = 0 ] || [ "$again" -ge "$all" ]; then die "$again of $all jobs run again after flipped bits"; fi
same_tables "$output" "flipped bits, which cost $again of $all jobs"

# --- two at once, and a lock that dies with its holder ----------------------------------------------
output=$work/twice
"$program" run "$spec" --output "$output" -j 2 --progress none >"$output.first.log" 2>&1 &
pid=$!
for ((i = 0; i < 100; i++)); do [ ! -s "$output/.lock" ] || break; pause 10; done
expect 74 sweep_to "$output"
grep -q "process $pid on" "$output.log" || die "the refusal does not name the holder: $(cat "$output.log")"
kill -KILL $pid
wait $pid 2>/dev/null || true
expect 0 sweep_to "$output"
same_tables "$output" "two at once"

# --- signals --------------------------------------------------------------------------------------
for signal in INT TERM; do
  output=$work/signal-$signal
  "$program" run "$spec" --output "$output" -j 2 --progress none >"$output.log" 2>&1 <&- &
  pid=$!
  until_records
  pause $((RANDOM % 100))
  kill -$signal $pid
  status=0
  wait $pid || status=$?
  case $signal:$status in
    INT:130 | TERM:143) ;;
    *) die "exit $status after SIG$signal: $(cat "$output.log")" ;;
  esac
  [ "$(grep -c interrupted "$output.log")" = 1 ] || die "no line says how to go on: $(cat "$output.log")"
  [ ! -e "$output/curve.csv" ] || die "an interrupted sweep wrote a table"
  expect 0 sweep_to "$output"
  [ "$(jobs_run "$output")" -lt "$all" ] || die "what was done before SIG$signal was run again"
  same_tables "$output" "SIG$signal"
done

# --- out of file handles, files too long, the folder gone ------------------------------------------
few_handles() { (ulimit -n "$1" && sweep_to "$output"); }
output=$work/handles
for limit in 4 5 6 7 8; do
  status=0
  few_handles $limit || status=$?
  case $status in
    0 | 66 | 74) ;;
    127) [ $limit -lt 6 ] || die "the program cannot be loaded with $limit file handles" ;;
    *) die "exit $status with $limit file handles: $(cat "$output.log")" ;;
  esac
done
expect 0 sweep_to "$output"
same_tables "$output" "too few file handles"

short_files() { (ulimit -f 3072 && sweep_to "$output"); }
output=$work/short
expect 74 short_files
expect 0 sweep_to "$output"
[ "$(jobs_run "$output")" -lt "$all" ] || die "a file-size limit lost everything"
same_tables "$output" "a limit of 3 MiB a file"

output=$work/gone
"$program" run "$spec" --output "$output" -j 2 --progress none >"$output.log" 2>&1 &
pid=$!
pause 200
rm -rf "$output"
status=0
wait $pid || status=$?
[ $status = 74 ] || [ $status = 0 ] || die "exit $status with the folder gone: $(cat "$output.log")"
expect 0 sweep_to "$output"
same_tables "$output" "the folder removed in mid-run"

# --- data that are written to while jobs run -----------------------------------------------------------
output=$work/changed
awk 'BEGIN { srand(1); for (j = 0; j < 20; j++) printf "x%d,", j; print "y"
  for (i = 0; i < 1000; i++) { for (j = 0; j < 21; j++) printf "%s%.3f", j ? "," : "", rand(); print "" } }' \
  >"$work/changed.csv"
sed 's/"data": .*/"data": { "csv": "changed.csv", "target": "y" },/' "$spec" >"$work/changed.json"
"$program" run "$work/changed.json" --output "$output" -j 2 --progress none >"$output.log" 2>&1 &
pid=$!
until_records
printf 9 | dd of="$work/changed.csv" bs=1 seek=200 conv=notrunc status=none
status=0
wait $pid || status=$?
[ $status = 65 ] || die "exit $status after the data changed: $(cat "$output.log")"
grep -q 'changed.csv: changed while it was read' "$output.log" || die "the change is not told: $(cat "$output.log")"
[ -z "$(ls "$output/journal")" ] && [ ! -e "$output/curve.csv" ] || die "something was kept of data that changed"
say "data that change in mid-run: exit 65, nothing kept"

# --- no thread can be started --------------------------------------------------------------------------
alone() {
  mkdir -p "$output" && chmod 777 "$output"
  timeout 120 setpriv --reuid 54321 --clear-groups bash -c 'ulimit -u 1; exec "$0" "$@"' \
    "$program" run "$spec" --output "$output" -j 2 --progress none >"$output.log" 2>&1
}
if [ "$(id -u)" = 0 ] && setpriv --reuid 54321 --clear-groups test -x "$program" 2>/dev/null; then
  output=$work/alone
  chmod 755 "$work"
  expect 0 alone
  grep -q 'only 1 of 2 workers' "$output.log" || die "no remark on threads: $(cat "$output.log")"
  same_tables "$output" "a limit of one process"
else
  say "no user without threads: needs root, and a program that others may run"
fi
group=/sys/fs/cgroup/pids/sweep-crash-$$
few_processes() {
  timeout 120 bash -c 'echo $$ >"$0/cgroup.procs" && echo 1 >"$0/pids.max" && exec "$@"' "$group" \
    "$program" run "$spec" --output "$output" -j 2 --progress none >"$output.log" 2>&1
}
if mkdir "$group" 2>/dev/null; then
  output=$work/few-processes
  expect 0 few_processes
  rmdir "$group"
  grep -q 'only 1 of 2 workers' "$output.log" || die "no remark on threads: $(cat "$output.log")"
  same_tables "$output" "a control group of one process"
else
  say "no control group of one process: needs root and version 1"
fi

# --- a full and a read-only file system --------------------------------------------------------------
mount_small() { mkdir "$work/small" && mount -t tmpfs -o size=3m none "$work/small" 2>/dev/null; }
if [ "$(id -u)" = 0 ] && mount_small; then
  mounted=$work/small
  output=$work/small/out
  sweep_small() { timeout 120 "$program" run "$spec" --output "$output" -j 2 --progress none >"$work/small.log" 2>&1; }
  expect 74 sweep_small
  grep -qi 'no space left' "$work/small.log" || die "the full disk is not named: $(cat "$work/small.log")"
  mount -o remount,size=64m "$mounted"
  expect 0 sweep_small
  [ "$(jobs_run "$output")" -lt "$all" ] || die "a full disk lost everything"
  same_tables "$output" "a full file system"
  rm "$output"/*.csv
  mount -o remount,ro "$mounted"
  expect 74 sweep_small
  mount -o remount,rw "$mounted"
  expect 0 sweep_small
  [ "$(jobs_run "$output")" = 0 ] || die "a read-only file system lost jobs"
  same_tables "$output" "a read-only file system"
else
  say "no small file system: needs root and mount"
fi

# --- an extended grid runs what is new ------------------------------------------------------------------
output=$work/extended
expect 0 sweep_to "$output"
# The same file edited: another spec would be refused the folder.
sed -i 's/"count": 50/"count": 99/' "$spec"
expect 0 sweep_to "$output"
new=$(jobs_run "$output")
expect 0 sweep_to "$work/longer"
[ $((all + new)) = "$(jobs_run "$work/longer")" ] || die "50 λ to 99 ran $new jobs"
for table in "$work"/longer/*.csv; do
  cmp "$table" "$output/$(basename "$table")" || die "an extended grid gives other bytes"
done
say "50 λ extended to 99 ran the $new new jobs and gives the same bytes"
say "all checks passed"
