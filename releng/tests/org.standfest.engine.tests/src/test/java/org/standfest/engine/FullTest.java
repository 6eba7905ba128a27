package org.standfest.engine;
import java.nio.file.*; import java.time.*; import java.util.*;
import org.junit.jupiter.api.*; import org.junit.jupiter.api.io.TempDir;
import org.standfest.hypervisor.*; import org.standfest.hypervisor.qemu.*; import org.standfest.replication.source.*; import org.standfest.replication.protocol.*;
class FullTest {
  @TempDir Path folder;
  @Test void full() throws Exception {
    var set = QemuSettings.ofThisHost();
    var p = new QmpSnapshotProvider(new QemuSettings(set.system(), set.image(), set.inputOutput(), Path.of("/tmp/e/small/x"), Optional.empty()), InstantSource.system());
    DiskImage d = Guest.disk(folder.resolve("d"));
    try (Guest g = Guest.boot(folder.resolve("m"), DiskBus.VIRTIO, d)) {
      for (int i=0;i<400;i++) g.append("p"+i);
      var v = new VolumeSource("system", VolumeKind.DISK, "qmp", g.machine.controlSocket()+"#disk-system");
      var s = p.take(new SnapshotRequest("x", List.of(v), Optional.empty(), Duration.ofSeconds(10))).orThrow();
      int ok=0; for (int i=0;i<100;i++) { boolean a = g.append("e"+i); if (a) ok++; else { System.out.println("append "+i+" failed"); break; } }
      System.out.println("ok "+ok+" state "+g.machine.state());
      var b = java.nio.ByteBuffer.allocate(1<<20); try { for (var r : s.disk("system").allocated()) for (long at=r.position(); at<r.end(); at+=1<<20) { b.clear().limit((int)Math.min(1<<20,r.end()-at)); s.disk("system").read(at,b);} System.out.println("all read"); } catch (Exception e) { System.out.println("read: "+e); }
      s.close();
      System.out.println("after close append "+g.append("z")+" "+Files.readString(g.machine.serialLog()));
    }
  }
}
