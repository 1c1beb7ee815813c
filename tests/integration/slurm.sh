#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# `diploscope submit` on a real Slurm of one node, which this starts and ends: slurm.sh PROGRAM. Skipped where Slurm and
# MUNGE are not installed (apt install slurm-wlm munge), or by who may not start them.
set -eu
program=$(readlink -f "$1")
for needed in munged slurmctld slurmd sbatch; do
    PATH=$PATH:/usr/sbin command -v $needed > /dev/null || { echo "SKIPPED: $needed is not installed"; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "SKIPPED: only root starts Slurm's daemons"; exit 77; }
PATH=$PATH:/usr/sbin
folder=$(mktemp -d)
daemons=()
end() {
    for daemon in "${daemons[@]}"; do kill "$daemon" 2> /dev/null || true; done
    sleep 1
    for daemon in "${daemons[@]}"; do kill -9 "$daemon" 2> /dev/null || true; done
    rm -rf "$folder"
}
trap end EXIT
chmod 755 "$folder"
mkdir -p "$folder"/{munge,state,spool}
chmod 711 "$folder/munge"
head -c 1024 /dev/urandom > "$folder/munge/key"
chmod 600 "$folder/munge/key"
munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
    --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" > /dev/null 2>&1 &
daemons+=($!)
host=$(hostname -s)
cat > "$folder/slurm.conf" << END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
SlurmctldPort=26817
SlurmdPort=26818
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=1
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF=$folder/slurm.conf
# Newer ones ask for control groups, which a chroot or container lends to nobody; older ones do not know the word.
case $(slurmd -V) in
    *\ 2[0-2].* | *\ 23.0*) ;;
    *) echo "CgroupPlugin=disabled" > "$folder/cgroup.conf" ;;
esac
slurmctld -D -c > /dev/null 2>&1 &
daemons+=($!)
slurmd -D -N "$host" > /dev/null 2>&1 &
daemons+=($!)
for _ in $(seq 30); do
    [ "$(sinfo -h -o %T 2> /dev/null)" = idle ] && break
    sleep 1
done
[ "$(sinfo -h -o %T 2> /dev/null)" = idle ] || { tail -n 5 "$folder"/slurm*.log; echo "SKIPPED: Slurm does not start here"; exit 77; }

export XDG_CACHE_HOME=$folder/cache XDG_DATA_HOME=$folder/data HOME=$folder
cd "$folder"
"$program" simulate --out demo --people 80 --genes 8 > /dev/null
models=(--model demo-cnn --model demo-enformer)
"$program" analyze demo/demo.study.json --genes all "${models[@]}" --store one.sqlite --quiet > /dev/null
"$program" submit demo/demo.study.json --slurm --shards 8 --threads 1 --mem 0 --dir jobs "${models[@]}" -- --self-check 5
sleep 2
"$program" jobs jobs
# Of a shard that is killed the script begins again, and what waits for a drained node goes on when that is back.
for _ in $(seq 200); do
    victim=$(pgrep -f "analyze .*--shard [0-9]+/8" | tail -1 || true)
    [ -n "$victim" ] && grep -qs . jobs/shards/*.json && break
    sleep .05
done
kill -9 "$victim"
scontrol update NodeName="$host" State=DRAIN Reason=test
sleep 3
[ ! -e jobs/summary.txt ]
scontrol update NodeName="$host" State=RESUME
"$program" jobs jobs --watch --every 1
tail -n 3 jobs/logs/*
[ -s jobs/summary.txt ]
grep -q Killed jobs/logs/shard-*.log
# The merged store holds what one run stored: joined with it, nothing differs.
"$program" results merge --quiet demo/demo.results.sqlite one.sqlite
echo "Slurm's jobs came to one run."
# A run that is taken back leaves nothing in the queue, and says so.
"$program" submit demo/demo.study.json --slurm --shards 4 --threads 1 --mem 0 --dir back --quiet
"$program" jobs back --cancel
for _ in $(seq 30); do [ -z "$(squeue -h)" ] && break; sleep 1; done
! "$program" jobs back --watch --every 1
