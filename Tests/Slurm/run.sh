#!/usr/bin/env bash
# Runs a sweep as a Slurm job array on a real cluster on this machine's loopback interface, with
# one task killed and one whose supervisor is killed, and compares the tables with a local run's.
#
#   Tests/Slurm/run.sh [PROGRAM [SPEC]]
#
# PROGRAM is the built `sweep`; SPEC, for a program that stands in for it, an experiment of which
# a quarter takes some seconds. Needs Debian's Slurm packages, which root gets installed.
# Exit 0 when every check passed. Takes half a minute and twice the local run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

# Slurm wants a host name that resolves to 127.0.0.1. Where ours does not, root takes another one
# in a name space of its own.
if [ "$(getent ahostsv4 "$(uname -n)" | awk '{ print $1; exit }')" != 127.0.0.1 ] &&
  [ "$(id -u)" = 0 ] && [ -z "${SWEEP_TEST_HOST-}" ]; then
  SWEEP_TEST_HOST=localhost exec unshare --uts \
    sh -c 'hostname localhost; exec "$@"' - "$here/run.sh" "$@"
fi
# shellcheck source=Tests/Slurm/cluster.sh
. "$here/cluster.sh"

program=$(realpath "${1:-$here/../../.build/debug/sweep}")
[ -x "$program" ] || die "no program at $program: swift build first"
work=$(mktemp -d /tmp/sweep-slurm.XXXXXX)
finish() {
  local status=$?
  trap - EXIT
  cluster_stop
  if [ "$status" = 0 ]; then
    rm -rf "$work"
  else
    say "failed; what it left is in $work"
    tail -n 20 "$work"/out*/slurm/*.log >&2 || true
  fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

spec=$work/spec.json
if [ $# -ge 2 ]; then
  cp "$2" "$spec"
else
  cp "$here/experiment.json" "$spec"
fi
output="$work/out it's 100% odd"
shards=4

# job_field ID FIELD: of `scontrol show job`, such as JobState or Restarts
job_field() { timeout 10 scontrol -o show job "$1" | tr ' ' '\n' | sed -n "s/^$2=//p"; }
queue_is_empty() { [ -z "$(timeout 10 squeue -h -o %i)" ]; }
# records SHARD: whether a first attempt of that shard has written some finished jobs
has_records() {
  local size
  size=$(stat -c %s "$output/journal/shard-$1-of-$shards.0001.journal" 2>/dev/null) && [ "$size" -gt 1000 ]
}
# program_pids JOB: its sweep's processes; JOB is the id of one task
program_pids() {
  local pid
  for pid in $(cluster_job_pids); do
    [ "$(readlink "/proc/$pid/exe")" = "$program" ] || continue
    if tr '\0' '\n' <"/proc/$pid/environ" | grep -qx "SLURM_JOB_ID=$1"; then echo "$pid"; fi
  done
}
# supervisor_pid JOB: its slurmstepd, which tells its job in its command line
supervisor_pid() {
  local pid
  for pid in $(cluster_job_pids); do
    if grep -qF "slurmstepd: [$1.batch]" "/proc/$pid/cmdline" 2>/dev/null; then echo "$pid"; fi
  done
}
task_id() { timeout 10 squeue -h -r -j "${array}_$1" -o %A; }

cluster_install
cluster_start "$work/cluster"
say "cluster is up"

timeout 300 "$program" run "$spec" --output "$work/local" >"$work/local.log" 2>&1 ||
  die "the local run failed: $(cat "$work/local.log")"

timeout 60 "$program" slurm "$spec" --shards $shards --output "$output" \
  --sbatch-args "--comment='two words' --mem=100" >"$work/submit.sh"
timeout 60 sh "$work/submit.sh" | tee "$work/submitted" >&2
array=$(sed -n 's/^shards: job \([0-9]*\).*/\1/p' "$work/submitted")
merge=$(sed -n 's/^merge: job \([0-9]*\).*/\1/p' "$work/submitted")
[ -n "$array" ] || die "the array's number was not printed"
[ -n "$merge" ] || die "the merge's number was not printed"

# Shard 2: its program is killed as the kernel would do it. Its shell puts the task back.
wait_for 60 "the first records of shard 2" has_records 2
second=$(task_id 2)
kill -KILL "$(program_pids "$second")"
say "killed the program of shard 2"

# Shard 3: its supervisor dies with the node's daemon. Slurm puts the task back, while the first
# attempt lives on beside the second.
wait_for 60 "the first records of shard 3" has_records 3
third=$(task_id 3)
kill -KILL "$(supervisor_pid "$third")"
[ -n "$(program_pids "$third")" ] || die "the program of shard 3 went with its supervisor"
# Slurm would find out by itself within minutes; it asks a daemon that comes back at once, but
# gives a job that is younger than BatchStartTimeout and MessageTimeout together time to appear.
sleep 4
cluster_restart_node "$(timeout 10 squeue -h -j "$third" -o %N)"
say "killed the supervisor of shard 3"

wait_for 60 "the end of all jobs" queue_is_empty
for task in 1 2 3 4; do
  state=$(job_field "${array}_$task" JobState)
  [ "$state" = COMPLETED ] || die "shard $task ended as $state"
done
[ "$(job_field "$merge" JobState)" = COMPLETED ] || die "the merge ended as $(job_field "$merge" JobState)"
[ "$(job_field "$second" Restarts)" = 1 ] || die "shard 2 was not restarted"
[ "$(job_field "$third" Restarts)" = 1 ] || die "shard 3 was not restarted"

compared=0
for table in "$work"/local/*.csv; do
  cmp "$table" "$output/$(basename "$table")" || die "the tables differ"
  compared=$((compared + 1))
done
[ "$compared" -gt 0 ] || die "the local run wrote no table"
say "$compared tables are the same bytes as the local run's"

# Submitting again: nothing is left to do, so no journal grows and the merge writes the same.
journals() { (cd "$output/journal" && cksum -- *.journal); }
before=$(journals)
timeout 60 "$program" slurm "$spec" --shards $shards --output "$output" --submit >&2
wait_for 60 "the end of the second submission" queue_is_empty
[ "$(journals)" = "$before" ] || die "the second submission ran jobs again"
for table in "$work"/local/*.csv; do
  cmp "$table" "$output/$(basename "$table")" || die "the tables differ after the second submission"
done
say "all checks passed"
