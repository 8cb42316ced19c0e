package routes;

import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Against what runs at {@code -Dit.endpoint=http://…}. */
@EnabledIfSystemProperty(
    named = "it.endpoint",
    matches = "https?://.+",
    disabledReason = "No -Dit.endpoint=http://… is given")
class EndpointPipelineTest extends RemotePipelineContract {

  @Override
  URI endpoint() {
    return URI.create(System.getProperty("it.endpoint"));
  }
}
