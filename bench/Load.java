import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Customers who browse and add to their carts, each as soon as the last answer is there: what
 * bench/load is made of. Prints one line:
 *
 * <pre>
 * SENT ANSWERED SECONDS REQUESTS BROWSE_P50 BROWSE_P99 ADD_P50 ADD_P99 CPU_MICROS...
 * </pre>
 *
 * The first two are of the whole run, with what warms up and what prepares; the others of the
 * measured time only, which begins when so many requests were answered: latencies in microseconds,
 * and of each CPU account that was named, by how much it rose. Java 17, no dependencies: {@code java
 * Load.java GATEWAY CUSTOMERS WARM SECONDS ACCOUNT...}
 */
final class Load {
  /** A cart takes 99 of a product. */
  private static final int ADDS_PER_CART = 90;

  private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String gateway;
  private volatile boolean measured;
  private volatile boolean over;

  private Load(String gateway) {
    this.gateway = gateway;
  }

  public static void main(String[] args) throws Exception {
    Load load = new Load(args[0]);
    List<Customer> customers = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      customers.add(load.new Customer());
    }
    for (Customer customer : customers) {
      customer.prepare();
    }
    customers.forEach(Thread::start);
    long warm = Long.parseLong(args[2]);
    while (customers.stream().mapToLong(customer -> customer.answered).sum() < warm) {
      Thread.sleep(100);
    }
    List<String> accounts = Arrays.asList(args).subList(4, args.length);
    long[] before = cpu(accounts);
    long begin = System.nanoTime();
    load.measured = true;
    Thread.sleep(Duration.ofSeconds(Long.parseLong(args[3])).toMillis());
    load.measured = false;
    long nanos = System.nanoTime() - begin;
    long[] after = cpu(accounts);
    load.over = true;
    for (Customer customer : customers) {
      customer.join();
    }
    load.print(customers, nanos, before, after);
  }

  private void print(List<Customer> customers, long nanos, long[] before, long[] after) {
    List<Long> browse = new ArrayList<>();
    List<Long> add = new ArrayList<>();
    long sent = 0;
    long answered = 0;
    for (Customer customer : customers) {
      browse.addAll(customer.browse);
      add.addAll(customer.add);
      sent += customer.sent;
      answered += customer.answered;
    }
    StringBuilder line = new StringBuilder();
    line.append(sent).append(' ').append(answered);
    line.append(' ').append(nanos / 1e9).append(' ').append(browse.size() + add.size());
    for (List<Long> latencies : List.of(browse, add)) {
      latencies.sort(null);
      line.append(' ').append(latencies.get(latencies.size() / 2) / 1000);
      line.append(' ').append(latencies.get(latencies.size() * 99 / 100) / 1000);
    }
    for (int i = 0; i < before.length; i++) {
      line.append(' ').append(after[i] - before[i]);
    }
    System.out.println(line);
  }

  /** Microseconds, of cpuacct.usage (nanoseconds) or cpu.stat. */
  private static long[] cpu(List<String> accounts) throws java.io.IOException {
    long[] micros = new long[accounts.size()];
    for (int i = 0; i < micros.length; i++) {
      String text = Files.readString(Path.of(accounts.get(i)));
      micros[i] =
          text.startsWith("usage_usec ")
              ? Long.parseLong(text.lines().findFirst().get().substring(11))
              : Long.parseLong(text.strip()) / 1000;
    }
    return micros;
  }

  private final class Customer extends Thread {
    private final List<Long> browse = new ArrayList<>();
    private final List<Long> add = new ArrayList<>();
    private String token = "";
    private String item = "";
    private long sent;
    private volatile long answered;

    void prepare() {
      String name = "load-" + UUID.randomUUID();
      String who = "{\"name\":\"%s\",\"password\":\"a good one, %s\"}".formatted(name, name);
      ask("POST", "/v1/users", who, 201);
      token = first(TOKEN, ask("POST", "/v1/sessions", who, 201));
      String product = first(ID, ask("GET", "/v1/products", "", 200));
      item = "{\"product_id\":\"%s\",\"quantity\":1}".formatted(product);
    }

    @Override
    public void run() {
      for (int i = 1; !over; i++) {
        timed(browse, "GET", "/v1/products", "", 200);
        timed(add, "POST", "/v1/cart/items", item, 201);
        if (i % ADDS_PER_CART == 0) {
          ask("DELETE", "/v1/cart", "", 200);
        }
      }
    }

    private void timed(List<Long> nanos, String method, String path, String body, int status) {
      long begin = System.nanoTime();
      boolean counts = measured;
      ask(method, path, body, status);
      if (counts && measured) {
        nanos.add(System.nanoTime() - begin);
      }
    }

    private String ask(String method, String path, String body, int status) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(gateway + path))
              .timeout(Duration.ofSeconds(10))
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      sent++;
      try {
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() == status) {
          answered++;
        } else {
          System.err.println(method + " " + path + " " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
      } catch (Exception e) {
        System.err.println(method + " " + path + " " + e);
        return "";
      }
    }

    private String first(Pattern pattern, String text) {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.find()) {
        throw new IllegalStateException("no " + pattern + " in: " + text);
      }
      return matcher.group(1);
    }
  }
}
