package dev.platformkit.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PortHoldersTest {
  @TempDir Path proc;

  @Test
  void theListenersSocketIsFoundInTheDescriptorsOfAProcess() throws IOException {
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/tcp"),
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:2134 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1
           1: 0100007F:2135 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 4712 1
        """);
    Files.createDirectories(proc.resolve("4121/fd"));
    Files.createSymbolicLink(proc.resolve("4121/fd/7"), Path.of("socket:[4711]"));
    Files.writeString(proc.resolve("4121/cmdline"), "consul\0agent\0-dev\0");
    Files.createDirectories(proc.resolve("9/fd"));

    PortHolders holders = new PortHolders(proc);

    assertThat(holders.of(0x2134)).get().hasToString("pid 4121 (consul agent -dev)");
    assertThat(holders.of(0x2135)).as("connected, not listening").isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisVeryProcessIsFound() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(new PortHolders().of(socket.getLocalPort()))
          .get()
          .extracting(PortHolders.Holder::pid)
          .isEqualTo(ProcessHandle.current().pid());
    }
  }
}
