package dev.platformkit.shop.category;

import static dev.platformkit.kit.grpc.Unary.answer;

import dev.platformkit.kit.config.Setting;
import dev.platformkit.kit.contract.PageToken;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.category.v1.Category;
import dev.platformkit.shop.category.v1.CategoryServiceGrpc;
import dev.platformkit.shop.category.v1.CreateCategoryRequest;
import dev.platformkit.shop.category.v1.DeleteCategoryRequest;
import dev.platformkit.shop.category.v1.DeleteCategoryResponse;
import dev.platformkit.shop.category.v1.GetCategoryRequest;
import dev.platformkit.shop.category.v1.GetTreeRequest;
import dev.platformkit.shop.category.v1.ListCategoriesRequest;
import dev.platformkit.shop.category.v1.ListCategoriesResponse;
import dev.platformkit.shop.category.v1.Tree;
import dev.platformkit.shop.category.v1.Tree.Node;
import dev.platformkit.shop.category.v1.UpdateCategoryRequest;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;

/** The category service as its contract has it. */
final class Categories extends CategoryServiceGrpc.CategoryServiceImplBase {
  private final Shelves shelves;
  private final Setting<Integer> pageSize;
  private final Setting<Boolean> treeEnabled;

  /**
   * @param pageSize of pages whose size the caller leaves to us
   * @param treeEnabled whether whole trees are handed out
   */
  Categories(Shelves shelves, Setting<Integer> pageSize, Setting<Boolean> treeEnabled) {
    this.shelves = shelves;
    this.pageSize = pageSize;
    this.treeEnabled = treeEnabled;
  }

  @Override
  public void createCategory(CreateCategoryRequest request, StreamObserver<Category> answer) {
    Category category =
        Category.newBuilder()
            .setId("c-" + UUID.randomUUID())
            .setName(name(request.getName()))
            .setParentId(request.getParentId())
            .build();
    expect(shelves.create(category), category);
    answer(answer, category);
  }

  @Override
  public void getCategory(GetCategoryRequest request, StreamObserver<Category> answer) {
    answer(answer, existing(request.getCategoryId()));
  }

  @Override
  public void listCategories(
      ListCategoriesRequest request, StreamObserver<ListCategoriesResponse> answer) {
    String parent = request.getParentId();
    if (!parent.isEmpty()) {
      existing(parent);
    }
    int size = request.getPageSize() == 0 ? pageSize.get() : request.getPageSize();
    // One more than asked for tells whether there is a next page.
    List<Category> found =
        shelves.children(
            parent,
            PageToken.last(request.getPageToken(), name -> name.indexOf('\0') < 0),
            size + 1);
    ListCategoriesResponse.Builder page = ListCategoriesResponse.newBuilder().setPageSize(size);
    found.stream().limit(size).forEach(page::addCategories);
    if (found.size() > size) {
      page.setNextPageToken(PageToken.after(found.get(size - 1).getName()));
    }
    answer(answer, page.build());
  }

  @Override
  public void getTree(GetTreeRequest request, StreamObserver<Tree> answer) {
    if (!treeEnabled.get()) {
      throw Refusal.because(
              Code.FAILED_PRECONDITION, "SWITCHED_OFF", "trees are switched off at present")
          .asException();
    }
    List<Node> nodes = shelves.tree(request.getCategoryId());
    if (nodes.isEmpty() && !request.getCategoryId().isEmpty()) {
      throw unknown(request.getCategoryId()).asException();
    }
    answer(answer, Tree.newBuilder().addAllNodes(nodes).build());
  }

  @Override
  public void updateCategory(UpdateCategoryRequest request, StreamObserver<Category> answer) {
    Category.Builder changed = existing(request.getCategoryId()).toBuilder();
    if (request.hasName()) {
      changed.setName(name(request.getName()));
    }
    if (request.hasParentId()) {
      changed.setParentId(request.getParentId());
    }
    Category category = changed.build();
    expect(shelves.replace(category), category);
    answer(answer, category);
  }

  @Override
  public void deleteCategory(
      DeleteCategoryRequest request, StreamObserver<DeleteCategoryResponse> answer) {
    String id = request.getCategoryId();
    expect(shelves.delete(id), Category.newBuilder().setId(id).build());
    answer(answer, DeleteCategoryResponse.getDefaultInstance());
  }

  private Category existing(String id) {
    return shelves.find(id).orElseThrow(() -> unknown(id).asException());
  }

  /** As it is stored: nobody sees blanks around a name. */
  private static String name(String written) {
    String name = written.strip();
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid("name", "must have other characters than blanks, and none that control")
          .asException();
    }
    return name;
  }

  private static void expect(Shelves.Outcome outcome, Category category) {
    switch (outcome) {
      case DONE -> {}
      case UNKNOWN -> throw unknown(category.getId()).asException();
      case UNKNOWN_PARENT -> throw unknown(category.getParentId()).asException();
      case NAME_TAKEN ->
          throw Refusal.because(
                  Code.ALREADY_EXISTS,
                  "NAME_TAKEN",
                  "there is one called " + category.getName() + " there")
              .asException();
      case TOO_DEEP ->
          throw Refusal.because(
                  Code.FAILED_PRECONDITION,
                  "TOO_DEEP",
                  "categories go " + Shelves.DEEPEST + " levels deep, and no deeper")
              .asException();
      case LOOP ->
          throw Refusal.because(
                  Code.FAILED_PRECONDITION,
                  "WOULD_BE_A_LOOP",
                  "%s stands below %s, or is it"
                      .formatted(category.getParentId(), category.getId()))
              .asException();
      case NOT_EMPTY ->
          throw Refusal.because(
                  Code.FAILED_PRECONDITION,
                  "NOT_EMPTY",
                  "there are categories below " + category.getId())
              .asException();
    }
  }

  private static Refusal unknown(String id) {
    return Refusal.because(Code.NOT_FOUND, "UNKNOWN_CATEGORY", "there is no category " + id);
  }
}
