package dev.platformkit.kit.telemetry;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries OTLP over the gRPC client that the process has anyway; OpenTelemetry would bring a second
 * HTTP/2 client, with Kotlin, for the sake of this one call.
 */
final class OtlpSender implements GrpcSender {
  /** A receiver that just restarts costs no span. */
  private static final Map<String, ?> RETRY =
      Map.of(
          "methodConfig",
          List.of(
              Map.of(
                  "name",
                  List.of(Map.of()),
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      5.0,
                      "initialBackoff",
                      "0.2s",
                      "maxBackoff",
                      "2s",
                      "backoffMultiplier",
                      2.0,
                      "retryableStatusCodes",
                      List.of("UNAVAILABLE")))));

  private final ManagedChannel channel;
  private final MethodDescriptor<byte[], byte[]> method;
  private final Duration timeout;

  private OtlpSender(GrpcSenderConfig config) {
    channel =
        Grpc.newChannelBuilderForAddress(
                config.getEndpoint().getHost(),
                config.getEndpoint().getPort(),
                InsecureChannelCredentials.create())
            .defaultServiceConfig(RETRY)
            // Who hears of an answer only counts: no thread has to be woken for it.
            .directExecutor()
            .build();
    method =
        MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodType.UNARY)
            .setFullMethodName(config.getFullMethodName())
            .build();
    timeout = config.getTimeout();
  }

  @Override
  public void send(
      MessageWriter message, Consumer<GrpcResponse> answered, Consumer<Throwable> failed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.getContentLength());
    try {
      message.writeMessage(bytes);
    } catch (IOException e) {
      failed.accept(e);
      return;
    }
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            method,
            CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS));
    ClientCalls.asyncUnaryCall(call, bytes.toByteArray(), new Answer(channel, answered));
  }

  @Override
  public CompletableResultCode shutdown() {
    channel.shutdown();
    return CompletableResultCode.ofSuccess();
  }

  /** Found by the exporter through {@link java.util.ServiceLoader}. */
  public static final class Provider implements GrpcSenderProvider {
    @Override
    public GrpcSender createSender(GrpcSenderConfig config) {
      return new OtlpSender(config);
    }
  }

  /** Waits for the one answer to a call. */
  private static final class Answer implements StreamObserver<byte[]> {
    private final ManagedChannel channel;
    private final Consumer<GrpcResponse> answered;
    private byte[] message = {};

    Answer(ManagedChannel channel, Consumer<GrpcResponse> answered) {
      this.channel = channel;
      this.answered = answered;
    }

    @Override
    public void onNext(byte[] message) {
      this.message = message;
    }

    @Override
    public void onError(Throwable failure) {
      Status status = Status.fromThrowable(failure);
      if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
        // A receiver that was replaced leaves a connection that nobody ends; the next call asks
        // anew where the receiver is.
        channel.enterIdle();
      }
      String what = status.getDescription() == null ? failure.toString() : status.getDescription();
      answered.accept(new Response(code(status), what, message));
    }

    @Override
    public void onCompleted() {
      answered.accept(new Response(GrpcStatusCode.OK, "", message));
    }

    private static GrpcStatusCode code(Status status) {
      return GrpcStatusCode.fromValue(status.getCode().value());
    }
  }

  private static final class Response implements GrpcResponse {
    private final GrpcStatusCode code;
    private final String description;
    private final byte[] message;

    Response(GrpcStatusCode code, String description, byte[] message) {
      this.code = code;
      this.description = description;
      this.message = message;
    }

    @Override
    public GrpcStatusCode getStatusCode() {
      return code;
    }

    @Override
    public String getStatusDescription() {
      return description;
    }

    @Override
    public byte[] getResponseMessage() {
      return message;
    }
  }

  /** The exporter has its own encoder of protobuf; to gRPC a message is its bytes. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
