package routes.http.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A response, or what is sent in its place, written by a thread that waits for its client. Not
 * thread-safe.
 */
final class ResponseStream extends OutputStream {

  private static final int CHUNK = 16 * 1024;

  /** A client that takes no chunk for so long is gone, or as good as that. */
  private static final int TIMEOUT_SECONDS = 60;

  private final WriteStream<Buffer> response;
  private Buffer chunk = Buffer.buffer(CHUNK);

  ResponseStream(WriteStream<Buffer> response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    chunk.appendByte((byte) b);
    flushFull();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int part = Math.min(length - done, CHUNK - chunk.length());
      chunk.appendBytes(bytes, offset + done, part);
      done += part;
      flushFull();
    }
  }

  @Override
  public void flush() throws IOException {
    if (chunk.length() > 0) {
      Buffer full = chunk;
      chunk = Buffer.buffer(CHUNK);
      await(response.write(full).toCompletionStage());
    }
  }

  /** Writes the rest and ends the response. */
  @Override
  public void close() throws IOException {
    await(response.end(chunk).toCompletionStage());
  }

  private void flushFull() throws IOException {
    if (chunk.length() >= CHUNK) {
      flush();
    }
  }

  private static void await(CompletionStage<?> written) throws IOException {
    try {
      written.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("The client is gone", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("The client takes nothing any more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The dashboard stops");
    }
  }
}
