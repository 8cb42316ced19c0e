package routes.local.s3;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. Bodies pass in pieces, each of them written or read by a worker
 * before the next is asked for, so that neither a large object nor a slow client takes much memory,
 * and no client takes a worker while it is waited for.
 */
final class Exchange {

  /** Finds what takes the body of a request. */
  interface Bodies {
    Body of(S3Request request) throws IOException;
  }

  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  private static final int PIECE = 256 << 10;

  private final Vertx vertx;
  private final HttpServerRequest http;
  private final HttpServerResponse response;
  private final Bodies bodies;
  private final String id =
      HexFormat.of().withUpperCase().toHexDigits(ThreadLocalRandom.current().nextLong());

  private Buffer waiting = Buffer.buffer();
  private Future<?> last = Future.succeededFuture();

  // The two below belong to the workers, which work for a request one after the other.
  private @Nullable Body body;
  private @Nullable Throwable refusal;

  Exchange(Vertx vertx, HttpServerRequest http, Bodies bodies) {
    this.vertx = vertx;
    this.http = http;
    this.bodies = bodies;
    response = http.response();
  }

  void run() {
    http.handler(this::gather);
    http.exceptionHandler(gone -> onWorker(this::close));
    http.endHandler(
        end ->
            onWorker(this::answer)
                .onSuccess(this::send)
                .onFailure(failure -> giveUp(failure, null)));
  }

  private void gather(Buffer received) {
    waiting.appendBuffer(received);
    if (waiting.length() >= PIECE) {
      Buffer piece = waiting;
      waiting = Buffer.buffer();
      http.pause();
      onWorker(() -> take(piece)).onComplete(taken -> http.resume());
    }
  }

  private <T> Future<T> onWorker(Callable<T> task) {
    Future<T> next = last.transform(any -> vertx.executeBlocking(task, false));
    last = next;
    return next;
  }

  /** A refused body is read to its end all the same: who still sends does not hear an answer. */
  private @Nullable Void take(Buffer piece) {
    if (refusal == null) {
      try {
        if (body == null) {
          body = bodies.of(S3Request.of(http));
        }
        body.write(piece.getBytes());
      } catch (Throwable e) {
        // An Error as well: without that piece there is no object.
        refusal = e;
      }
    }
    return null;
  }

  private Reply answer() throws IOException {
    take(waiting);
    try {
      if (refusal != null) {
        throw refusal;
      }
      return Objects.requireNonNull(body).answer().withSmallContent(PIECE);
    } catch (S3Exception e) {
      return Reply.of(e, id);
    } catch (Throwable e) {
      log.warn("The embedded S3 could not answer {} {}", http.method(), http.uri(), e);
      return Reply.of(
          new S3Exception(500, "InternalError", "The embedded S3 failed, try again: " + e), id);
    } finally {
      close();
    }
  }

  private @Nullable Void close() throws IOException {
    if (body != null) {
      body.close();
    }
    return null;
  }

  private void send(Reply reply) {
    OpenContent content = reply.content();
    if (response.closed()) {
      if (content != null) {
        close(content);
      }
      return;
    }
    try {
      response
          .setStatusCode(reply.status())
          .putHeader("x-amz-request-id", id)
          .putHeader("Date", Reply.httpDate(Instant.now()));
      reply.headers().forEach(response::putHeader);
    } catch (RuntimeException e) {
      giveUp(e, content);
      return;
    }
    if (content != null) {
      send(content, 0);
    } else if (http.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(reply.body()));
    }
  }

  private void send(OpenContent content, long from) {
    int bytes = (int) Math.min(PIECE, content.length() - from);
    if (bytes == 0) {
      close(content);
      response.end();
      return;
    }
    vertx
        .executeBlocking(() -> Buffer.buffer(content.read(from, bytes)), false)
        .compose(response::write)
        .onSuccess(sent -> send(content, from + bytes))
        .onFailure(
            gone -> {
              close(content);
              http.connection().close();
            });
  }

  /** So that the client does not wait for an answer that there is not. */
  private void giveUp(Throwable failure, @Nullable OpenContent content) {
    log.warn("The embedded S3 could not answer {} {}", http.method(), http.uri(), failure);
    if (content != null) {
      close(content);
    }
    http.connection().close();
  }

  private static void close(OpenContent content) {
    try {
      content.close();
    } catch (IOException e) {
      log.warn("A file that was read could not be closed", e);
    }
  }
}
