package routes.demo.simulation;

import routes.demo.scenario.Label;
import routes.demo.text.Text;
import routes.demo.town.Service;

/** Takes what a simulation says. */
public interface Output {

  /**
   * A log.
   *
   * @param line a line of JSON, which is another one after this call
   */
  void log(Service service, Text line);

  void span(Span span);

  void measurement(Measurement measurement);

  void label(Label label);
}
