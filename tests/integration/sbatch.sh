#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A stand-in for Slurm's sbatch: runs a script at once, an array's once an index, tells the job's number, and keeps its
# arguments in $SBATCH_LOG.
echo "$*" >> "$SBATCH_LOG"
for script; do :; done
last=$(sed -n 's/^#SBATCH --array=1-//p' "$script")
if [ -n "$last" ]; then
    for i in $(seq "$last"); do SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_JOB_ID=7 sh "$script" >&2 || exit 1; done
else
    sh "$script" >&2 || exit 1
fi
echo "$(wc -l < "$SBATCH_LOG");cluster"
