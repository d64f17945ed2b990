package dev.platformkit.kit.broker;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** What is sent by way of a broker. */
public final class Message {
  /** The header by which a broker that keeps messages tells that one was published before. */
  public static final String ID = "Nats-Msg-Id";

  private final String subject;
  private final Map<String, String> headers;
  private final byte[] body;

  public Message(String subject, Map<String, String> headers, byte[] body) {
    this.subject = requireNonNull(subject, "subject is null");
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
  }

  public String subject() {
    return subject;
  }

  /** What is said about the message, such as the trace that it belongs to. */
  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body.clone();
  }

  Message withHeaders(Map<String, String> others) {
    return new Message(subject, others, body);
  }
}
