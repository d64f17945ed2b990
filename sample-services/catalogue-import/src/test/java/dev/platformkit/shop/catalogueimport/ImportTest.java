package dev.platformkit.shop.catalogueimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.catalogueimport.Import.ImportFailed;
import dev.platformkit.shop.catalogueimport.Pushgateway.PushFailed;
import dev.platformkit.shop.catalogueimport.PushgatewayFake.Push;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job against a server that speaks gRPC and one that stands for Pushgateway. */
class ImportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-12-01T12:00:00.250Z"), ZoneOffset.UTC);

  private final ProductFake product = new ProductFake();
  private PushgatewayFake pushgateway;
  private Server server;
  private ManagedChannel channel;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    pushgateway = new PushgatewayFake();
    server = serve(0);
    channel = channel(server.getPort());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    pushgateway.close();
  }

  @Test
  void aCatalogueThatIsTakenInIsTold() throws Exception {
    job(catalogue(line("p-1"), line("p-2"), line("p-3")), PATIENCE).run();

    assertThat(product.taken()).containsExactly("p-1", "p-2", "p-3");
    assertThat(pushgateway.pushes())
        .singleElement()
        .satisfies(
            push -> {
              assertThat(push.method()).isEqualTo("POST");
              assertThat(push.path()).isEqualTo("/metrics/job/catalogue-import");
              assertThat(push.body().lines())
                  .contains(
                      "catalogue_import_last_run_timestamp_seconds 1.79612640025E9",
                      "catalogue_import_last_success_timestamp_seconds 1.79612640025E9",
                      "catalogue_import_rows{result=\"created\",} 2.0",
                      "catalogue_import_rows{result=\"replaced\",} 1.0")
                  .anyMatch(line -> line.startsWith("catalogue_import_duration_seconds "));
            });
  }

  @Test
  void aCatalogueThatIsRefusedIsARunButNoSuccess() throws Exception {
    product.refuses(Status.FAILED_PRECONDITION.withDescription("closed for stocktaking"));
    Import job = job(catalogue(line("p-1")), PATIENCE);

    assertThatThrownBy(job::run)
        .isInstanceOf(ImportFailed.class)
        .hasMessageContaining("nothing was written: FAILED_PRECONDITION: closed for stocktaking");
    assertOnlyARunIsTold();
  }

  @Test
  void aFileThatBreaksTheContractIsNotSent() throws Exception {
    Import job = job(catalogue(line("p-1"), line("no id")), PATIENCE);

    assertThatThrownBy(job::run)
        .isInstanceOf(ImportFailed.class)
        .hasMessageContaining("catalogue.jsonl:2: id ")
        .hasMessageEndingWith("; nothing was sent");
    assertThat(product.taken()).isEmpty();
    assertOnlyARunIsTold();
  }

  @Test
  void aServiceThatDoesNotComeIsNotWaitedForForever() throws Exception {
    server.shutdownNow().awaitTermination();
    Import job = job(catalogue(line("p-1")), Duration.ofMillis(300));

    assertThatThrownBy(job::run)
        .isInstanceOf(ImportFailed.class)
        .hasMessageContaining("DEADLINE_EXCEEDED")
        .hasMessageContaining("run it again");
    assertOnlyARunIsTold();
  }

  @Test
  void aServiceThatComesLaterIsWaitedFor() throws Exception {
    int port = freePort();
    channel.shutdownNow();
    channel = channel(port);
    Import job = job(catalogue(line("p-1")), PATIENCE);
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () -> {
              try {
                job.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    server.shutdownNow();
    server = serve(port);

    running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(product.taken()).containsExactly("p-1");
  }

  @Test
  void theLargestCatalogueArrivesWhole() throws Exception {
    String[] lines =
        IntStream.range(0, Catalogue.MOST).mapToObj(i -> line("q-" + i)).toArray(String[]::new);

    job(catalogue(lines), PATIENCE).run();

    assertThat(product.taken()).hasSize(Catalogue.MOST);
  }

  @Test
  void anImportOfWhichNobodyHearsHasFailed() throws Exception {
    pushgateway.answers(400);
    Import job = job(catalogue(line("p-1")), PATIENCE);

    assertThatThrownBy(job::run)
        .isInstanceOf(PushFailed.class)
        .hasMessageContaining("/metrics/job/catalogue-import answered 400: pushed metrics");
    assertThat(product.taken()).containsExactly("p-1");
  }

  @Test
  void whyTheImportFailedIsToldAlsoWhenPushgatewayIsAway() throws Exception {
    pushgateway.close();
    product.refuses(Status.PERMISSION_DENIED.withDescription("not you"));
    Import job = job(catalogue(line("p-1")), PATIENCE);

    assertThatThrownBy(job::run)
        .hasMessageContaining("PERMISSION_DENIED: not you")
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(
                        unheard -> assertThat(unheard).hasMessageContaining("PUSHGATEWAY_URL")));
  }

  private void assertOnlyARunIsTold() {
    assertThat(pushgateway.pushes())
        .singleElement()
        .extracting(Push::body)
        .asString()
        .contains("catalogue_import_last_run_timestamp_seconds 1.79612640025E9")
        .doesNotContain("success")
        .doesNotContain("rows");
  }

  private Import job(Catalogue catalogue, Duration patience) {
    return new Import(
        catalogue, new Delivery(channel, patience), new Pushgateway(pushgateway.address()), NOON);
  }

  private Catalogue catalogue(String... lines) throws IOException {
    Path file = folder.resolve("catalogue.jsonl");
    Files.writeString(file, String.join("\n", lines));
    return Catalogue.of(file);
  }

  private static String line(String id) {
    return "{\"id\":\"%s\",\"name\":\"Mug\",\"price_cents\":\"1\",\"currency\":\"EUR\"}"
        .formatted(id);
  }

  private Server serve(int port) throws IOException {
    return Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
        .addService(product)
        .build()
        .start();
  }

  private static ManagedChannel channel(int port) {
    return Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create()).build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
