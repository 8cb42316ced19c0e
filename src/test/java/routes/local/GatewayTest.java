package routes.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class GatewayTest {

  @Test
  void a_fault_of_ours_is_not_blamed_on_the_caller() throws Exception {
    // There is no S3 behind this gateway.
    Gateway gateway = Gateway.start("127.0.0.1", 0, null, null, null, null);
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:%s/b/k".formatted(gateway.port())))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("<Code>InternalError</Code>");
    } finally {
      gateway.stop();
    }
  }
}
