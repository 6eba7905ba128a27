#!/bin/busybox sh
# The whole system of the guest: network, ledger over HTTP, orderly end at the power button.
b() { /bin/busybox "$@"; }
b mount -t proc proc /proc
b mount -t sysfs sys /sys
b mount -t tmpfs run /run

b ifconfig lo 127.0.0.1 up
for card in eth0 eth1; do
    [ -e "/sys/class/net/$card" ] && b ifconfig "$card" 10.0.2.15 netmask 255.255.255.0 up && break
done
b route add default gw 10.0.2.2 2>/dev/null

# What an adapter wrote down before this start: words like bus=IDE, in a sector before the first partition.
adapted=
for disk in /sys/block/vd* /sys/block/sd*; do
    [ -e "$disk/${disk##*/}1" ] || continue
    note=$(b dd if="/dev/${disk##*/}" bs=512 skip=2040 count=1 2>/dev/null | b tr '\n\000' '  ')
    case $note in "standfest-adaptation 1 "*) adapted=${note#standfest-adaptation 1} ;; esac
done
set -- $adapted
adapted=${*:+ adapted="$*"}
for word; do
    case $word in address=*) b ip addr add "${word#address=}" dev "$card" ;; esac
done

# A second, empty disk gets a copy of every entry: proof that several disks were taken at one instant.
for disk in /sys/block/vd* /sys/block/sd*; do
    name=${disk##*/}
    [ -e "$disk" ] && [ ! -e "$disk/${name}1" ] && b ln -s "/dev/$name" /run/mirror && break
done

[ -e /data/ledger ] || { : > /data/ledger; b sync; }
# A line that a power cut left unfinished was never acknowledged; it must not glue itself to the next one.
if [ -s /data/ledger ] && [ "$(b tail -c 1 /data/ledger | b wc -l)" -eq 0 ]; then
    b sed '$d' /data/ledger > /data/ledger.new && b sync -d /data/ledger.new && b mv /data/ledger.new /data/ledger
fi
b wc -l < /data/ledger > /run/count
read -r boot < /proc/sys/kernel/random/boot_id
health() {
    read -r up rest < /proc/uptime
    echo "ok boot=$boot uptime=$up$adapted" > /run/health.new
    b mv /run/health.new /run/health
}
health
b httpd -f -p 80 -h /www &
server=$!
read -r up rest < /proc/uptime
echo "standfest guest ready after $up s, boot $boot"
while :; do b sleep 1; health; done &
beat=$!

button=
for event in /sys/class/input/event*; do
    read -r name < "$event/device/name"
    [ "$name" = "Power Button" ] && button=/dev/input/${event##*/}
done
if [ -n "$button" ]; then
    b dd if="$button" of=/run/pressed bs=24 count=1 2>/dev/null
else
    echo "standfest guest: no power button found, only a power cut ends this machine"
    while :; do b sleep 3600; done
fi

echo "standfest guest switches off"
b mkdir /run/closing
kill "$beat"
# The request that holds the lock finishes and is acknowledged; those behind it are refused.
tries=0
while [ -d /run/lock ] && [ "$tries" -lt 100 ]; do b usleep 20000; tries=$((tries + 1)); done
b usleep 100000
kill "$server"
b sync
b mount -o remount,ro /
b poweroff -f
