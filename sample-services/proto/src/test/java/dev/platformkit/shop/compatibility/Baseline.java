package dev.platformkit.shop.compatibility;

import static java.util.stream.Collectors.joining;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import dev.platformkit.shop.contract.v1.ContractProto;
import io.envoyproxy.pgv.validate.Validate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The contracts that are released, in a file, as protobuf's own text format has a {@code
 * FileDescriptorSet}: what the contracts of today are compared with.
 */
final class Baseline {
  private static final String OURS = "shop/";
  private static final String ACCEPT = "./build -pl sample-services/proto test -Dcontracts.accept";

  private static final ExtensionRegistry OPTIONS = ExtensionRegistry.newInstance();

  static {
    AnnotationsProto.registerAllExtensions(OPTIONS);
    ContractProto.registerAllExtensions(OPTIONS);
    Validate.registerAllExtensions(OPTIONS);
  }

  private final Path file;

  Baseline(Path file) {
    this.file = file;
  }

  /** Contracts as protoc writes them; only those that are ours, in the order of their names. */
  static FileDescriptorSet compiled(Path descriptors) throws IOException {
    FileDescriptorSet all = FileDescriptorSet.parseFrom(Files.readAllBytes(descriptors), OPTIONS);
    return FileDescriptorSet.newBuilder()
        .addAllFile(
            all.getFileList().stream()
                .filter(each -> each.getName().startsWith(OURS))
                .map(each -> each.toBuilder().clearSourceCodeInfo().build())
                .sorted(Comparator.comparing(FileDescriptorProto::getName))
                .toList())
        .build();
  }

  /**
   * What is to be done before these contracts can be released; nothing when they are those of the
   * baseline. A contract of which the baseline has no file is not released yet: nobody calls it, so
   * it may change until it is accepted.
   */
  Optional<String> judge(FileDescriptorSet contracts) throws IOException {
    FileDescriptorSet released = read();
    List<Break> breaks = Compatibility.breaks(released, contracts);
    if (!breaks.isEmpty()) {
      return Optional.of(told(breaks));
    }
    Set<String> known =
        released.getFileList().stream()
            .map(FileDescriptorProto::getName)
            .collect(Collectors.toSet());
    List<FileDescriptorProto> today =
        contracts.getFileList().stream().filter(each -> known.contains(each.getName())).toList();
    return released.getFileList().equals(today)
        ? Optional.empty()
        : Optional.of(
            "the contracts have changed since "
                + file
                + " was written, and break nobody: "
                + ACCEPT);
  }

  /**
   * Makes these contracts the baseline.
   *
   * @param breaking also when that breaks somebody
   * @return why not, if they are not
   */
  Optional<String> accept(FileDescriptorSet contracts, boolean breaking) throws IOException {
    List<Break> breaks = breaking ? List.of() : Compatibility.breaks(read(), contracts);
    if (!breaks.isEmpty()) {
      return Optional.of(told(breaks));
    }
    Files.writeString(
        file,
        "# Written by a test, for "
            + Compatibility.class.getSimpleName()
            + ": "
            + ACCEPT
            + "\n"
            + TextFormat.printer().printToString(contracts));
    return Optional.empty();
  }

  private FileDescriptorSet read() throws IOException {
    FileDescriptorSet.Builder released = FileDescriptorSet.newBuilder();
    if (Files.exists(file)) {
      TextFormat.merge(Files.readString(file), OPTIONS, released);
    }
    return released.build();
  }

  private static String told(List<Break> breaks) {
    return breaks.stream()
        .map(Break::toString)
        .collect(
            joining(
                "\n",
                "these changes of the contracts break others:\n",
                "\nmeant all the same: " + ACCEPT + " -Dcontracts.break"));
  }
}
