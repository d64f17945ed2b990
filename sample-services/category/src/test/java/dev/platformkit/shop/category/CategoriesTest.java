package dev.platformkit.shop.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.config.Setting;
import dev.platformkit.shop.category.v1.Category;
import dev.platformkit.shop.category.v1.CreateCategoryRequest;
import dev.platformkit.shop.category.v1.DeleteCategoryRequest;
import dev.platformkit.shop.category.v1.DeleteCategoryResponse;
import dev.platformkit.shop.category.v1.GetCategoryRequest;
import dev.platformkit.shop.category.v1.GetTreeRequest;
import dev.platformkit.shop.category.v1.ListCategoriesRequest;
import dev.platformkit.shop.category.v1.ListCategoriesResponse;
import dev.platformkit.shop.category.v1.Tree;
import dev.platformkit.shop.category.v1.UpdateCategoryRequest;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CategoriesTest {
  private final ShelvesInMemory shelves =
      new ShelvesInMemory()
          .with("kitchen", "Kitchen", "")
          .with("coffee", "Coffee", "kitchen")
          .with("moka", "Moka pots", "coffee")
          .with("desk", "Desk", "")
          .with("living", "living", "");

  private final Given<Integer> pageSize = new Given<>(20);
  private final Given<Boolean> treeEnabled = new Given<>(true);
  private final Categories categories = new Categories(shelves, pageSize, treeEnabled);

  @Test
  void pagesFollowEachOtherInTheOrderOfNamesWhateverTheirCase() {
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListCategoriesResponse page = list("", 1, token);
      page.getCategoriesList().forEach(c -> names.add(c.getName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(names).containsExactly("Desk", "Kitchen", "living");
  }

  @Test
  void aPageWithoutASizeHasTheOneThatIsConfiguredAtThatMoment() {
    assertThat(list("", 0, "").getCategoriesCount()).isEqualTo(3);

    pageSize.value = 2;

    assertThat(list("", 0, "").getCategoriesCount()).isEqualTo(2);
    assertThat(list("", 0, "").getPageSize()).isEqualTo(2);
    assertThat(list("", 3, "").getCategoriesCount()).isEqualTo(3);
    assertThat(list("", 3, "").getPageSize()).isEqualTo(3);
  }

  @Test
  void tokensThatWereNotHandedOutAreRefused() {
    for (String token : List.of("x", "%%%", "YWZ0ZXI6", "YWZ0ZXI6AA")) {
      assertThatThrownBy(() -> list("", 1, token))
          .as(token)
          .hasMessageStartingWith("INVALID_ARGUMENT: page_token");
    }
  }

  @Test
  void childrenOfWhatDoesNotExistAreNotFound() {
    assertThatThrownBy(() -> list("attic", 0, ""))
        .hasMessage("NOT_FOUND: there is no category attic");
  }

  @Test
  void aTreeGoesDepthFirst() {
    assertThat(tree("").getNodesList())
        .extracting(n -> n.getDepth() + " " + n.getCategory().getId())
        .containsExactly("0 desk", "0 kitchen", "1 coffee", "2 moka", "0 living");
    assertThat(tree("coffee").getNodesList())
        .extracting(n -> n.getDepth() + " " + n.getCategory().getId())
        .containsExactly("0 coffee", "1 moka");
  }

  @Test
  void aTreeThatIsSwitchedOffIsRefusedUntilItIsSwitchedOn() {
    treeEnabled.value = false;
    assertThatThrownBy(() -> tree("")).hasMessageStartingWith("FAILED_PRECONDITION: trees");

    treeEnabled.value = true;
    assertThat(tree("").getNodesCount()).isEqualTo(5);
  }

  @Test
  void aNewCategoryStandsBelowItsParent() {
    Category created = create("  Grinders ", "coffee");

    assertThat(created.getName()).isEqualTo("Grinders");
    assertThat(get(created.getId())).isEqualTo(created);
    assertThat(list("coffee", 0, "").getCategoriesList()).contains(created);
  }

  @Test
  void siblingsHaveDifferentNames() {
    assertThatThrownBy(() -> create("COFFEE", "kitchen")).hasMessageStartingWith("ALREADY_EXISTS");
    assertThat(create("Coffee", "desk").getParentId()).isEqualTo("desk");
  }

  @Test
  void namesOfBlanksAreRefused() {
    assertThatThrownBy(() -> create("  ", "")).hasMessageStartingWith("INVALID_ARGUMENT: name");
    assertThatThrownBy(() -> create("a\nb", "")).hasMessageStartingWith("INVALID_ARGUMENT: name");
  }

  @Test
  void nothingStandsBelowWhatDoesNotExistOrTooDeep() {
    assertThatThrownBy(() -> create("Lost", "attic"))
        .hasMessage("NOT_FOUND: there is no category attic");
    String parent = "";
    for (int level = 1; level <= Shelves.DEEPEST; level++) {
      parent = create("level " + level, parent).getId();
    }
    String deepest = parent;
    assertThatThrownBy(() -> create("too deep", deepest)).hasMessageContaining("8 levels deep");
    assertThatThrownBy(() -> move("coffee", deepest)).hasMessageContaining("8 levels deep");
  }

  @Test
  void aCategoryMovesWithAllThatIsBelowIt() {
    move("coffee", "living");
    assertThat(tree("living").getNodesList())
        .extracting(n -> n.getCategory().getId())
        .containsExactly("living", "coffee", "moka");

    move("coffee", "");
    assertThat(get("coffee").getParentId()).isEmpty();
  }

  @Test
  void aCategoryNeverComesBelowItself() {
    assertThatThrownBy(() -> move("kitchen", "moka")).hasMessageContaining("moka stands below");
    assertThatThrownBy(() -> move("kitchen", "kitchen")).hasMessageContaining("or is it");
    assertThat(get("kitchen").getParentId()).isEmpty();
  }

  @Test
  void whatIsNotGivenStaysAsItIs() {
    Category renamed =
        answer(
            (StreamObserver<Category> to) ->
                categories.updateCategory(
                    UpdateCategoryRequest.newBuilder()
                        .setCategoryId("coffee")
                        .setName("Tea")
                        .build(),
                    to));

    assertThat(renamed.getName()).isEqualTo("Tea");
    assertThat(renamed.getParentId()).isEqualTo("kitchen");
  }

  @Test
  void onlyWhatIsEmptyIsDeleted() {
    assertThatThrownBy(() -> delete("kitchen")).hasMessageContaining("there are categories below");

    delete("moka");

    assertThatThrownBy(() -> get("moka")).hasMessageStartingWith("NOT_FOUND");
    assertThatThrownBy(() -> delete("moka")).hasMessageStartingWith("NOT_FOUND");
  }

  private ListCategoriesResponse list(String parent, int size, String token) {
    return answer(
        to ->
            categories.listCategories(
                ListCategoriesRequest.newBuilder()
                    .setParentId(parent)
                    .setPageSize(size)
                    .setPageToken(token)
                    .build(),
                to));
  }

  private Tree tree(String id) {
    return answer(
        to -> categories.getTree(GetTreeRequest.newBuilder().setCategoryId(id).build(), to));
  }

  private Category get(String id) {
    return answer(
        to ->
            categories.getCategory(GetCategoryRequest.newBuilder().setCategoryId(id).build(), to));
  }

  private Category create(String name, String parent) {
    return answer(
        to ->
            categories.createCategory(
                CreateCategoryRequest.newBuilder().setName(name).setParentId(parent).build(), to));
  }

  private void move(String id, String parent) {
    Category unused =
        answer(
            to ->
                categories.updateCategory(
                    UpdateCategoryRequest.newBuilder()
                        .setCategoryId(id)
                        .setParentId(parent)
                        .build(),
                    to));
    assertThat(unused.getParentId()).isEqualTo(parent);
  }

  private void delete(String id) {
    DeleteCategoryResponse deleted =
        answer(
            to ->
                categories.deleteCategory(
                    DeleteCategoryRequest.newBuilder().setCategoryId(id).build(), to));
    assertThat(deleted).isNotNull();
  }

  private static <T> T answer(Consumer<StreamObserver<T>> call) {
    AtomicReference<T> answered = new AtomicReference<>();
    call.accept(
        new StreamObserver<>() {
          @Override
          public void onNext(T value) {
            answered.set(value);
          }

          @Override
          public void onError(Throwable failure) {
            throw new AssertionError(failure);
          }

          @Override
          public void onCompleted() {}
        });
    return answered.get();
  }

  /** A setting that the test changes. */
  private static final class Given<T> implements Setting<T> {
    private volatile T value;

    Given(T value) {
      this.value = value;
    }

    @Override
    public T get() {
      return value;
    }

    @Override
    public void follow(Consumer<T> follower) {
      follower.accept(value);
    }
  }
}
