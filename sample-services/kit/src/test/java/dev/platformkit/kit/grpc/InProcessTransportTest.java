package dev.platformkit.kit.grpc;

class InProcessTransportTest extends TransportContract {
  @Override
  protected Transport transport() {
    return new InProcessTransport();
  }

  @Override
  protected void listensAt(int port) {
    // Its name is enough.
  }
}
