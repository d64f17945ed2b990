package dev.platformkit.it.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A service as whoever speaks gRPC meets it: called directly, in JSON, by the contract that it
 * tells by server reflection. What is not set in a message is there with its default.
 */
final class GrpcService implements AutoCloseable {
  private static final int DEADLINE_SECONDS = 10;

  private static final JsonFormat.Printer ANSWERS =
      JsonFormat.printer().preservingProtoFieldNames().includingDefaultValueFields();

  private final ManagedChannel channel;
  private final Map<String, FileDescriptor> files;
  private final ServiceDescriptor contract;

  private GrpcService(
      ManagedChannel channel, Map<String, FileDescriptor> files, ServiceDescriptor contract) {
    this.channel = channel;
    this.files = files;
    this.contract = contract;
  }

  /**
   * Asks a service for its contract.
   *
   * @param contract the full name of it
   */
  static GrpcService at(int port, String contract) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    Map<String, FileDescriptorProto> told = told(channel, contract);
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    told.keySet().forEach(name -> link(name, told, files));
    ServiceDescriptor service =
        files.values().stream()
            .flatMap(file -> file.getServices().stream())
            .filter(each -> each.getFullName().equals(contract))
            .findFirst()
            .orElseThrow(() -> new AssertionError(contract + " is not among " + files.keySet()));
    return new GrpcService(channel, files, service);
  }

  /** The names of its methods. */
  List<String> methods() {
    return contract.getMethods().stream().map(method -> method.getName()).toList();
  }

  /** A message of its contract, written as JSON. */
  DynamicMessage message(String fullName, String json) {
    for (FileDescriptor file : files.values()) {
      for (Descriptor type : file.getMessageTypes()) {
        if (type.getFullName().equals(fullName)) {
          return parsed(type, json);
        }
      }
    }
    throw new AssertionError("there is no message " + fullName);
  }

  /** A message of its contract, as JSON. */
  JsonNode read(String fullName, byte[] message) {
    try {
      return read(
          DynamicMessage.parseFrom(message(fullName, "{}").getDescriptorForType(), message));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("this is no " + fullName, e);
    }
  }

  /**
   * Its answer, where there is one and only one.
   *
   * @throws StatusRuntimeException when it refuses
   */
  JsonNode call(Metadata headers, String method, String request) {
    return exchange(headers, method, request).get(0);
  }

  /** How it refuses to answer. */
  Refused refusal(Metadata headers, String method, String... requests) {
    List<JsonNode> answers;
    try {
      answers = exchange(headers, method, requests);
    } catch (StatusRuntimeException e) {
      return Refused.of(e);
    }
    throw new AssertionError(
        "%s %s was not refused but answered %s".formatted(method, List.of(requests), answers));
  }

  /**
   * Its answers to all that is sent, whatever of it streams.
   *
   * @throws StatusRuntimeException when it refuses
   */
  List<JsonNode> exchange(Metadata headers, String method, String... requests) {
    var described = contract.findMethodByName(method);
    MethodDescriptor<DynamicMessage, DynamicMessage> called =
        MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
            .setType(
                described.isClientStreaming()
                    ? MethodType.CLIENT_STREAMING
                    : described.isServerStreaming()
                        ? MethodType.SERVER_STREAMING
                        : MethodType.UNARY)
            .setFullMethodName(contract.getFullName() + "/" + method)
            .setRequestMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(described.getInputType())))
            .setResponseMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(described.getOutputType())))
            .build();
    List<DynamicMessage> messages = new ArrayList<>();
    for (String request : requests) {
      messages.add(parsed(described.getInputType(), request));
    }
    ClientCall<DynamicMessage, DynamicMessage> call =
        channel.newCall(
            called, CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
    Answers answers = new Answers();
    call.start(answers, headers);
    call.request(Integer.MAX_VALUE);
    messages.forEach(call::sendMessage);
    call.halfClose();
    return answers.all();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static DynamicMessage parsed(Descriptor type, String json) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    try {
      JsonFormat.parser().merge(json, message);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("this is no " + type.getFullName() + ": " + json, e);
    }
    return message.build();
  }

  private static JsonNode read(DynamicMessage message) {
    try {
      return Json.read(ANSWERS.print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("an answer that is no JSON: " + message, e);
    }
  }

  private static Map<String, FileDescriptorProto> told(ManagedChannel channel, String symbol) {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> question =
        ServerReflectionGrpc.newStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(new AssertionError("reflection told nothing"));
                  }
                });
    question.onNext(ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build());
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    for (ByteString file : answer.join().getFileDescriptorResponse().getFileDescriptorProtoList()) {
      try {
        FileDescriptorProto read = FileDescriptorProto.parseFrom(file);
        files.put(read.getName(), read);
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError("reflection told what cannot be read", e);
      }
    }
    question.onCompleted();
    return files;
  }

  private static FileDescriptor link(
      String name, Map<String, FileDescriptorProto> told, Map<String, FileDescriptor> files) {
    FileDescriptor known = files.get(name);
    if (known != null) {
      return known;
    }
    FileDescriptorProto file = told.get(name);
    try {
      FileDescriptor linked =
          FileDescriptor.buildFrom(
              file,
              file.getDependencyList().stream()
                  .map(each -> link(each, told, files))
                  .toArray(FileDescriptor[]::new));
      files.put(name, linked);
      return linked;
    } catch (DescriptorValidationException e) {
      throw new AssertionError(name + " does not fit together", e);
    }
  }

  private static final class Answers extends ClientCall.Listener<DynamicMessage> {
    private final List<JsonNode> answers = new ArrayList<>();
    private final CompletableFuture<List<JsonNode>> end = new CompletableFuture<>();

    @Override
    public void onMessage(DynamicMessage message) {
      answers.add(read(message));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk()) {
        end.complete(answers);
      } else {
        end.completeExceptionally(status.asRuntimeException(trailers));
      }
    }

    List<JsonNode> all() {
      try {
        return end.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof StatusRuntimeException refused) {
          throw refused;
        }
        throw e;
      }
    }
  }
}
