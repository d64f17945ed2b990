package dev.platformkit.shop.gateway;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.platformkit.shop.product.v1.Product;
import dev.platformkit.shop.user.v1.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stands for what services tell while the process is trained: nobody is there then, and without
 * routes nothing of what requests take would come into the archive of classes.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Whether the process is started to be trained, as the kit has it. */
  static boolean asked() {
    return Boolean.getBoolean("platform.training");
  }

  static Known known() {
    return new Known(
        Map.of(
            "product", told(Product.getDescriptor().getFile()),
            "user", told(User.getDescriptor().getFile())),
        Optional.empty());
  }

  private static Told told(FileDescriptor file) {
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    gather(file, files);
    return new Told(
        file.getServices().stream().map(service -> service.getFullName()).toList(),
        List.copyOf(files.values()));
  }

  private static void gather(FileDescriptor file, Map<String, FileDescriptorProto> files) {
    files.put(file.getName(), file.toProto());
    file.getDependencies().forEach(each -> gather(each, files));
  }
}
