package dev.platformkit.shop.gateway;

import com.google.api.AnnotationsProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.platformkit.shop.contract.v1.ContractProto;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a service for its contract, by gRPC's server reflection. */
final class Reflection {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final ExtensionRegistry EXTENSIONS = ExtensionRegistry.newInstance();

  static {
    AnnotationsProto.registerAllExtensions(EXTENSIONS);
    ContractProto.registerAllExtensions(EXTENSIONS);
  }

  private Reflection() {}

  /**
   * What can be asked of the service at the end of this channel, but for gRPC's own services.
   *
   * @throws io.grpc.StatusRuntimeException when it does not answer
   */
  static List<ServiceDescriptor> services(Channel channel) {
    List<ServiceDescriptor> services = new ArrayList<>();
    for (ServiceResponse service :
        ask(channel, ServerReflectionRequest.newBuilder().setListServices("").build())
            .getListServicesResponse()
            .getServiceList()) {
      String name = service.getName();
      if (!name.startsWith("grpc.")) {
        services.add(service(channel, name));
      }
    }
    return services;
  }

  private static ServiceDescriptor service(Channel channel, String name) {
    ServerReflectionResponse answer =
        ask(channel, ServerReflectionRequest.newBuilder().setFileContainingSymbol(name).build());
    Map<String, FileDescriptorProto> files = new HashMap<>();
    try {
      for (ByteString file : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
        FileDescriptorProto proto = FileDescriptorProto.parseFrom(file, EXTENSIONS);
        files.put(proto.getName(), proto);
      }
      Map<String, FileDescriptor> built = new HashMap<>();
      for (String file : files.keySet()) {
        build(file, files, built);
      }
      int dot = name.lastIndexOf('.');
      return built.values().stream()
          .filter(file -> file.getPackage().equals(dot < 0 ? "" : name.substring(0, dot)))
          .map(file -> file.findServiceByName(name.substring(dot + 1)))
          .filter(service -> service != null)
          .findFirst()
          .orElseThrow(() -> unusable("its files do not hold " + name, null));
    } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
      throw unusable("its contract cannot be read", e);
    }
  }

  private static FileDescriptor build(
      String name, Map<String, FileDescriptorProto> files, Map<String, FileDescriptor> built)
      throws DescriptorValidationException {
    if (built.containsKey(name)) {
      return built.get(name);
    }
    FileDescriptorProto proto = files.get(name);
    if (proto == null) {
      throw unusable("its files do not hold " + name, null);
    }
    List<FileDescriptor> imports = new ArrayList<>();
    for (String imported : proto.getDependencyList()) {
      imports.add(build(imported, files, built));
    }
    FileDescriptor file = FileDescriptor.buildFrom(proto, imports.toArray(new FileDescriptor[0]));
    built.put(name, file);
    return file;
  }

  private static ServerReflectionResponse ask(Channel channel, ServerReflectionRequest question) {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(channel)
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse value) {
                    answer.complete(value);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(unusable("it ended without an answer", null));
                  }
                });
    questions.onNext(question);
    try {
      ServerReflectionResponse told = answer.get(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
      questions.onCompleted();
      return told;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unusable("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw unusable("it does not tell", e);
    }
  }

  private static RuntimeException unusable(String why, Exception cause) {
    return Status.UNAVAILABLE.withDescription(why).withCause(cause).asRuntimeException();
  }
}
