package routes.dashboard.lake;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Work that several threads do for one, which is told of each piece in order.
 *
 * @param threads shared with others
 * @param meanwhile what is done again and again while it is waited for; false ends the work
 */
record SideBySide(ExecutorService threads, BooleanSupplier meanwhile) {

  /**
   * How many pieces are begun before they are waited for. Few, as others want their turn; more than
   * there are threads, so that none of those waits for a piece that takes long.
   */
  private static final int AHEAD = 12;

  private static final long LOOK_MILLIS = 100;

  private record Begun<T, R>(T piece, Future<R> result) {}

  /**
   * Works until all is done or nothing more is wanted; what is left then is not begun, or given up.
   *
   * @param goOn is told of each piece, and whether more is wanted
   * @return false when not all was wanted
   */
  <T, R> boolean each(Iterator<T> pieces, Function<T, R> work, BiPredicate<T, R> goOn) {
    Queue<Begun<T, R>> begun = new ArrayDeque<>();
    try {
      while (true) {
        while (begun.size() < AHEAD && pieces.hasNext()) {
          T piece = pieces.next();
          begun.add(new Begun<>(piece, threads.submit(() -> work.apply(piece))));
        }
        if (begun.isEmpty()) {
          return true;
        }
        Begun<T, R> first = begun.element();
        try {
          R result = first.result().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          begun.remove();
          if (!goOn.test(first.piece(), result)) {
            return false;
          }
        } catch (TimeoutException notYet) {
          // So that something is done meanwhile.
        }
        if (!meanwhile.getAsBoolean()) {
          return false;
        }
      }
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof SdkException away) {
        throw away;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    } finally {
      begun.forEach(left -> left.result().cancel(true));
    }
  }
}
