package dev.platformkit.check.compose;

import dev.platformkit.check.Check;
import dev.platformkit.check.CheckSpec;
import dev.platformkit.check.Findings;
import dev.platformkit.check.Severity;
import dev.platformkit.check.Workspace;
import dev.platformkit.compose.ComposeService;
import dev.platformkit.compose.PortMapping;
import dev.platformkit.source.SourceFile;

/** Docker publishes ports past the host's firewall, so an address has to be chosen. */
@CheckSpec(
    id = "compose/port-exposed",
    severity = Severity.ERROR,
    summary = "A port is published on a chosen address, not on all that the host has.")
public final class PortExposed implements Check {
  @Override
  public void run(Workspace workspace, Findings findings) {
    for (ComposeService service : workspace.services()) {
      SourceFile source = service.file().source();
      for (PortMapping port : service.ports()) {
        if (port.onAllAddresses()) {
          findings.add(
              source,
              source.spot(port.written()),
              "port "
                  + port.target()
                  + " of "
                  + service.name()
                  + " is published on every address of the host, past its firewall",
              fix(port));
        }
      }
    }
  }

  private static String fix(PortMapping port) {
    if (!port.inShort()) {
      return "host_ip: 127.0.0.1";
    }
    String written = port.written().text();
    if (!written.contains(":")) {
      return "127.0.0.1::" + written;
    }
    String bare = written.replaceFirst("^(0\\.0\\.0\\.0|\\[::]):", "");
    return "127.0.0.1:" + bare;
  }
}
