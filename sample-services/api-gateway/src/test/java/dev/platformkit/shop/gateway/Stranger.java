package dev.platformkit.shop.gateway;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TimestampProto;
import dev.platformkit.shop.contract.v1.ContractProto;
import io.envoyproxy.pgv.validate.Validate;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;

/**
 * A service by a contract that nobody here was built with. Its messages come back as they arrive,
 * so that what the gateway makes of a request can be seen.
 */
final class Stranger {
  private static final String CONTRACT =
      """
      name: "stranger.proto" package: "stranger.v1" syntax: "proto3"
      dependency: "google/api/annotations.proto"
      dependency: "google/protobuf/timestamp.proto"
      dependency: "shop/contract/v1/contract.proto"
      dependency: "validate/validate.proto"
      message_type {
        name: "Thing"
        field { name: "text" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL
                options { [validate.rules] { string { min_len: 1 max_len: 9 } } } }
        field { name: "tags" number: 2 type: TYPE_STRING label: LABEL_REPEATED
                options { [validate.rules] { repeated { max_items: 5 } } } }
        field { name: "kind" number: 3 type: TYPE_ENUM type_name: ".stranger.v1.Kind"
                label: LABEL_OPTIONAL }
        field { name: "deep" number: 4 type: TYPE_BOOL label: LABEL_OPTIONAL }
        field { name: "raw" number: 5 type: TYPE_BYTES label: LABEL_OPTIONAL }
        field { name: "big" number: 6 type: TYPE_UINT64 label: LABEL_OPTIONAL }
        field { name: "ratio" number: 7 type: TYPE_DOUBLE label: LABEL_OPTIONAL }
        field { name: "inner" number: 8 type: TYPE_MESSAGE type_name: ".stranger.v1.Inner"
                label: LABEL_OPTIONAL }
        field { name: "at" number: 9 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp"
                label: LABEL_OPTIONAL }
        field { name: "numbers" number: 10 type: TYPE_INT32 label: LABEL_REPEATED }
      }
      message_type {
        name: "Inner"
        field { name: "owner" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL
                options { [validate.rules] { string { min_len: 1 } } } }
        field { name: "limit" number: 2 type: TYPE_INT32 label: LABEL_OPTIONAL
                options { [validate.rules] { int32 { gte: 0 lte: 7 } } } }
        field { name: "self" number: 3 type: TYPE_MESSAGE type_name: ".stranger.v1.Inner"
                label: LABEL_OPTIONAL }
      }
      enum_type { name: "Kind"
        value { name: "KIND_NONE" number: 0 } value { name: "KIND_OTHER" number: 1 } }
      service {
        name: "Echo"
        method { name: "Look" input_type: ".stranger.v1.Thing" output_type: ".stranger.v1.Thing"
                 options { [google.api.http] { get: "/v1/echo/{inner.owner}" }
                           [shop.contract.v1.access]: ACCESS_ANYONE } }
        method { name: "Change" input_type: ".stranger.v1.Thing" output_type: ".stranger.v1.Thing"
                 options { [google.api.http] { patch: "/v1/echo/{inner.owner}" body: "inner" }
                           [shop.contract.v1.access]: ACCESS_ANYONE } }
        method { name: "Make" input_type: ".stranger.v1.Thing" output_type: ".stranger.v1.Thing"
                 options { [google.api.http] { post: "/v1/echo" body: "*"
                             additional_bindings { put: "/v1/echo/{text}" body: "*" } }
                           [shop.contract.v1.access]: ACCESS_ANYONE
                           [shop.contract.v1.success_status]: 201 } }
        method { name: "Inside" input_type: ".stranger.v1.Thing" output_type: ".stranger.v1.Thing"
                 options { [google.api.http] { get: "/v1/inside" }
                           [shop.contract.v1.access]: ACCESS_SERVICE } }
        method { name: "Nobody" input_type: ".stranger.v1.Thing" output_type: ".stranger.v1.Thing"
                 options { [google.api.http] { get: "/v1/nobody" } } }
        method { name: "Flow" input_type: ".stranger.v1.Thing" output_type: ".stranger.v1.Thing"
                 server_streaming: true
                 options { [google.api.http] { get: "/v1/flow" }
                           [shop.contract.v1.access]: ACCESS_ANYONE } }
        method { name: "Glob" input_type: ".stranger.v1.Thing" output_type: ".stranger.v1.Thing"
                 options { [google.api.http] { get: "/v1/{text=**}" }
                           [shop.contract.v1.access]: ACCESS_ANYONE } }
        method { name: "Page" input_type: ".stranger.v1.Thing" output_type: ".stranger.v1.Thing"
                 options { [google.api.http] { get: "/openapi.json" }
                           [shop.contract.v1.access]: ACCESS_ANYONE } }
      }
      source_code_info {
        location { path: [6, 0, 2, 0] span: [0, 0, 0] leading_comments: " Looks at a thing.\\n" }
        location { path: [4, 0] span: [0, 0, 0] leading_comments: " Any thing.\\n" }
        location { path: [4, 0, 2, 0] span: [0, 0, 0] leading_comments: " What it says.\\n" }
      }
      """;

  private Stranger() {}

  static ServiceDescriptor contract() {
    ExtensionRegistry known = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(known);
    ContractProto.registerAllExtensions(known);
    Validate.registerAllExtensions(known);
    FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
    try {
      TextFormat.merge(CONTRACT, known, file);
      return FileDescriptor.buildFrom(
              file.build(),
              new FileDescriptor[] {
                AnnotationsProto.getDescriptor(),
                TimestampProto.getDescriptor(),
                ContractProto.getDescriptor(),
                Validate.getDescriptor()
              })
          .findServiceByName("Echo");
    } catch (TextFormat.ParseException | DescriptorValidationException e) {
      throw new AssertionError(e);
    }
  }

  static BindableService service() {
    ServiceDescriptor contract = contract();
    io.grpc.ServiceDescriptor.Builder described =
        io.grpc.ServiceDescriptor.newBuilder(contract.getFullName())
            .setSchemaDescriptor(new Schema(contract.getMethods().get(0)));
    contract.getMethods().forEach(method -> described.addMethod(method(method)));
    io.grpc.ServiceDescriptor descriptor = described.build();
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor);
    for (io.grpc.MethodDescriptor<?, ?> method : descriptor.getMethods()) {
      @SuppressWarnings("unchecked")
      io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> echo =
          (io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage>) method;
      definition.addMethod(
          echo,
          ServerCalls.asyncUnaryCall(
              (question, answer) -> {
                answer.onNext(question);
                answer.onCompleted();
              }));
    }
    return definition::build;
  }

  private static io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> method(
      MethodDescriptor method) {
    return io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
        .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(method.getService().getFullName() + "/" + method.getName())
        .setSchemaDescriptor(new Schema(method))
        .setRequestMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
        .setResponseMarshaller(
            ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
        .build();
  }

  private record Schema(MethodDescriptor method) implements ProtoMethodDescriptorSupplier {
    @Override
    public MethodDescriptor getMethodDescriptor() {
      return method;
    }

    @Override
    public ServiceDescriptor getServiceDescriptor() {
      return method.getService();
    }

    @Override
    public FileDescriptor getFileDescriptor() {
      return method.getFile();
    }
  }
}
