package dev.platformkit.shop.gateway;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a service told of itself: its contract.
 *
 * @param services full names, in order
 * @param files where they stand, with all that these import, by name
 */
record Told(List<String> services, List<FileDescriptorProto> files) {
  Told {
    services = List.copyOf(services);
    files = List.copyOf(files);
  }

  /**
   * The services with all that they refer to.
   *
   * @throws IllegalArgumentException saying what does not fit together
   */
  List<ServiceDescriptor> descriptors() {
    Linker linker = new Linker();
    files.forEach(file -> linker.link(file.getName()));
    List<ServiceDescriptor> found = new ArrayList<>();
    for (FileDescriptor file : linker.linked.values()) {
      file.getServices().stream()
          .filter(service -> services.contains(service.getFullName()))
          .forEach(found::add);
    }
    found.sort((one, other) -> one.getFullName().compareTo(other.getFullName()));
    return found;
  }

  private final class Linker {
    private final Map<String, FileDescriptor> linked = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    FileDescriptor link(String name) {
      FileDescriptor known = linked.get(name);
      if (known != null) {
        return known;
      }
      if (!underWay.add(name)) {
        throw new IllegalArgumentException(name + " imports itself");
      }
      FileDescriptorProto file =
          files.stream()
              .filter(each -> each.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
      try {
        FileDescriptor descriptor =
            FileDescriptor.buildFrom(
                file,
                file.getDependencyList().stream().map(this::link).toArray(FileDescriptor[]::new));
        linked.put(name, descriptor);
        return descriptor;
      } catch (DescriptorValidationException e) {
        throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
      }
    }
  }
}
