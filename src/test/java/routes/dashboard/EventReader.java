package routes.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;

/** A listener to the dashboard's server-sent events. */
final class EventReader implements AutoCloseable {

  private final Stream<String> all;
  private final Iterator<String> lines;

  record Event(String name, String data) {}

  EventReader(int port) throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + port + "/api/events");
    all =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofLines())
            .body();
    lines = all.iterator();
  }

  /** Waits for the next event of this name. */
  Event next(String name) {
    while (!lines.next().equals("event: " + name)) {
      // Another event, or a part of it.
    }
    return new Event(name, lines.next().substring("data: ".length()));
  }

  @Override
  public void close() {
    all.close();
  }
}
