# shellcheck shell=bash
# A real Slurm on the loopback interface, for run.sh: one munged, one slurmctld and two slurmd,
# without systemd, everything below one folder. To be sourced by bash.
#
#   cluster_install        the Debian packages, where they are missing (needs root)
#   cluster_start FOLDER   sets SLURM_CONF; FOLDER is absolute, plain characters, at most 70 bytes
#   cluster_restart_node N kills the daemon of node N and starts it again
#   cluster_stop           ends every daemon and every process that the cluster's jobs left

PATH=$PATH:/usr/sbin:/sbin
declare -A cluster_pids=()

say() { printf 'slurm test: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# wait_for SECONDS WHAT COMMAND...: polls until the command succeeds, or gives up with WHAT
wait_for() {
  local tries=$(($1 * 20)) what=$2
  shift 2
  for ((; tries > 0; tries--)); do
    "$@" && return 0
    sleep 0.05
  done
  die "gave up waiting for $what"
}

cluster_install() {
  local program
  for program in munged slurmctld slurmd slurmstepd sbatch; do
    command -v "$program" >/dev/null && continue
    [ "$(id -u)" = 0 ] || die "$program is missing: apt-get install munge slurmctld slurmd slurm-client"
    say "installing Slurm"
    {
      apt-get update -q
      DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        munge slurmctld slurmd slurm-client
    } </dev/null >&2
    return
  done
}

port_is_used() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_ports() { # the first of three unused ports in a row
  local first
  for ((first = 26817; first < 28000; first += 3)); do
    port_is_used "$first" || port_is_used $((first + 1)) || port_is_used $((first + 2)) || {
      echo "$first"
      return
    }
  done
  die "no three free ports in a row"
}

# daemon NAME COMMAND...: starts it in the foreground mode of its own, as our child
daemon() {
  local name=$1
  shift
  # It must not keep descriptors of the caller open, such as a lock or a pipe that is waited for.
  (
    for descriptor in /proc/self/fd/*; do
      descriptor=${descriptor##*/}
      [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
    done
    exec "$@"
  ) </dev/null >>"$cluster/log/$name.out" 2>&1 &
  cluster_pids[$name]=$!
}

nodes_are_up() {
  [ "$(timeout 10 sinfo -h -N -o %T 2>/dev/null | grep -cE '^(idle|mixed|allocated|completing)$')" = 2 ]
}

cluster_start() {
  cluster=$1
  export SLURM_CONF=$cluster/slurm.conf
  local host port
  host=$(uname -n)
  [ "$(getent ahostsv4 "$host" | awk '{ print $1; exit }')" = 127.0.0.1 ] ||
    die "the host name $host does not resolve to 127.0.0.1"
  host=${host%%.*}
  port=$(free_ports)
  mkdir -p "$cluster"/{log,run,state,spool/n1,spool/n2}
  mkdir -m 700 "$cluster/munge"
  # Where no cgroup is named slurmd looks for a mounted one, and dies if there is none.
  echo CgroupPlugin=cgroup/v1 >"$cluster/cgroup.conf"
  cat >"$SLURM_CONF" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
AuthType=auth/munge
# A requeued job waits one second more than its credential lives.
AuthInfo=socket=$cluster/munge/socket,cred_expire=5
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool/%n
SlurmctldPidFile=$cluster/run/slurmctld.pid
SlurmdPidFile=$cluster/run/slurmd.%n.pid
SlurmctldLogFile=$cluster/log/slurmctld.log
SlurmdLogFile=$cluster/log/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
MinJobAge=3600
JobRequeue=1
KillWait=3
BatchStartTimeout=1
MessageTimeout=2
ReturnToService=2
SlurmdParameters=config_overrides
NodeName=n[1-2] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$((port + 1))-$((port + 2))] CPUs=2 RealMemory=500
PartitionName=main Nodes=ALL Default=YES DefaultTime=10 MaxTime=UNLIMITED State=UP
CONF
  head -c 128 /dev/urandom >"$cluster/munge/key"
  chmod 600 "$cluster/munge/key"
  # --force: munged refuses a folder that others may not enter.
  daemon munged munged --foreground --force --key-file="$cluster/munge/key" \
    --socket="$cluster/munge/socket" --pid-file="$cluster/munge/pid" \
    --log-file="$cluster/log/munged.log" --seed-file="$cluster/munge/seed"
  wait_for 10 "munged's socket" test -S "$cluster/munge/socket"
  daemon slurmctld slurmctld -D -f "$SLURM_CONF"
  wait_for 20 "slurmctld's port" port_is_used "$port"
  daemon n1 slurmd -D -f "$SLURM_CONF" -N n1
  daemon n2 slurmd -D -f "$SLURM_CONF" -N n2
  wait_for 60 "the nodes" nodes_are_up
}

cluster_restart_node() {
  kill -KILL "${cluster_pids[$1]}"
  wait "${cluster_pids[$1]}" 2>/dev/null || true
  daemon "$1" slurmd -D -f "$SLURM_CONF" -N "$1"
}

# Processes of the cluster's jobs, and their slurmstepds. They have our SLURM_CONF in their
# environment, but so has this shell: hence a second mark of each.
cluster_job_pids() {
  local folder environment
  for folder in /proc/[0-9]*; do
    { environment=$(tr '\0' '\n' <"$folder/environ"); } 2>/dev/null || continue
    grep -qxF "SLURM_CONF=$SLURM_CONF" <<<"$environment" || continue
    if grep -q '^SLURMD_NODENAME=' <<<"$environment" ||
      [ "$(cat "$folder/comm" 2>/dev/null)" = slurmstepd ]; then
      echo "${folder#/proc/}"
    fi
  done
}

cluster_stop() {
  local name pid
  # The servers last, so that nobody misses one.
  for name in n1 n2 slurmctld munged; do
    pid=${cluster_pids[$name]-}
    if [ -z "$pid" ] || ! kill "$pid" 2>/dev/null; then continue; fi
    for _ in {1..60}; do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.05
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  cluster_pids=()
  for pid in $(cluster_job_pids); do kill -KILL "$pid" 2>/dev/null || true; done
}
