#!/bin/bash
# peer.sh PEER KIND: ships $SRC/cur.img (KIND=image) or $SRC/tree (KIND=tree) to the target's state of PEER under $TGT/PEER.
# Runs inside the netns + cgroup of measure.py, servers included.
. "$(dirname "$0")/env.sh"; peer=$1 kind=$2; D=$TGT/$peer; export AG=$SRC/.agent/$peer; mkdir -p $D $AG   # AG: state kept on the agent's side
export BORG_BASE_DIR=$AG RESTIC_CACHE_DIR=$AG
if [ $kind = image ]; then S=$SRC/cur.img; A="-t"; else S=$SRC/tree/; A="-aHAXS --numeric-ids --delete"; fi
rsyncd() { local c=$W/rsyncd.$BENCH_NS.conf; rm -f $c.pid; printf 'port = 8873\naddress = 127.0.0.1\nuse chroot = no\npid file = %s\nmunge symlinks = no\nuid = root\ngid = root\n[pool]\npath = %s\nread only = no\n' $c.pid $TGT >$c
  rsync --daemon --no-detach --config=$c & RP=$!; for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/8873) 2>/dev/null && return; sleep .02; done; }
sshd_() { /usr/sbin/sshd -D -f $W/ssh/sshd_config & SP=$!; for i in $(seq 100); do (exec 3<>/dev/tcp/127.0.0.1/2222) 2>/dev/null && return; sleep .02; done; }
clone() { # version the last good image: reflink, then work on the new one, publish by rename
  if [ $kind = image ]; then [ -f $D/cur.img ] && cp --reflink=always --preserve=timestamps $D/cur.img $D/next.img; else [ -d $D/tree ] && { rm -rf $D/next; cp -a --reflink=always $D/tree $D/next; }; fi; true; }
case $peer in
 rsync-inplace)  rsyncd; rsync $A --inplace --no-whole-file -B 65536 $S rsync://127.0.0.1:8873/pool/$peer/$([ $kind = tree ] && echo tree/);;
 rsync-temp)     rsyncd; rsync $A --no-whole-file -B 65536 $S rsync://127.0.0.1:8873/pool/$peer/$([ $kind = tree ] && echo tree/);;
 rsync-whole)    rsyncd; rsync $A -W -S $S rsync://127.0.0.1:8873/pool/$peer/$([ $kind = tree ] && echo tree/);;
 rsync-reflink)  rsyncd; clone; if [ $kind = image ]; then rsync $A --inplace --no-whole-file -B 65536 $S rsync://127.0.0.1:8873/pool/$peer/next.img && sync $D/next.img && mv $D/cur.img $D/prev.img 2>/dev/null; mv $D/next.img $D/cur.img
                 else rsync $A --inplace --no-whole-file $S rsync://127.0.0.1:8873/pool/$peer/next/ && { [ -d $D/tree ] && mv $D/tree $D/prev; mv $D/next $D/tree; }; fi;;
 rsync-reflink-ssh) sshd_; clone; if [ $kind = image ]; then rsync $A --inplace --no-whole-file -B 65536 $S 127.0.0.1:$D/next.img && sync $D/next.img && mv $D/cur.img $D/prev.img 2>/dev/null; mv $D/next.img $D/cur.img
                 else rsync $A --inplace --no-whole-file $S 127.0.0.1:$D/next/ && { [ -d $D/tree ] && mv $D/tree $D/prev; mv $D/next $D/tree; }; fi;;
 rsync-ssh-z)    sshd_; rsync $A -z --zc=zstd --inplace --no-whole-file -B 65536 $S 127.0.0.1:$D/$([ $kind = tree ] && echo tree/);;
 rsync-linkdest) rsyncd; n=$(ls -d $D/v* 2>/dev/null | wc -l); rsync $A $([ $n -gt 0 ] && echo --link-dest=../v$n) $S rsync://127.0.0.1:8873/pool/$peer/v$((n+1))/;;
 restic*)        rclone serve restic --addr 127.0.0.1:8085 $D >/dev/null 2>&1 & for i in $(seq 200); do (exec 3<>/dev/tcp/127.0.0.1/8085) 2>/dev/null && break; sleep .02; done
                 R=rest:http://127.0.0.1:8085/; [ -f $D/config ] || restic -q -r $R init; restic -q -r $R backup --compression $([ $peer = restic-off ] && echo off || echo auto) ${S%/};;
 borg-*)         sshd_; R=ssh://127.0.0.1$D/repo; [ -d $D/repo ] || borg init -e none $R
                 c=none; [ $peer = borg-lz4 ] && c=lz4; [ $peer = borg-zstd ] && c=zstd,3
                 if [ $kind = image ]; then borg create -C $c --chunker-params fixed,65536 $R::$(date +%s%N) $S; else (cd $SRC; borg create -C $c $R::$(date +%s%N) tree); fi;;
 casync)         [ $kind = image ] && casync make --store=$D/store.castr --chunk-size=65536 $D/i$(date +%s).caibx $S || casync make --store=$D/store.castr --with=best $D/i$(date +%s).caidx ${S%/};;
 bup)            export BUP_DIR=$D; [ -d $D/objects ] || bup init; if [ $kind = image ]; then bup split -q -n img $S; else bup index -q ${S%/} && bup save -q -n t ${S%/}; fi;;
 rdiff-backup)   sshd_; if [ $kind = image ]; then rdiff-backup --api-version 201 --remote-schema "ssh $SSHO %s rdiff-backup server" backup --include $S --exclude '**' $SRC 127.0.0.1::$D/m; else rdiff-backup --api-version 201 --remote-schema "ssh $SSHO %s rdiff-backup server" backup ${S%/} 127.0.0.1::$D/m; fi;;
 qemu-img)       [ $kind = image ] || exit 9; truncate -s $(stat -c %s $S) $D/next.img; qemu-nbd -f raw -x e -p 10810 -b 127.0.0.1 -t $D/next.img & Q=$!; sleep .3; qemu-img convert -n -f raw -O raw $S nbd://127.0.0.1:10810/e; kill $Q; sync $D/next.img; mv $D/next.img $D/cur.img;;
 nbdcopy)        [ $kind = image ] || exit 9; truncate -s $(stat -c %s $S) $D/next.img; qemu-nbd -f raw -x e -p 10810 -b 127.0.0.1 -t -e 8 $D/next.img & Q=$!; sleep .3; nbdcopy --destination-is-zero $S nbd://127.0.0.1:10810/e; kill $Q; sync $D/next.img; mv $D/next.img $D/cur.img;;
 cp-al-farm)     cp -al $TGT/rsync-inplace/tree $D/t$(date +%s%N);;
 cp-reflink-tree) cp -a --reflink=always $TGT/rsync-inplace/tree $D/t$(date +%s%N);;
 cp)             if [ $kind = image ]; then cp --sparse=auto --preserve=timestamps $S $D/next.img && sync $D/next.img && mv $D/next.img $D/cur.img; else cp -a ${S%/} $D/; fi;;
 tar-zstd)       sshd_; tar -C $SRC --xattrs --acls -S -cf - $([ $kind = image ] && echo cur.img || echo tree) | zstd -1 -T2 -q | ssh $SSHO 127.0.0.1 "zstd -dq | tar -C $D --xattrs --acls -xf -";;
 tar-tcp)        sshd_; tar -C $SRC --xattrs --acls -S -cf - $([ $kind = image ] && echo cur.img || echo tree) | ssh $SSHO 127.0.0.1 "tar -C $D --xattrs --acls -xf -";;
 dd-zstd-ssh)    sshd_; zstd -1 -T2 -qc $S | ssh $SSHO 127.0.0.1 "zstd -dqc --sparse -o $D/next.img -f && sync $D/next.img && mv $D/next.img $D/cur.img";;
 *) echo "unknown peer $peer" >&2; exit 9;;
esac
rc=$?; kill $RP $SP $(jobs -p) 2>/dev/null; wait 2>/dev/null; exit $rc
