package routes.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import routes.cbor.CborReader;
import routes.cloud.AwsClients;
import routes.cloud.RawAnswer;
import routes.json.ByteSlice;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * What moving the bytes costs and nothing else: lines from the answers of Kinesis, taken where they
 * lie, into objects of as many, over the clients of the app. No line is looked at, none belongs
 * anywhere, nothing is remembered.
 */
final class BarePeer implements Runnable {

  private static final byte[] RECORDS = "Records".getBytes(US_ASCII);
  private static final byte[] NEXT = "NextShardIterator".getBytes(US_ASCII);
  private static final byte[] DATA = "Data".getBytes(US_ASCII);

  private final AwsClients aws;
  private final Shard shard;
  private ByteArrayOutputStream open = new ByteArrayOutputStream();
  private long openedNanos;
  private int count;

  private BarePeer(AwsClients aws, Shard shard) {
    this.aws = aws;
    this.shard = shard;
  }

  public static void main(String[] args) {
    AwsClients aws = AwsClients.of(null, System.getenv("AWS_REGION"), true, true);
    for (Shard shard : aws.kinesis().listShards(list -> list.streamName(Peer.STREAM)).shards()) {
      new Thread(new BarePeer(aws, shard)).start();
    }
  }

  @Override
  public void run() {
    String at =
        aws.kinesis()
            .getShardIterator(
                get ->
                    get.streamName(Peer.STREAM)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
            .shardIterator();
    try {
      while (at != null) {
        at = read(at);
        if (count > 0 && System.nanoTime() - openedNanos > Peer.FLUSH_MILLIS * 1_000_000) {
          put();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private String read(String at) throws InterruptedException {
    RawAnswer answer = new RawAnswer();
    aws.kinesis()
        .getRecords(
            GetRecordsRequest.builder()
                .shardIterator(at)
                .limit(Peer.MAX_RECORDS)
                .overrideConfiguration(answer.configuration())
                .build());
    CborReader in = new CborReader(answer.body());
    String next = null;
    int before = count;
    for (long left = in.map(); in.hasNext(left); left--) {
      if (in.skipIf(RECORDS)) {
        for (long more = in.array(); in.hasNext(more); more--) {
          take(in);
        }
      } else if (in.skipIf(NEXT)) {
        next = in.text();
      } else {
        in.skip();
        in.skip();
      }
    }
    if (count == before) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return next;
  }

  private void take(CborReader in) {
    for (long left = in.map(); in.hasNext(left); left--) {
      if (in.skipIf(DATA)) {
        add(in.bytes());
      } else {
        in.skip();
        in.skip();
      }
    }
  }

  private void add(ByteSlice line) {
    if (count == 0) {
      openedNanos = System.nanoTime();
    }
    open.write(line.array(), line.offset(), line.length());
    open.write('\n');
    count++;
    if (count == Peer.MAX_RECORDS || open.size() >= Peer.MAX_BYTES) {
      put();
    }
  }

  private void put() {
    byte[] lines = open.toByteArray();
    aws.s3()
        .putObject(
            put -> put.bucket(Peer.BUCKET).key(Peer.newKey(shard.shardId())),
            RequestBody.fromBytes(lines));
    open = new ByteArrayOutputStream(Peer.MAX_BYTES);
    count = 0;
  }
}
