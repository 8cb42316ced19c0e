package routes.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Replays all dead letters again and again, whatever comes of it. */
final class Operator implements Load.Sender {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String name;
  private final URI dashboard;
  private final String timestamp;
  private final Tally tally;

  /**
   * @param timestamp what is set where there is none
   */
  Operator(String name, URI dashboard, String timestamp, Tally tally) {
    this.name = name;
    this.dashboard = dashboard;
    this.timestamp = timestamp;
    this.tally = tally;
  }

  @Override
  public void send() throws InterruptedException {
    try {
      JsonNode result = replay();
      tally.add("letters replayed by " + name, result.path("replayed").asInt());
    } catch (IOException noAnswer) {
      tally.count("replay did not answer");
    }
  }

  /** Replays some letters and answers with what the dashboard tells. */
  JsonNode replay() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(dashboard.resolve("/api/dead-letters/replay"))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + Stage.TOKEN)
            .POST(
                BodyPublishers.ofString(
                    "{\"all\":true,\"limit\":60,\"set\":{\"timestamp\":\"%s\"}}"
                        .formatted(timestamp)))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    tally.count("replay answered with " + answer.statusCode());
    return JSON.readTree(answer.body());
  }
}
