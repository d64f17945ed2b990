package dev.platformkit.shop.compatibility;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.LinkedHashMap;
import java.util.Map;

/** What some contracts hold, by full names. */
final class Released {
  /** Something that has a name, and the file where it stands. */
  record Element<T>(String file, T is) {}

  private final Map<String, Element<DescriptorProto>> messages = new LinkedHashMap<>();
  private final Map<String, Element<EnumDescriptorProto>> enums = new LinkedHashMap<>();
  private final Map<String, Element<ServiceDescriptorProto>> services = new LinkedHashMap<>();

  Released(FileDescriptorSet contracts) {
    for (FileDescriptorProto file : contracts.getFileList()) {
      String in = file.getPackage() + ".";
      file.getMessageTypeList().forEach(message -> add(file.getName(), in, message));
      file.getEnumTypeList()
          .forEach(each -> enums.put(in + each.getName(), new Element<>(file.getName(), each)));
      file.getServiceList()
          .forEach(each -> services.put(in + each.getName(), new Element<>(file.getName(), each)));
    }
  }

  Map<String, Element<DescriptorProto>> messages() {
    return messages;
  }

  Map<String, Element<EnumDescriptorProto>> enums() {
    return enums;
  }

  Map<String, Element<ServiceDescriptorProto>> services() {
    return services;
  }

  private void add(String file, String in, DescriptorProto message) {
    String name = in + message.getName();
    messages.put(name, new Element<>(file, message));
    message.getNestedTypeList().forEach(nested -> add(file, name + ".", nested));
    message
        .getEnumTypeList()
        .forEach(each -> enums.put(name + "." + each.getName(), new Element<>(file, each)));
  }
}
