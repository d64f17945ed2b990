package dev.platformkit.shop.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.product.v1.BatchGetProductsRequest;
import dev.platformkit.shop.product.v1.BatchGetProductsResponse;
import dev.platformkit.shop.product.v1.GetProductRequest;
import dev.platformkit.shop.product.v1.GetProductResponse;
import dev.platformkit.shop.product.v1.ListProductsRequest;
import dev.platformkit.shop.product.v1.ListProductsResponse;
import dev.platformkit.shop.product.v1.Product;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProductsTest {
  private final Products products = new Products(new FiveProducts());

  @Test
  void pagesFollowEachOtherUntilNoneIsLeft() {
    List<String> ids = new ArrayList<>();
    String token = "";
    do {
      ListProductsResponse page = list(2, token);
      page.getProductsList().forEach(p -> ids.add(p.getId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(ids).containsExactly("p-1", "p-2", "p-3", "p-4", "p-5");
  }

  @Test
  void aPageThatEndsWithTheLastProductHasNoNextPage() {
    assertThat(list(5, "").getNextPageToken()).isEmpty();
  }

  @Test
  void withoutASizeThePageHasOne() {
    assertThat(list(0, "").getProductsCount()).isEqualTo(5);
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> list(-1, "")).hasMessageContaining("INVALID_ARGUMENT: page_size");
    assertThatThrownBy(() -> list(101, "")).hasMessageContaining("INVALID_ARGUMENT: page_size");
  }

  @Test
  void tokensThatWereNotHandedOutAreRefused() {
    for (String token : List.of("x", "cC0x", "%%%", "YWZ0ZXI6AA")) {
      assertThatThrownBy(() -> list(2, token))
          .as(token)
          .hasMessageContaining("INVALID_ARGUMENT: page_token");
    }
  }

  @Test
  void aProductIsFoundByItsId() {
    assertThat(get("p-3").getName()).isEqualTo("Product 3");
  }

  @Test
  void aProductThatDoesNotExistIsNotFound() {
    assertThatThrownBy(() -> get("p-9")).hasMessage("NOT_FOUND: there is no product p-9");
    assertThatThrownBy(() -> get("\0")).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> get(" ")).hasMessage("INVALID_ARGUMENT: product_id is missing");
  }

  @Test
  void ofSeveralThoseThatExistAreReturned() {
    assertThat(batch(List.of("p-2", "p-9", "p-1", "\0")))
        .extracting(Product::getId)
        .containsExactly("p-1", "p-2");
  }

  @Test
  void tooManyAtATimeAreRefused() {
    List<String> many = IntStream.range(0, 101).mapToObj(i -> "p-" + i).toList();

    assertThatThrownBy(() -> batch(many)).hasMessageContaining("INVALID_ARGUMENT");
  }

  private ListProductsResponse list(int size, String token) {
    Answer<ListProductsResponse> answer = new Answer<>();
    products.listProducts(
        ListProductsRequest.newBuilder().setPageSize(size).setPageToken(token).build(), answer);
    return answer.value;
  }

  private Product get(String id) {
    Answer<GetProductResponse> answer = new Answer<>();
    products.getProduct(GetProductRequest.newBuilder().setProductId(id).build(), answer);
    return answer.value.getProduct();
  }

  private List<Product> batch(List<String> ids) {
    Answer<BatchGetProductsResponse> answer = new Answer<>();
    products.batchGetProducts(
        BatchGetProductsRequest.newBuilder().addAllProductIds(ids).build(), answer);
    return answer.value.getProductsList();
  }

  private static final class FiveProducts implements Catalogue {
    private final List<Product> all =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> Product.newBuilder().setId("p-" + i).setName("Product " + i).build())
            .toList();

    @Override
    public List<Product> after(String id, int limit) {
      return all.stream().filter(p -> p.getId().compareTo(id) > 0).limit(limit).toList();
    }

    @Override
    public Optional<Product> find(String id) {
      return all.stream().filter(p -> p.getId().equals(id)).findFirst();
    }

    @Override
    public List<Product> findAll(List<String> ids) {
      return all.stream().filter(p -> ids.contains(p.getId())).toList();
    }
  }

  private static final class Answer<T> implements StreamObserver<T> {
    private T value;

    @Override
    public void onNext(T value) {
      this.value = value;
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {
      assertThat(value).isNotNull();
    }
  }
}
