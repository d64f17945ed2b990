package dev.platformkit.shop.product;

import dev.platformkit.shop.product.Catalogue.Search;
import dev.platformkit.shop.product.v1.Product;
import io.grpc.stub.ServerCallStreamObserver;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The catalogue going out as fast as it is read: a page is fetched when the last one has gone, so
 * that one page at most stands in memory, and no cursor stays open in the database meanwhile.
 */
final class Outflow {
  private static final int PAGE = 100;

  private final Catalogue catalogue;
  private final ServerCallStreamObserver<Product> answer;
  private final Deque<Product> page = new ArrayDeque<>();
  private String last = "";
  private long sent;
  private boolean ended;

  Outflow(Catalogue catalogue, ServerCallStreamObserver<Product> answer) {
    this.catalogue = catalogue;
    this.answer = answer;
  }

  void begin() {
    answer.setOnReadyHandler(this::flow);
    flow();
  }

  private synchronized void flow() {
    while (!ended && answer.isReady()) {
      if (page.isEmpty()) {
        page.addAll(catalogue.after(last, PAGE, Search.ALL));
      }
      if (page.isEmpty()) {
        ended = true;
        Span.current().setAttribute(Products.RETURNED, sent);
        answer.onCompleted();
      } else {
        last = page.getFirst().getId();
        sent++;
        answer.onNext(page.removeFirst());
      }
    }
  }
}
