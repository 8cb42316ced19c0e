package routes.app;

import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * One floor of the app, which wires itself. The methods are called once each, in this order, those
 * of the parts in the order of their list; closing in the opposite one.
 */
public interface Part extends AutoCloseable {

  /** Gives the routes what they name, before any is loaded. */
  default void bind(Main main) throws Exception {}

  /** Goes to work, once all routes run. */
  default void started(CamelContext camel) throws Exception {}

  /** What an operator wants to know first: lines that begin with a word; empty = nothing. */
  default String summary() {
    return "";
  }

  /** Ends what uses the routes, while they still run. */
  default void beforeStop() {}

  /** Ends the rest, once the routes have stopped; also where {@link #started} was never called. */
  @Override
  default void close() {}
}
