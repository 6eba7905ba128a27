#!/bin/busybox sh
# First program of the guest: brings the drivers up, bus by bus, until the root file system shows.
b() { /bin/busybox "$@"; }
b mount -t devtmpfs dev /dev
b mount -t proc proc /proc
b mount -t sysfs sys /sys

load() {
    while read -r group module; do
        [ "$group" = "$1" ] && b insmod "/lib/$module" 2>/dev/null
    done < /modules
}

mounted() {
    tries=0
    while [ "$tries" -lt "$1" ]; do
        b mount -t ext4 -o noatime,errors=remount-ro LABEL=standfest /root 2>/dev/null && return 0
        tries=$((tries + 1))
        b usleep 50000
    done
    return 1
}

load common
for bus in virtio scsi pvscsi ide; do
    load "$bus"
    mounted 12 && break
done
if [ ! -x /root/sbin/start ] && ! mounted 60; then
    echo "standfest guest: no root file system on any known bus"
    b poweroff -f
fi
# The mirror test needs every disk to be seen, whatever bus it hangs on.
b mount --move /dev /root/dev
exec /bin/busybox switch_root /root /sbin/start
