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
slurmctld -D -c > /dev/null 2>&1 &
daemons+=($!)
slurmd -D -N "$host" > /dev/null 2>&1 &
daemons+=($!)
for _ in $(seq 30); do
    [ "$(sinfo -h -o %T 2> /dev/null)" = idle ] && break
    sleep 1
done
[ "$(sinfo -h -o %T 2> /dev/null)" = idle ] || { tail -5 "$folder"/slurm*.log; echo "SKIPPED: Slurm does not start here"; exit 77; }

export XDG_CACHE_HOME=$folder/cache XDG_DATA_HOME=$folder/data HOME=$folder
cd "$folder"
"$program" simulate --out demo --people 80 --genes 8 > /dev/null
"$program" analyze demo/demo.study.json --genes all --store one.sqlite --quiet > /dev/null
"$program" submit demo/demo.study.json --slurm --shards 3 --threads 1 --mem 0 --dir jobs
for _ in $(seq 120); do
    [ -z "$(squeue -h 2> /dev/null)" ] && break
    sleep 1
done
tail -n 3 jobs/logs/*
[ -s jobs/summary.txt ]
# The merged store holds what one run stored: joined with it, nothing differs.
"$program" results merge --quiet demo/demo.results.sqlite one.sqlite
echo "Slurm's jobs came to one run."
