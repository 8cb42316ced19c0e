package routes.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Sends records over HTTP as a shipper does: those with a {@code record_id} again and again until
 * they are acknowledged; those without an id only once, for a second copy would be another record.
 */
final class HttpSender implements Load.Sender {

  private static final int MOST_RECORDS = 40;
  private static final double WITHOUT_ID = 0.1;
  private static final long RETRY_MILLIS = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI intake;
  private final Lines lines;
  private final SentRecords sent;
  private final Tally tally;
  private final Random random;

  HttpSender(URI intake, Lines lines, SentRecords sent, Tally tally, Random random) {
    this.intake = intake;
    this.lines = lines;
    this.sent = sent;
    this.tally = tally;
    this.random = random;
  }

  @Override
  public void send() throws InterruptedException {
    int count = 1 + random.nextInt(MOST_RECORDS);
    if (random.nextDouble() < WITHOUT_ID) {
      List<Line> batch = lines.withoutId(count);
      sent.sending(batch);
      if (isAcknowledged(batch)) {
        sent.acknowledged(batch);
      }
    } else {
      List<Line> batch = lines.withRecordId(count);
      sent.sending(batch);
      while (!isAcknowledged(batch)) {
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      }
      sent.acknowledged(batch);
    }
  }

  private boolean isAcknowledged(List<Line> batch) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(intake)
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body(batch), UTF_8))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      tally.count("intake answered with " + answer.statusCode());
      if (answer.statusCode() != 200) {
        return false;
      }
      int accepted = JSON.readTree(answer.body()).path("accepted").asInt();
      if (accepted != batch.size()) {
        throw new AssertionError(
            "%d records were sent, the answer is %s".formatted(batch.size(), answer.body()));
      }
      return true;
    } catch (IOException noAnswer) {
      tally.count("intake did not answer");
      return false;
    }
  }

  private String body(List<Line> batch) {
    return random.nextBoolean()
        ? batch.stream().map(Line::json).collect(joining("\n"))
        : batch.stream().map(Line::json).collect(joining(",", "[", "]"));
  }
}
