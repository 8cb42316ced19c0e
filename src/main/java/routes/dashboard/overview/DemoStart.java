package routes.dashboard.overview;

import java.net.URI;
import java.util.function.Supplier;
import routes.cloud.CloudException;
import routes.http.HttpProblem;
import routes.http.api.Request;

/** Fills an empty lake with a demo. */
public final class DemoStart {

  private final Supplier<URI> demo;

  /**
   * @param demo starts it, if it does not run yet, and tells where its page is
   */
  public DemoStart(Supplier<URI> demo) {
    this.demo = demo;
  }

  /**
   * The demo runs.
   *
   * @param url of its page, as this machine sees it
   */
  record Started(URI url) {}

  public Object start(Request request) {
    try {
      return new Started(demo.get());
    } catch (CloudException failure) {
      throw new HttpProblem(503, String.valueOf(failure.getMessage()));
    }
  }
}
