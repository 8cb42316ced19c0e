package routes.dashboard.letters;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import routes.http.api.Content;
import routes.http.api.Json;

/**
 * What became of dead letters so far, a line of JSON a second, and in the last line of all. It ends
 * with the client.
 *
 * @param work takes what is told of its progress, and gives its result
 * @param end is told of the result, whether or not the client still is there
 */
record Progress<T>(Function<Predicate<T>, T> work, Consumer<T> end) implements Content {

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  @Override
  public String type() {
    return "application/x-ndjson";
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    T result = LetterEndpoints.alone(() -> work.apply(new Telling<>(out)));
    end.accept(result);
    out.write(Json.bytes(result));
    out.write('\n');
  }

  /** For one thread. */
  private static final class Telling<T> implements Predicate<T> {

    private final OutputStream out;
    private long told = System.nanoTime();
    private boolean gone;

    Telling(OutputStream out) {
      this.out = out;
    }

    @Override
    public boolean test(T soFar) {
      if (!gone && System.nanoTime() - told > PAUSE_NANOS) {
        told = System.nanoTime();
        try {
          out.write(Json.bytes(soFar));
          out.write('\n');
          out.flush();
        } catch (IOException | UncheckedIOException closed) {
          gone = true;
        }
      }
      return !gone;
    }
  }
}
