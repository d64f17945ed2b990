package dev.platformkit.shop.category;

import static java.util.Comparator.comparing;

import dev.platformkit.shop.category.v1.Category;
import dev.platformkit.shop.category.v1.Tree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A tree that ends with the test. */
final class ShelvesInMemory implements Shelves {
  private final Map<String, Category> byId = new HashMap<>();

  ShelvesInMemory with(String id, String name, String parent) {
    byId.put(id, Category.newBuilder().setId(id).setName(name).setParentId(parent).build());
    return this;
  }

  @Override
  public Optional<Category> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public List<Category> children(String parentId, String after, int limit) {
    return below(parentId)
        .filter(c -> key(c).compareTo(after.toLowerCase(Locale.ROOT)) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Node> tree(String id) {
    List<Node> nodes = new ArrayList<>();
    (id.isEmpty() ? below("") : find(id).stream()).forEach(c -> walk(c, 0, nodes));
    return nodes;
  }

  @Override
  public Outcome create(Category category) {
    return put(category, 1);
  }

  @Override
  public Outcome replace(Category category) {
    List<Node> moved = tree(category.getId());
    return moved.isEmpty()
        ? Outcome.UNKNOWN
        : put(category, 1 + moved.stream().mapToInt(Node::getDepth).max().orElseThrow());
  }

  @Override
  public Outcome delete(String id) {
    if (!byId.containsKey(id)) {
      return Outcome.UNKNOWN;
    }
    if (below(id).findAny().isPresent()) {
      return Outcome.NOT_EMPTY;
    }
    byId.remove(id);
    return Outcome.DONE;
  }

  private Outcome put(Category category, int levels) {
    List<String> above = new ArrayList<>();
    for (String id = category.getParentId(); !id.isEmpty(); ) {
      if (!byId.containsKey(id)) {
        return Outcome.UNKNOWN_PARENT;
      }
      above.add(id);
      id = byId.get(id).getParentId();
    }
    if (above.contains(category.getId())) {
      return Outcome.LOOP;
    }
    if (above.size() + levels > DEEPEST) {
      return Outcome.TOO_DEEP;
    }
    if (below(category.getParentId())
        .anyMatch(c -> !c.getId().equals(category.getId()) && key(c).equals(key(category)))) {
      return Outcome.NAME_TAKEN;
    }
    byId.put(category.getId(), category);
    return Outcome.DONE;
  }

  private void walk(Category category, int depth, List<Node> nodes) {
    nodes.add(Node.newBuilder().setCategory(category).setDepth(depth).build());
    below(category.getId()).forEach(c -> walk(c, depth + 1, nodes));
  }

  private Stream<Category> below(String parent) {
    return byId.values().stream()
        .filter(c -> c.getParentId().equals(parent))
        .sorted(comparing(ShelvesInMemory::key));
  }

  private static String key(Category category) {
    return category.getName().toLowerCase(Locale.ROOT);
  }
}
