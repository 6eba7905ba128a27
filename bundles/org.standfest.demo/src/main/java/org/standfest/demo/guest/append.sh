#!/bin/busybox sh
# Appends one line to the ledger; answers only when the line is on the disk.
# Programs are called by name alone: the shell has them inside, and most need no process of their own.
fail() {
    [ -n "$locked" ] && rmdir /run/lock
    printf 'HTTP/1.0 %s\r\nContent-Type: text/plain\r\n\r\nnot written\n' "$1"
    exit 0
}
query=$QUERY_STRING
[ "$REQUEST_METHOD" = POST ] && [ -z "$query" ] && read -r -n 2000 query
entry=${query#entry=}
[ "$entry" = "$query" ] && fail '400 Bad Request'
case $entry in
    *[%+]*) entry=$(httpd -d "$entry") ;;
esac
case $entry in
    '' | *[[:cntrl:]]*) fail '400 Bad Request' ;;
esac
[ "${#entry}" -gt 200 ] && fail '400 Bad Request'

tries=0
while ! mkdir /run/lock 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -gt 2000 ] && fail '503 Service Unavailable'
    usleep 3000
done
locked=yes
[ -d /run/closing ] && fail '503 Service Unavailable'
read -r count < /run/count
number=$((count + 1))
line="$number $entry"
{ echo "$line" >> /data/ledger && sync -d /data/ledger; } || fail '507 Insufficient Storage'
echo "$number" > /run/count
if [ -e /run/mirror ]; then
    printf '%-511s\n' "$line" | dd of=/run/mirror bs=512 seek="$number" conv=notrunc,fsync 2>/dev/null \
        || fail '507 Insufficient Storage'
fi
rmdir /run/lock
printf 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n%s\n' "$line"
