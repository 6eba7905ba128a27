#!/bin/busybox sh
# Appends one line to the ledger; answers only when the line is on the disk.
b() { /bin/busybox "$@"; }
fail() {
    [ -n "$locked" ] && b rmdir /run/lock
    printf 'HTTP/1.0 %s\r\nContent-Type: text/plain\r\n\r\nnot written\n' "$1"
    exit 0
}
query=$QUERY_STRING
[ "$REQUEST_METHOD" = POST ] && [ -z "$query" ] && read -r -n 2000 query
case $query in
    entry=?*) entry=$(b httpd -d "${query#entry=}" | b tr -d '\000-\037\177' | b head -c 200) ;;
    *) fail '400 Bad Request' ;;
esac
tries=0
while ! b mkdir /run/lock 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -gt 2000 ] && fail '503 Service Unavailable'
    b usleep 3000
done
locked=yes
[ -d /run/closing ] && fail '503 Service Unavailable'
line="$(($(b wc -l < /data/ledger) + 1)) $entry"
echo "$line" >> /data/ledger && b sync -d /data/ledger || fail '507 Insufficient Storage'
if [ -e /run/mirror ]; then
    printf '%-511s\n' "$line" | b dd of=/run/mirror bs=512 seek="${line%% *}" conv=notrunc,fsync 2>/dev/null \
        || fail '507 Insufficient Storage'
fi
b rmdir /run/lock
printf 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n%s\n' "$line"
