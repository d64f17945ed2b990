package dev.platformkit.shop.gateway;

import com.google.api.AnnotationsProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.platformkit.shop.contract.v1.ContractProto;
import io.envoyproxy.pgv.validate.Validate;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks a service what can be asked of it, by gRPC's server reflection. Files that others import are
 * asked for where they did not come along: not every language's server sends them.
 */
final class Reflection {
  /** More than any contract has; who sends more is mistaken, or worse. */
  private static final int MOST_FILES = 200;

  private static final ExtensionRegistry EXTENSIONS = extensions();

  private final BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call;
  private final Map<String, FileDescriptorProto> files = new TreeMap<>();

  private Reflection(BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call) {
    this.call = call;
  }

  /**
   * What the service tells, once it can be reached.
   *
   * @throws StatusException when it cannot be reached in time, or does not reflect
   */
  static Told ask(Channel channel, Duration patience)
      throws StatusException, InterruptedException, InvalidProtocolBufferException {
    BlockingClientCall<ServerReflectionRequest, ServerReflectionResponse> call =
        ServerReflectionGrpc.newBlockingV2Stub(channel)
            .withWaitForReady()
            .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
            .serverReflectionInfo();
    try {
      return new Reflection(call).everything();
    } finally {
      call.cancel("all is told", null);
    }
  }

  private Told everything()
      throws StatusException, InterruptedException, InvalidProtocolBufferException {
    List<String> services =
        answer(ServerReflectionRequest.newBuilder().setListServices(""))
            .getListServicesResponse()
            .getServiceList()
            .stream()
            .map(ServiceResponse::getName)
            .filter(name -> !name.startsWith("grpc."))
            .sorted()
            .toList();
    for (String service : services) {
      keep(answer(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service)));
    }
    Deque<String> missing = new ArrayDeque<>();
    for (missing.addAll(imported()); !missing.isEmpty(); missing.addAll(imported())) {
      while (!missing.isEmpty()) {
        keep(answer(ServerReflectionRequest.newBuilder().setFileByFilename(missing.pop())));
      }
    }
    return new Told(services, List.copyOf(files.values()));
  }

  /** Which files are imported and not here. */
  private List<String> imported() {
    return files.values().stream()
        .flatMap(file -> file.getDependencyList().stream())
        .filter(name -> !files.containsKey(name))
        .distinct()
        .toList();
  }

  private void keep(ServerReflectionResponse answer)
      throws InvalidProtocolBufferException, StatusException {
    for (ByteString bytes : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
      FileDescriptorProto file = FileDescriptorProto.parseFrom(bytes, EXTENSIONS);
      files.put(file.getName(), file);
    }
    if (files.size() > MOST_FILES) {
      throw failure(Status.OUT_OF_RANGE, "more than " + MOST_FILES + " files");
    }
  }

  private ServerReflectionResponse answer(ServerReflectionRequest.Builder question)
      throws StatusException, InterruptedException {
    call.write(question.build());
    ServerReflectionResponse answer = call.read();
    if (answer == null) {
      throw failure(Status.UNAVAILABLE, "reflection ended early");
    }
    if (answer.hasErrorResponse()) {
      throw failure(
          Status.fromCodeValue(answer.getErrorResponse().getErrorCode()),
          answer.getErrorResponse().getErrorMessage());
    }
    return answer;
  }

  private static StatusException failure(Status status, String what) {
    return status.withDescription(what).asException();
  }

  private static ExtensionRegistry extensions() {
    ExtensionRegistry known = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(known);
    ContractProto.registerAllExtensions(known);
    Validate.registerAllExtensions(known);
    return known;
  }
}
