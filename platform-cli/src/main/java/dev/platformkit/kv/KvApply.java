package dev.platformkit.kv;

import dev.platformkit.backend.BackendException;
import dev.platformkit.backend.ConsulKv;
import dev.platformkit.backend.ConsulKv.Operation;
import dev.platformkit.backend.ConsulKv.Refusal;
import dev.platformkit.problem.Problem;
import java.util.List;

/**
 * Makes the store what the files say, in one transaction: each key is written or deleted only if it
 * is as it was when it was compared, and where one is not, nothing is.
 */
public final class KvApply {
  private KvApply() {}

  /**
   * Applies what was compared.
   *
   * @param retry the command that compares again
   * @throws Problem exit 3 where nothing was written
   */
  public static void apply(KvDiff diff, ConsulKv store, String retry) {
    List<Operation> operations = diff.changes().stream().map(KvApply::operation).toList();
    if (operations.isEmpty()) {
      return;
    }
    requireFits(operations);
    List<Refusal> refusals = transact(store, operations, retry);
    if (refusals.isEmpty()) {
      return;
    }
    boolean stale = refusals.stream().allMatch(Refusal::stale);
    Problem problem =
        Problem.unable(
            stale
                ? "somebody else changed the configuration at the same time"
                : "Consul refused the configuration");
    for (Refusal refusal : refusals) {
      problem =
          problem.detail(
              refusal.stale()
                  ? refusal.key() + " is not as it was when it was compared"
                  : refusal.key() + ": " + refusal.why());
    }
    throw problem.detail("nothing was written").tryCommand(retry);
  }

  private static List<Refusal> transact(ConsulKv store, List<Operation> operations, String retry) {
    try {
      return store.transact(operations);
    } catch (BackendException e) {
      String outcome =
          e.answered() ? "nothing was written" : "whether all or nothing was written is not known";
      throw Problem.unable(e.getMessage()).detail(outcome).tryCommand(retry).causedBy(e);
    }
  }

  private static void requireFits(List<Operation> operations) {
    if (operations.size() > ConsulKv.MAX_OPERATIONS) {
      throw tooMuch(operations.size() + " keys", ConsulKv.MAX_OPERATIONS + " keys");
    }
    int bytes = ConsulKv.size(operations);
    if (bytes > ConsulKv.MAX_BYTES) {
      throw tooMuch(bytes + " bytes", ConsulKv.MAX_BYTES + " bytes");
    }
  }

  private static Problem tooMuch(String wanted, String most) {
    return Problem.unable("too much for one transaction: " + wanted + ", at most " + most)
        .detail("nothing was written; name services to apply them one after the other")
        .tryCommand("platform kv apply SERVICE");
  }

  private static Operation operation(Change change) {
    long index = change.stored().map(ConsulKv.Entry::index).orElse(0L);
    return change
        .wanted()
        .<Operation>map(w -> new Operation.Set(w.key(), w.value(), KvDiff.OWNED, index))
        .orElseGet(() -> new Operation.Delete(change.key(), index));
  }
}
