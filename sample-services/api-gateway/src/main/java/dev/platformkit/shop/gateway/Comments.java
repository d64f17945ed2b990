package dev.platformkit.shop.gateway;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a contract says in comments, where it comes with them: what Java's compiler generates has
 * none, what other languages' servers reflect may have.
 */
final class Comments {
  private Comments() {}

  static Optional<String> of(MethodDescriptor method) {
    return at(
        method.getFile(),
        List.of(
            FileDescriptorProto.SERVICE_FIELD_NUMBER,
            method.getService().getIndex(),
            ServiceDescriptorProto.METHOD_FIELD_NUMBER,
            method.getIndex()));
  }

  static Optional<String> of(Descriptor message) {
    return at(message.getFile(), path(message));
  }

  static Optional<String> of(FieldDescriptor field) {
    List<Integer> path = new ArrayList<>(path(field.getContainingType()));
    path.add(DescriptorProto.FIELD_FIELD_NUMBER);
    path.add(field.getIndex());
    return at(field.getFile(), path);
  }

  private static List<Integer> path(Descriptor message) {
    if (message.getContainingType() == null) {
      return List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, message.getIndex());
    }
    List<Integer> path = new ArrayList<>(path(message.getContainingType()));
    path.add(DescriptorProto.NESTED_TYPE_FIELD_NUMBER);
    path.add(message.getIndex());
    return path;
  }

  private static Optional<String> at(FileDescriptor file, List<Integer> path) {
    return file.toProto().getSourceCodeInfo().getLocationList().stream()
        .filter(location -> location.getPathList().equals(path))
        .map(Location::getLeadingComments)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }
}
