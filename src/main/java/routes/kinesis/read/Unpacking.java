package routes.kinesis.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import routes.envelope.EnvelopeReader;
import routes.envelope.KeyFilter;
import routes.json.ByteSlice;
import routes.ledger.Position;
import routes.partition.Partition;
import routes.record.LogRecord;
import routes.record.ParseResult;
import routes.record.Rejection;
import routes.stream.StreamRecord;
import routes.stream.StreamRejection;

/**
 * Takes the Kinesis records of one read apart and hands on what they hold part by part, as a read
 * may unpack to hundreds of times what Kinesis sent. A part may begin and end amid a Kinesis
 * record; what is rejected of that comes with its last part.
 */
final class Unpacking {

  /** Takes the parts. */
  interface Receiver {

    /**
     * Takes one part.
     *
     * @param complete the last Kinesis record of which nothing is left to come; null = none yet
     * @return whether to go on
     */
    boolean take(
        List<StreamRecord> records,
        List<StreamRejection> rejections,
        @Nullable KinesisRecord complete)
        throws InterruptedException;

    /** Is told how many elements a Kinesis record has, before its last part is taken. */
    void counted(KinesisRecord record, int elements);
  }

  private static final int MAX_RECORDS = 10_000;
  private static final int MAX_BYTES = 8 << 20;

  /** Each is an object to open, which costs more than a record. */
  private static final int MAX_GROUPS = 1_000;

  private final EnvelopeReader envelopes;
  private final KeyFilter keys;
  private final Receiver receiver;
  private final int maxRecords;
  private List<StreamRecord> records = new ArrayList<>();
  private List<StreamRejection> rejections = new ArrayList<>();
  private final Set<Partition> groups = new HashSet<>();
  private @Nullable KinesisRecord complete;
  private long bytes;

  Unpacking(EnvelopeReader envelopes, KeyFilter keys, Receiver receiver) {
    this(envelopes, keys, receiver, MAX_RECORDS);
  }

  /** In parts of at most so many records; a Kinesis record's few rejected ones are not counted. */
  Unpacking(EnvelopeReader envelopes, KeyFilter keys, Receiver receiver, int maxRecords) {
    this.maxRecords = maxRecords;
    this.envelopes = envelopes;
    this.keys = keys;
    this.receiver = receiver;
  }

  /** Hands on all that the Kinesis records hold, unless the receiver has enough before. */
  void run(List<KinesisRecord> read) throws InterruptedException {
    try {
      for (KinesisRecord record : read) {
        new Unpacked(record).run();
      }
      flush();
    } catch (EnoughException enough) {
      enough.rethrowInterrupt();
    }
  }

  private void flush() throws InterruptedException {
    if (complete != null || !records.isEmpty()) {
      List<StreamRecord> part = records;
      List<StreamRejection> rejected = rejections;
      KinesisRecord last = complete;
      records = new ArrayList<>();
      rejections = new ArrayList<>();
      complete = null;
      groups.clear();
      bytes = 0;
      if (!receiver.take(part, rejected, last)) {
        throw new EnoughException(null);
      }
    }
  }

  private boolean isFull() {
    return bytes >= MAX_BYTES
        || groups.size() >= MAX_GROUPS
        || records.size() + rejections.size() >= maxRecords;
  }

  /** One Kinesis record. */
  private final class Unpacked {

    private final KinesisRecord record;
    private @Nullable RejectedElements rejected;
    private int count;

    Unpacked(KinesisRecord record) {
      this.record = record;
    }

    void run() throws InterruptedException {
      envelopes.read(record.data(), record.arrival(), keys, this::take);
      if (rejected != null) {
        for (StreamRejection rejection : rejected.result(count, record.data())) {
          rejections.add(rejection);
          bytes += rejection.pieces().stream().mapToLong(ByteSlice::length).sum();
        }
      }
      complete = record;
      receiver.counted(record, count);
      if (isFull()) {
        flush();
      }
    }

    private void take(int index, ByteSlice element, ParseResult result) {
      count++;
      if (result instanceof Rejection rejection) {
        if (rejected == null) {
          rejected = new RejectedElements(record.sequenceNumber(), record.arrival());
        }
        rejected.add(index, element, rejection);
      } else if (result instanceof LogRecord log) {
        Position position = new Position(record.sequenceNumber(), index);
        records.add(new StreamRecord(position, record.arrival(), log));
        groups.add(Partition.of(log));
        bytes += log.line().length();
        if (isFull()) {
          flushAmid();
        }
      }
    }

    private void flushAmid() {
      try {
        flush();
      } catch (InterruptedException stopped) {
        throw new EnoughException(stopped);
      }
    }
  }

  /** Ends the reading of a Kinesis record whose rest nobody wants. */
  private static final class EnoughException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable InterruptedException interrupt;

    EnoughException(@Nullable InterruptedException interrupt) {
      super(null, interrupt, false, false);
      this.interrupt = interrupt;
    }

    void rethrowInterrupt() throws InterruptedException {
      if (interrupt != null) {
        throw interrupt;
      }
    }
  }
}
