package routes.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;

/**
 * Brings the lines of a file to Kinesis by a loop over the SDK's client, as one would write it by
 * hand: each record by the key of its service, 500 a request, what is refused again. A file is
 * deleted once all of it is acknowledged. Nothing is checked, no order kept, and a file begun again
 * after a crash.
 */
final class SdkPeer {

  private static final String STREAM = System.getenv("KINESIS_STREAM_NAME");
  private static final int SENDERS = 4;
  private static final int RECORDS_A_REQUEST = 500;
  private static final int PAUSE_MILLIS = 100;
  private static final ObjectReader EVENTS = new ObjectMapper().readerFor(Peer.Event.class);

  private final KinesisClient kinesis;
  private final ThreadPoolExecutor senders =
      new ThreadPoolExecutor(
          SENDERS,
          SENDERS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(SENDERS),
          new ThreadPoolExecutor.CallerRunsPolicy());

  private SdkPeer(KinesisClient kinesis) {
    this.kinesis = kinesis;
  }

  /** Waits for one file after the other. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of("inbox/lines.jsonl");
    SdkPeer peer = new SdkPeer(KinesisClient.create());
    while (true) {
      if (Files.exists(file)) {
        peer.publish(file);
        Files.delete(file);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private void publish(Path file) throws IOException, ExecutionException, InterruptedException {
    List<Future<?>> requests = new ArrayList<>();
    List<PutRecordsRequestEntry> batch = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        batch.add(entry(line));
        if (batch.size() == RECORDS_A_REQUEST) {
          requests.add(send(batch));
          batch = new ArrayList<>();
        }
      }
    }
    requests.add(send(batch));
    for (Future<?> request : requests) {
      request.get();
    }
  }

  private static PutRecordsRequestEntry entry(String line) throws IOException {
    Peer.Event event = EVENTS.readValue(line);
    return PutRecordsRequestEntry.builder()
        .partitionKey(event.service())
        .data(SdkBytes.fromUtf8String(line))
        .build();
  }

  private Future<?> send(List<PutRecordsRequestEntry> batch) {
    return senders.submit(
        () -> {
          List<PutRecordsRequestEntry> left = batch;
          while (!left.isEmpty()) {
            left = refused(left);
          }
          return null;
        });
  }

  private List<PutRecordsRequestEntry> refused(List<PutRecordsRequestEntry> records)
      throws InterruptedException {
    PutRecordsResponse response =
        kinesis.putRecords(request -> request.streamName(STREAM).records(records));
    if (response.failedRecordCount() == 0) {
      return List.of();
    }
    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    List<PutRecordsRequestEntry> refused = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (response.records().get(i).errorCode() != null) {
        refused.add(records.get(i));
      }
    }
    return refused;
  }
}
