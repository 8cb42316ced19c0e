package routes.demo.people;

/**
 * An order.
 *
 * @param cents what it costs
 */
public record Order(String id, User user, long cents, int items, String sku) {

  /** How far it has come. */
  public enum Stage {
    PLACED,
    SHIPPED,
    DELIVERED,
    REFUNDED
  }
}
