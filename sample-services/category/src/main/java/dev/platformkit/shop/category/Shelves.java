package dev.platformkit.shop.category;

import dev.platformkit.shop.category.v1.Category;
import dev.platformkit.shop.category.v1.Tree.Node;
import java.util.List;
import java.util.Optional;

/** The categories there are. A parent's id is empty at the top. */
interface Shelves {
  /** So many levels there are at most. */
  int DEEPEST = 8;

  Optional<Category> find(String id);

  /** Children whose name comes after this one, in the order of their names. */
  List<Category> children(String parentId, String after, int limit);

  /** What was asked for, or all that is at the top, each followed by what is below it. */
  List<Node> tree(String id);

  /** Puts a new category there, or says why not. */
  Outcome create(Category category);

  /** Gives a category the name and the parent that it has here, or says why not. */
  Outcome replace(Category category);

  Outcome delete(String id);

  /** What became of a change; only the first has changed anything. */
  enum Outcome {
    DONE,
    UNKNOWN,
    UNKNOWN_PARENT,
    NAME_TAKEN,
    TOO_DEEP,
    LOOP,
    NOT_EMPTY
  }
}
