#!/bin/bash
# teardown.sh: takes away what setup.sh made; the results stay.
. "$(dirname "$0")/env.sh"
for x in src tgt; do
  if mountpoint -q "$W/mnt/$x"; then
    loop=$(findmnt -no SOURCE "$W/mnt/$x"); umount "$W/mnt/$x" || { sleep 1; umount -l "$W/mnt/$x"; }
    losetup -d "$loop" 2>/dev/null
  fi
  rm -f "$W/$x.xfs.img"
done
ip netns list | grep -qw "$BENCH_NS" && ip netns del "$BENCH_NS"
rm -rf "$W/ssh" "$W/mnt" "$W"/rsyncd.*; exit 0
