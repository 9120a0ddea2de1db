#!/usr/bin/env bash
# A throw-away Slurm on loopback: munged, slurmctld and several slurmd on one host. Debian 12 or newer, root.
#
#   tests/cluster/slurm.sh install | start FOLDER | stop FOLDER | kill FOLDER NODE
#
# Everything lives in FOLDER, but for one symlink, /etc/slurm/slurm.conf. After start: source FOLDER/env.
set -euo pipefail

NODES=${NODES:-4}
CPUS=${CPUS:-2}
MEMORY=${MEMORY:-8000}  # MB a node; nodes pretend to have more than the host
PORT=${PORT:-16817}
# snakemake-executor-plugin-slurm-jobstep drops SLURM_CONF from the environment of its inner srun,
# so the file must be at Slurm's built-in path as well.
BUILT_IN=/etc/slurm/slurm.conf

install() {
    command -v slurmctld >/dev/null && command -v slurmd >/dev/null && command -v munged >/dev/null && return
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -y -q --no-install-recommends slurm-wlm slurm-client munge
}

configure() {
    mkdir -p "$FOLDER"/{run,log,state,spool,munge}
    chmod 755 "$FOLDER" "$FOLDER"/*
    chmod 700 "$FOLDER/munge"
    dd if=/dev/urandom bs=1024 count=1 status=none of="$FOLDER/munge/key"
    chmod 400 "$FOLDER/munge/key"
    local host
    host=$(hostname -s)
    cat >"$FOLDER/slurm.conf" <<CONF
ClusterName=loop
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$PORT
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# cred_expire: a requeued job waits this long before it may start again (120 by default)
AuthInfo=socket=$FOLDER/run/munge.socket,cred_expire=10
CredType=cred/munge
# No cgroups: plain process tracking works in containers too.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
# CR_LLN: the least loaded node first, so that a few jobs spread over the nodes.
SelectTypeParameters=CR_Core_Memory,CR_LLN
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
# A node that died is noticed within seconds.
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1,batch_sched_delay=0,defer_batch
SlurmdTimeout=10
SlurmctldTimeout=30
KillWait=2
InactiveLimit=0
# The test asks at its end which jobs started again.
MinJobAge=3600
JobRequeue=1
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$FOLDER/log/jobs.log
StateSaveLocation=$FOLDER/state
SlurmdSpoolDir=$FOLDER/spool/%n
SlurmctldPidFile=$FOLDER/run/slurmctld.pid
SlurmdPidFile=$FOLDER/run/slurmd.%n.pid
SlurmctldLogFile=$FOLDER/log/slurmctld.log
SlurmdLogFile=$FOLDER/log/slurmd.%n.log
NodeName=n[1-$NODES] NodeHostname=$host NodeAddr=127.0.0.1 Port=[$((PORT + 1))-$((PORT + NODES))] CPUs=$CPUS RealMemory=$MEMORY State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=60 State=UP
CONF
    echo "export SLURM_CONF=$FOLDER/slurm.conf" >"$FOLDER/env"
}

start() {
    if [ -e "$BUILT_IN" ] || [ -L "$BUILT_IN" ]; then
        echo "$BUILT_IN exists: this machine has a Slurm of its own, which is left alone" >&2
        exit 1
    fi
    configure
    mkdir -p "$(dirname "$BUILT_IN")"
    ln -s "$FOLDER/slurm.conf" "$BUILT_IN"
    munged --force --key-file="$FOLDER/munge/key" --socket="$FOLDER/run/munge.socket" \
        --pid-file="$FOLDER/run/munged.pid" --log-file="$FOLDER/log/munged.log" \
        --seed-file="$FOLDER/munge/seed"
    slurmctld -c
    local node
    for node in $(seq "$NODES"); do
        mkdir -p "$FOLDER/spool/n$node"
        slurmd -N "n$node"
    done
    for _ in $(seq 300); do
        [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" -ge "$NODES" ] && return
        sleep 0.2
    done
    echo "the nodes did not become idle" >&2
    tail -n 20 "$FOLDER"/log/*.log >&2
    exit 1
}

# A node dies with all that runs on it: its daemon is frozen first, so that it reports nothing.
kill_node() {
    local pids more job
    pids=$(cat "$FOLDER/run/slurmd.$1.pid")
    kill -STOP "$pids"
    # Jobs belong to slurmstepd, which is no child of slurmd and bears the number of its job.
    for job in $(squeue -h -w "$1" -o %A); do
        pids="$pids $(pgrep -d ' ' -f "^slurmstepd: \\[$job\\." || true)"
    done
    more=$pids
    while more=$(pgrep -d ' ' -P "$(echo $more | tr ' ' ',')"); do pids="$pids $more"; done
    kill -KILL $pids
    echo "$pids"
}

gone() {  # a zombie that nobody reaps counts as gone
    ! [ -r "/proc/$1/status" ] || grep -q '^State:.Z' "/proc/$1/status"
}

stop() {
    local file pid
    timeout 10 scancel -p main 2>/dev/null || true
    for _ in $(seq 50); do [ -z "$(timeout 5 squeue -h 2>/dev/null)" ] && break; sleep 0.2; done
    # The controller first, so that it does not take the nodes for dead.
    for file in "$FOLDER"/run/slurmctld.pid "$FOLDER"/run/slurmd.*.pid "$FOLDER"/run/munged.pid; do
        [ -s "$file" ] || continue
        pid=$(cat "$file")
        kill "$pid" 2>/dev/null || continue
        for _ in $(seq 50); do gone "$pid" && break; sleep 0.1; done
        gone "$pid" || kill -KILL "$pid" 2>/dev/null || true
    done
    if [ "$(readlink "$BUILT_IN")" = "$FOLDER/slurm.conf" ]; then rm -f "$BUILT_IN"; fi
}

command=${1:?install, start, stop or kill}
FOLDER=${2:-}
export SLURM_CONF=$FOLDER/slurm.conf
case "$command" in
    install) install ;;
    start) start ;;
    stop) stop ;;
    kill) kill_node "$3" ;;
    *) echo "no command $command" >&2; exit 2 ;;
esac
