#!/bin/bash
# setup.sh: a network namespace, an sshd's keys and settings, two XFS loop mounts with reflink (SRC_GB, TGT_GB). Root.
. "$(dirname "$0")/env.sh"; set -e
mkdir -p "$W/mnt/src" "$W/mnt/tgt" "$W/ssh"
ip netns list | grep -qw "$BENCH_NS" || { ip netns add "$BENCH_NS"; ip netns exec "$BENCH_NS" ip link set lo up; }
for x in src tgt; do
  mountpoint -q "$W/mnt/$x" && continue
  g=${SRC_GB:-10}; [ $x = tgt ] && g=${TGT_GB:-24}
  rm -f "$W/$x.xfs.img"; truncate -s "${g}G" "$W/$x.xfs.img"
  mkfs.xfs -f -q -K -m reflink=1 "$W/$x.xfs.img"
  loop=$(losetup -f --show --direct-io=on "$W/$x.xfs.img"); mount "$loop" "$W/mnt/$x"
done
[ -f "$W/ssh/id" ] || ssh-keygen -q -t ed25519 -N '' -f "$W/ssh/id"
[ -f "$W/ssh/host" ] || ssh-keygen -q -t ed25519 -N '' -f "$W/ssh/host"
cp "$W/ssh/id.pub" "$W/ssh/auth"; chmod 600 "$W/ssh/auth"; mkdir -p /run/sshd
cat >"$W/ssh/sshd_config" <<C
Port 2222
ListenAddress 127.0.0.1
HostKey $W/ssh/host
AuthorizedKeysFile $W/ssh/auth
PermitRootLogin yes
StrictModes no
UsePAM no
PidFile $W/ssh/sshd.pid
Subsystem sftp internal-sftp
MaxStartups 100
C
