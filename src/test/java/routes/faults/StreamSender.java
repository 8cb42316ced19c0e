package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import routes.deadletter.Source;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/**
 * Puts records without any id, and poison, straight on the stream of their signal in every format,
 * past intake and all faults.
 */
final class StreamSender implements Load.Sender {

  private static final double POISON = 0.2;

  private final KinesisClient kinesis;
  private final Lines lines;
  private final SentRecords sent;
  private final SentPoison poison;
  private final Random random;

  StreamSender(
      KinesisClient kinesis, Lines lines, SentRecords sent, SentPoison poison, Random random) {
    this.kinesis = kinesis;
    this.lines = lines;
    this.sent = sent;
    this.poison = poison;
    this.random = random;
  }

  /** One Kinesis record of up to four log records, one in five of them poison. */
  @Override
  public void send() {
    List<String> payloads = new ArrayList<>();
    List<Line> good = new ArrayList<>();
    Map<Integer, String> bad = new HashMap<>();
    for (int index = 0, count = 1 + random.nextInt(4); index < count; index++) {
      if (random.nextDouble() < POISON) {
        bad.put(index, lines.poison());
        payloads.add(bad.get(index));
      } else {
        Line line = lines.withoutId(1).get(0);
        good.add(line);
        payloads.add(line.json());
      }
    }
    sent.sending(good);
    PutRecordResponse at = put(payloads);
    sent.acknowledged(good);
    bad.forEach(
        (index, text) ->
            poison.sent(
                lines.signal(),
                "deliver",
                new Source.Stream(stream(), at.shardId(), at.sequenceNumber(), index),
                text.getBytes(UTF_8)));
  }

  private String stream() {
    return Stage.stream(lines.signal());
  }

  private PutRecordResponse put(List<String> payloads) {
    String partitionKey = Integer.toString(random.nextInt());
    ProducerFormat[] formats = ProducerFormat.values();
    byte[] data = formats[random.nextInt(formats.length)].of(payloads, partitionKey);
    return kinesis.putRecord(
        r -> r.streamName(stream()).partitionKey(partitionKey).data(SdkBytes.fromByteArray(data)));
  }
}
