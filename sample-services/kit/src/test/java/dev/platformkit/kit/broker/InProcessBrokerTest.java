package dev.platformkit.kit.broker;

class InProcessBrokerTest extends BrokerContract {
  private final Broker broker = new InProcessBroker();

  @Override
  protected Broker open() {
    return broker;
  }
}
