package routes.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.UnknownFieldSet;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks gRPC byte by byte, so that it can be spoken wrongly too; one connection for all calls. */
public final class GrpcClient implements AutoCloseable {

  private static final int WAIT_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;
  private final int port;

  /** A client without TLS. */
  public GrpcClient(int port) {
    this(port, new HttpClientOptions());
  }

  /** A client with TLS. */
  public GrpcClient(int port, TrustOptions trust) {
    this(
        port,
        new HttpClientOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setVerifyHost(false)
            .setTrustOptions(trust));
  }

  private GrpcClient(int port, HttpClientOptions options) {
    this.port = port;
    client =
        vertx.createHttpClient(
            options
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2MaxPoolSize(1));
  }

  /** What came back. */
  public record Answer(int httpStatus, MultiMap headers, Buffer body, MultiMap trailers) {

    /** The number of gRPC's status, or -1. */
    public int status() {
      String status = trailers.get("grpc-status");
      return status == null ? -1 : Integer.parseInt(status);
    }

    /** What was wrong, in words. */
    public String words() {
      String words = trailers.get("grpc-message");
      return words == null
          ? body.toString()
          : QueryStringDecoder.decodeComponent(words.replace("+", "%2B"), UTF_8);
    }

    /** The response, which is not compressed. */
    public byte[] message() {
      if (body.length() < 5 || body.getByte(0) != 0 || body.getInt(1) != body.length() - 5) {
        throw new AssertionError("Not one message: " + body.length() + " bytes");
      }
      return body.getBytes(5, body.length());
    }

    /** After how many seconds to come back, as a client reads it that knows the messages. */
    public OptionalLong retryAfter() throws IOException {
      String details = trailers.get("grpc-status-details-bin");
      if (details == null) {
        return OptionalLong.empty();
      }
      UnknownFieldSet status = UnknownFieldSet.parseFrom(Base64.getDecoder().decode(details));
      UnknownFieldSet any = message(status, 3);
      if (!any.getField(1)
          .getLengthDelimitedList()
          .get(0)
          .toStringUtf8()
          .equals("type.googleapis.com/google.rpc.RetryInfo")) {
        throw new AssertionError("Other details: " + any);
      }
      UnknownFieldSet delay = message(message(any, 2), 1);
      return OptionalLong.of(delay.getField(1).getVarintList().get(0));
    }

    private static UnknownFieldSet message(UnknownFieldSet in, int field) throws IOException {
      return UnknownFieldSet.parseFrom(in.getField(field).getLengthDelimitedList().get(0));
    }
  }

  /** A message as it goes over the wire. */
  public static byte[] framed(int compressed, byte[] message) {
    return framed(compressed, message.length, message);
  }

  /** The same with a length of its own. */
  public static byte[] framed(int compressed, int length, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) compressed)
        .putInt(length)
        .put(message)
        .array();
  }

  /** Calls a method with a message. */
  public Answer call(String path, byte[] message, Map<String, String> metadata) {
    return send(path, framed(0, message), metadata);
  }

  /** Sends what may be no message. */
  public Answer send(String path, byte[] body, Map<String, String> head) {
    return result(
        begin(path, head)
            .compose(request -> request.send(Buffer.buffer(body)))
            .compose(GrpcClient::answer));
  }

  /** Begins a call whose body goes on; the server has its start when this returns. */
  public HttpClientRequest open(String path, byte[] start, Map<String, String> head) {
    HttpClientRequest request = result(begin(path, head));
    result(request.setChunked(true).write(Buffer.buffer(start)));
    // Frames are taken in their order.
    send("/", new byte[0], Map.of());
    return request;
  }

  private Future<HttpClientRequest> begin(String path, Map<String, String> head) {
    return client
        .request(HttpMethod.POST, port, "localhost", path)
        .map(
            request -> {
              request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
              head.forEach(request::putHeader);
              // Whoever asks for the answer is told.
              request.exceptionHandler(failure -> {});
              return request;
            });
  }

  /** What a call is answered that was begun. */
  public static Answer answer(HttpClientRequest request) {
    return result(request.response().compose(GrpcClient::answer));
  }

  private static Future<Answer> answer(HttpClientResponse response) {
    return response
        .body()
        .map(
            body ->
                new Answer(response.statusCode(), response.headers(), body, response.trailers()));
  }

  /** What becomes of something, which should not take long. */
  public static <T> T result(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new AssertionError(failure);
    }
  }

  @Override
  public void close() {
    result(vertx.close());
  }
}
