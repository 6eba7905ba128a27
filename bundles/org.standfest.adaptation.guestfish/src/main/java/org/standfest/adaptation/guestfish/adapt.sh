#!/bin/sh
# Fits a Linux system to other hardware. Runs inside the copy, in the appliance of libguestfs, never on a live system.
# adapt.sh ROOT DRIVERS FIRMWARE ADDRESS GATEWAY: ROOT is / there; DRIVERS is a comma separated list; "-" = not wished.
# Every change is a line "changed WHAT". What stands in the way is a line "cannot WHAT", and the exit code 4.
# Only adds, so that the copy still starts on the hardware it came from; a second run changes nothing more.
set -u
root=${1%/}
drivers=$(echo "$2" | tr ',' ' ')
firmware=$3
address=$4
gateway=$5
mark='# standfest: drivers for other hardware'

changed() { echo "changed $*"; }
cannot() { echo "cannot $*"; exit 4; }
# A program of the system itself.
own() { program=$1; shift; "$root$program" "$@"; }

# The names that kernels gave to the same partition: the letter counts disks, and they are in the same order here.
uuid_of() {
    here=$(echo "$1" | sed 's,/dev/[a-z]*d\([a-z][0-9]*\)$,/dev/sd\1,')
    for device in "$1" "$here"; do
        uuid=$(blkid "$device" 2>/dev/null | sed -n 's/.*[ \t]UUID="\([^"]*\)".*/\1/p')
        [ -n "$uuid" ] && { echo "$uuid"; return; }
    done
    # A small system may have no blkid: the appliance itself knows its disks, too.
    for link in /dev/disk/by-uuid/*; do
        [ "$(readlink -f "$link")" = "$here" ] && { echo "${link##*/}"; return; }
    done
}

# Disks have other names on another bus; the identities of their file systems stay.
by_identity() {
    file=$root$1
    [ -f "$file" ] || return 0
    devices=$(grep -v '^[[:space:]]*#' "$file" | grep -o '/dev/\(sd\|vd\|hd\|xvd\)[a-z][0-9]*' | sort -u)
    buses=$(echo "$devices" | sed 's/d[a-z][0-9]*$//' | sort -u | wc -l)
    for device in $devices; do
        if [ "$buses" -gt 1 ]; then
            echo "kept $device in $1: with disks on several buses its letter does not say which disk it is"
            continue
        fi
        uuid=$(uuid_of "$device")
        if [ -z "$uuid" ]; then
            echo "kept $device in $1: it has no identity that could be named instead"
            continue
        fi
        sed "/^[[:space:]]*#/!s,$device\([^0-9a-z]\|$\),UUID=$uuid\1,g" "$file" >"$file.standfest" &&
            cat "$file.standfest" >"$file" || cannot "write $1"
        rm -f "$file.standfest"
        changed "$1: $device is UUID=$uuid"
    done
}

initramfs() {
    if [ -x "$root/usr/sbin/update-initramfs" ]; then
        list=$root/etc/initramfs-tools/modules
        mkdir -p "$root/etc/initramfs-tools/conf.d"
        touch "$list"
        missing=
        for driver in $drivers; do
            grep -qx "$driver" "$list" || missing="$missing $driver"
        done
        [ -z "$missing" ] && [ -f "$root/etc/initramfs-tools/conf.d/standfest" ] && return 0
        { echo "$mark"; for driver in $missing; do echo "$driver"; done; } >>"$list" || cannot "write /etc/initramfs-tools/modules"
        echo 'MODULES=most' >"$root/etc/initramfs-tools/conf.d/standfest"
        said=$(own /usr/sbin/update-initramfs -u -k all 2>&1) || cannot "build the initial file system: $(echo "$said" | tail -n 1)"
    elif [ -x "$root/usr/bin/dracut" ]; then
        wanted="add_drivers+=\" $drivers \""
        file=$root/etc/dracut.conf.d/standfest.conf
        mkdir -p "$root/etc/dracut.conf.d"
        grep -qxF "$wanted" "$file" 2>/dev/null && return 0
        { echo "$mark"; echo "$wanted"; echo 'hostonly="no"'; } >"$file" || cannot "write /etc/dracut.conf.d/standfest.conf"
        said=$(own /usr/bin/dracut --force --regenerate-all 2>&1) || cannot "build the initial file system: $(echo "$said" | tail -n 1)"
    else
        cannot 'build the initial file system: there is neither update-initramfs nor dracut'
    fi
    changed "initial file system: $drivers"
}

# The one name that the system's settings know its network card by.
card_name() {
    {
        sed -n 's/^[[:space:]]*iface[[:space:]]\{1,\}\([^[:space:]]*\)[[:space:]]\{1,\}inet[[:space:]].*/\1/p' \
            "$root/etc/network/interfaces" "$root"/etc/network/interfaces.d/* 2>/dev/null
        sed -n 's/^[[:space:]]*interface-name=\(.*\)/\1/p' "$root"/etc/NetworkManager/system-connections/* 2>/dev/null
        sed -n 's/^DEVICE="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$root"/etc/sysconfig/network-scripts/ifcfg-* 2>/dev/null
        sed -n 's/^    \([a-z][a-z0-9]*\):[[:space:]]*$/\1/p' "$root"/etc/netplan/*.yaml 2>/dev/null
    } | grep -vx 'lo' | sort -u
}

cards() {
    for rules in "$root"/etc/udev/rules.d/*-persistent-net.rules; do
        [ -f "$rules" ] || continue
        mv "$rules" "$rules.standfest" || cannot "write $rules"
        changed "${rules#"$root"}: the old card's name is given to nobody else"
    done
    name=$(card_name)
    link=$root/etc/systemd/network/10-standfest.link
    if [ -n "$name" ] && [ "$(echo "$name" | wc -l)" -eq 1 ] && [ ! -f "$link" ] && [ -d "$root/etc/systemd" ]; then
        mkdir -p "$root/etc/systemd/network"
        printf '[Match]\nOriginalName=*\nType=ether\n\n[Link]\nName=%s\n' "$name" >"$link" || cannot "write $link"
        changed "network: the card is called $name whatever its model"
    fi
}

addresses() {
    [ "$address" = - ] && return 0
    file=$root/etc/network/interfaces
    name=$(card_name)
    if [ ! -f "$file" ] || [ "$(echo "$name" | wc -l)" -ne 1 ] || [ -z "$name" ]; then
        cannot "give the address $address: only one card in /etc/network/interfaces is known to it"
    fi
    grep -q "^[[:space:]]*address[[:space:]]\{1,\}$address\$" "$file" && return 0
    cp "$file" "$file.standfest" || cannot 'write /etc/network/interfaces'
    {
        echo '# standfest: the address of emergency operation; what was here before lies beside, .standfest'
        printf 'auto lo\niface lo inet loopback\nauto %s\niface %s inet static\n    address %s\n' "$name" "$name" "$address"
        [ "$gateway" = - ] || echo "    gateway $gateway"
    } >"$file" || cannot 'write /etc/network/interfaces'
    changed "network: $name has the address $address"
}

# A firmware that remembers nothing of this system takes the loader at the fallback path: there must be one.
loader() {
    if [ "$firmware" = BIOS ]; then
        [ -d "$root/boot/efi/EFI" ] && [ ! -e "$root/boot/grub/i386-pc/core.img" ] && [ ! -e "$root/boot/grub2/i386-pc/core.img" ] &&
            cannot 'start by BIOS: the system has a boot loader for UEFI only'
        return 0
    fi
    for esp in "$root/boot/efi" "$root/efi" "$root/boot"; do
        [ -d "$esp/EFI" ] && break
    done
    [ -d "$esp/EFI" ] || cannot 'start by UEFI: the system has no boot loader for it'
    fallback=$esp/EFI/BOOT/BOOTX64.EFI
    [ -e "$fallback" ] && return 0
    for loader in shimx64.efi grubx64.efi systemd-bootx64.efi; do
        found=$(ls "$esp"/EFI/*/$loader 2>/dev/null | head -n 1)
        [ -n "$found" ] && break
    done
    [ -n "$found" ] || cannot 'start by UEFI: no boot loader lies on the boot partition'
    mkdir -p "$esp/EFI/BOOT" && cp "$found" "$fallback" || cannot 'write the boot partition'
    # The first one looks for the second one beside itself.
    for second in "${found%/*}"/grubx64.efi "${found%/*}"/mmx64.efi; do
        [ "$loader" = shimx64.efi ] && [ -e "$second" ] && cp "$second" "$esp/EFI/BOOT/"
    done
    changed "boot loader: ${found#"$esp"/} lies at the fallback path too"
}

by_identity /etc/fstab
by_identity /boot/grub/grub.cfg
by_identity /boot/grub2/grub.cfg
by_identity /etc/default/grub
cards
addresses
loader
initramfs
exit 0
