# Sourced by peer.sh and setup.sh. W is the work folder, everything else lies below it.
export W=${W:?the work folder}
export SRC=${SRC:-$W/mnt/src} TGT=${TGT:-$W/mnt/tgt}
export BENCH_NS=${BENCH_NS-standfest-bench} BENCH_TGT=$TGT
export HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export RESTIC_PASSWORD=x BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes BORG_RELOCATED_REPO_ACCESS_IS_OK=yes
SSHO="-p 2222 -i $W/ssh/id -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -c aes128-gcm@openssh.com"
export SSHO RSYNC_RSH="ssh $SSHO" BORG_RSH="ssh $SSHO"
