package dev.platformkit.kit.grpc;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.SecurityLevel;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.io.InputStream;

/** A call as a service sees it, whose answers are written by this marshaller. */
final class AnsweredCall<Q, A> extends ServerCall<Q, A> {
  private final ServerCall<InputStream, InputStream> wire;
  private final MethodDescriptor<Q, A> method;
  private final Marshaller<A> answers;

  AnsweredCall(
      ServerCall<InputStream, InputStream> wire,
      MethodDescriptor<Q, A> method,
      Marshaller<A> answers) {
    this.wire = wire;
    this.method = method;
    this.answers = answers;
  }

  @Override
  public void sendMessage(A message) {
    wire.sendMessage(answers.stream(message));
  }

  @Override
  public MethodDescriptor<Q, A> getMethodDescriptor() {
    return method;
  }

  @Override
  public void request(int messages) {
    wire.request(messages);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    wire.sendHeaders(headers);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    wire.close(status, trailers);
  }

  @Override
  public boolean isReady() {
    return wire.isReady();
  }

  @Override
  public boolean isCancelled() {
    return wire.isCancelled();
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    wire.setMessageCompression(enabled);
  }

  @Override
  public void setCompression(String compressor) {
    wire.setCompression(compressor);
  }

  @Override
  public void setOnReadyThreshold(int bytes) {
    wire.setOnReadyThreshold(bytes);
  }

  @Override
  public SecurityLevel getSecurityLevel() {
    return wire.getSecurityLevel();
  }

  @Override
  public Attributes getAttributes() {
    return wire.getAttributes();
  }

  @Override
  public String getAuthority() {
    return wire.getAuthority();
  }
}
