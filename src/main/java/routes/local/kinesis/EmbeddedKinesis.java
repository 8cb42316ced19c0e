package routes.local.kinesis;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.files.DurableFiles;

/**
 * Amazon Kinesis Data Streams in this process. Everything it acknowledged is on disk under one
 * directory, which one process at a time may use. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/">Kinesis API reference</a>
 */
public final class EmbeddedKinesis implements AutoCloseable {

  /**
   * The answer to one call, to be sent over HTTP as it is.
   *
   * @param status the HTTP status: 200, 400 for a mistake of the caller, 500 or 503 otherwise
   * @param contentType the content type the request came in
   * @param body encoded in that content type; empty for operations that answer nothing
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Reply(int status, String contentType, byte[] body) {}

  /** One operation of the API. */
  private interface Operation {

    /**
     * Does it and writes its answer.
     *
     * @throws KinesisException to answer an error instead
     */
    void run(WireFormat format, byte[] body, Answer answer) throws IOException;

    /** An operation whose request is small enough to be read as a whole. */
    interface Simple {
      void run(Request request, Answer answer) throws IOException;
    }

    static Operation of(Simple operation) {
      return (format, body, answer) -> operation.run(Request.read(format, body), answer);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(EmbeddedKinesis.class);

  private final Faults faults;
  private final FileChannel lockFile;
  private final Streams streams;
  private final Map<String, Operation> operations;
  private volatile boolean closed;

  /**
   * Opens what is stored under the directory, or begins anew.
   *
   * @throws IOException if the directory cannot be used, another process holds it, or it holds
   *     something this version does not understand
   */
  public EmbeddedKinesis(Path directory, KinesisOptions options, Clock clock) throws IOException {
    DurableFiles.createDirectories(directory);
    faults = options.faults();
    lockFile = lock(directory.resolve("lock"));
    try {
      streams = new Streams(directory, options, clock);
    } catch (IOException | RuntimeException e) {
      lockFile.close();
      throw e;
    }
    operations = operations(streams, options, clock);
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isFree(channel)) {
      channel.close();
      throw new IOException(file.getParent() + " is in use by another process");
    }
    return channel;
  }

  /** Takes the lock, which the channel then holds until it is closed. */
  private static boolean isFree(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Map<String, Operation> operations(
      Streams streams, KinesisOptions options, Clock clock) {
    Account account = new Account(options.region());
    StreamOperations stream = new StreamOperations(streams, account);
    ShardOperations shard = new ShardOperations(streams, account, clock);
    WriteOperations write = new WriteOperations(streams, options.faults(), clock);
    ReadOperations read = new ReadOperations(streams, clock);
    return Map.ofEntries(
        entry("CreateStream", Operation.of(stream::createStream)),
        entry("DeleteStream", Operation.of(stream::deleteStream)),
        entry("ListStreams", Operation.of(stream::listStreams)),
        entry("DescribeStream", Operation.of(stream::describeStream)),
        entry("DescribeStreamSummary", Operation.of(stream::describeStreamSummary)),
        entry("IncreaseStreamRetentionPeriod", Operation.of(stream::increaseRetention)),
        entry("DecreaseStreamRetentionPeriod", Operation.of(stream::decreaseRetention)),
        entry("ListShards", Operation.of(shard::listShards)),
        entry("SplitShard", Operation.of(shard::splitShard)),
        entry("MergeShards", Operation.of(shard::mergeShards)),
        entry("UpdateShardCount", Operation.of(shard::updateShardCount)),
        entry("PutRecord", Operation.of(write::putRecord)),
        entry("PutRecords", write::putRecords),
        entry("GetShardIterator", Operation.of(read::getShardIterator)),
        entry("GetRecords", Operation.of(read::getRecords)));
  }

  /**
   * Answers one request. Blocks until what it puts is on disk; never throws.
   *
   * @param operation what follows {@code Kinesis_20131202.} in the {@code X-Amz-Target} header
   * @param contentType {@code application/x-amz-json-1.1} or {@code application/x-amz-cbor-1.1}
   */
  public Reply call(String operation, String contentType, byte[] body) {
    WireFormat format = WireFormat.of(contentType);
    try {
      return new Reply(200, format.contentType(), answer(operation, format, body));
    } catch (KinesisException e) {
      return reply(format, e.error());
    } catch (JsonProcessingException e) {
      String message = "The request cannot be read: " + e.getOriginalMessage();
      return reply(format, AwsError.ofCaller("SerializationException", message));
    } catch (IOException | RuntimeException e) {
      log.warn("The embedded Kinesis could not answer {}", operation, e);
      return reply(format, AwsError.internalFailure("Internal service failure: " + e));
    }
  }

  private byte[] answer(String name, WireFormat format, byte[] body) throws IOException {
    Operation operation = operations.get(name);
    if (operation == null) {
      throw KinesisException.ofCaller(
          "UnknownOperationException", "The embedded Kinesis has no operation " + name);
    }
    if (closed) {
      throw new KinesisException(
          new AwsError(503, "ServiceUnavailable", "The embedded Kinesis is closed."));
    }
    failIf(faults.before(name));
    ByteArrayBuilder bytes = new ByteArrayBuilder();
    try (JsonGenerator out = format.mapper().createGenerator(bytes)) {
      operation.run(format, body, new Answer(format, out));
    }
    failIf(faults.after(name));
    return bytes.toByteArray();
  }

  private static void failIf(@Nullable AwsError fault) {
    if (fault != null) {
      throw new KinesisException(fault);
    }
  }

  private static Reply reply(WireFormat format, AwsError error) {
    try {
      Map<String, String> body = Map.of("__type", error.type(), "message", error.message());
      return new Reply(
          error.status(), format.contentType(), format.mapper().writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Two strings can always be encoded", e);
    }
  }

  /** Waits for what is being written and lets another process have the directory. */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      streams.close();
    } finally {
      lockFile.close();
    }
  }
}
