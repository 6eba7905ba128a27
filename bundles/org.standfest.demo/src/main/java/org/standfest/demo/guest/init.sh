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

# Which controllers there are, by vendor and device. Every PC has IDE, so it comes last.
found=
for device in /sys/bus/pci/devices/*; do
    read -r vendor < "$device/vendor"
    read -r id < "$device/device"
    case $vendor:$id in
        0x1af4:0x1001 | 0x1af4:0x1042) found="virtio $found" ;;
        0x1af4:0x1004 | 0x1af4:0x1048) found="scsi $found" ;;
        0x15ad:0x07c0) found="pvscsi $found" ;;
    esac
done
load common
for bus in $found ide; do
    load "$bus"
    mounted 30 && break
done
if [ ! -x /root/sbin/start ] && ! mounted 100; then
    echo "standfest guest: no root file system on any known bus"
    b poweroff -f
fi
# The mirror test needs every disk to be seen, whatever bus it hangs on.
b mount --move /dev /root/dev
exec /bin/busybox switch_root /root /sbin/start
