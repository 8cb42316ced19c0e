package routes.intake.prometheus;

import java.util.Map;
import routes.record.Intake;

/**
 * What a request of remote write holds.
 *
 * @param samples how many of its samples are acceptable
 * @param histograms likewise of native histograms
 * @param exemplars likewise of exemplars
 */
public record Written(Intake intake, int samples, int histograms, int exemplars) {

  private static final String HEADER = "X-Prometheus-Remote-Write-%s-Written";

  /** The headers by which version 2 has a sender know what of its request was taken. */
  Map<String, String> headers() {
    return Map.of(
        HEADER.formatted("Samples"), Integer.toString(samples),
        HEADER.formatted("Histograms"), Integer.toString(histograms),
        HEADER.formatted("Exemplars"), Integer.toString(exemplars));
  }

  /** Without a look at any record: Camel hashes a body each time an expression looks into it. */
  @Override
  public int hashCode() {
    return intake.hashCode();
  }
}
