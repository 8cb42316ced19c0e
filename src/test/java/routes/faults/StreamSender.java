package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;
import routes.deadletter.StreamSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/** Puts records without any id, and poison, straight on the stream, past intake and all faults. */
final class StreamSender implements Load.Sender {

  private static final double POISON = 0.2;

  private final KinesisClient kinesis;
  private final String stream;
  private final Lines lines;
  private final SentRecords sent;
  private final SentPoison poison;
  private final Random random;

  StreamSender(
      KinesisClient kinesis,
      String stream,
      Lines lines,
      SentRecords sent,
      SentPoison poison,
      Random random) {
    this.kinesis = kinesis;
    this.stream = stream;
    this.lines = lines;
    this.sent = sent;
    this.poison = poison;
    this.random = random;
  }

  @Override
  public void send() {
    if (random.nextDouble() < POISON) {
      byte[] bytes = lines.poison().getBytes(UTF_8);
      PutRecordResponse at = put(bytes);
      poison.sent("deliver", new StreamSource(stream, at.shardId(), at.sequenceNumber(), 0), bytes);
    } else {
      List<Line> line = lines.withoutId(1);
      sent.sending(line);
      put(line.get(0).json().getBytes(UTF_8));
      sent.acknowledged(line);
    }
  }

  private PutRecordResponse put(byte[] bytes) {
    return kinesis.putRecord(
        r ->
            r.streamName(stream)
                .partitionKey(Integer.toString(random.nextInt()))
                .data(SdkBytes.fromByteArray(bytes)));
  }
}
