package routes.demo.people;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import routes.demo.people.Order.Stage;

/**
 * The orders that are on their way. Only what was placed is shipped, and so on. Not thread-safe.
 */
public final class Orders {

  /** Beyond that the oldest of a stage are forgotten. */
  private static final int MAX_A_STAGE = 5_000;

  private final Map<Stage, Deque<Order>> byStage = new EnumMap<>(Stage.class);
  private final Dice dice;
  private long number = 700_000;

  public Orders(Dice dice) {
    this.dice = dice;
    for (Stage stage : Stage.values()) {
      byStage.put(stage, new ArrayDeque<>());
    }
  }

  /** What somebody is about to order; it counts once it is placed. */
  public Order draft(User user) {
    int items = 1 + dice.below(4);
    number += 1 + dice.below(3);
    return new Order(
        "o-" + number,
        user,
        items * dice.between(499, 19_999),
        items,
        "sku-" + dice.between(1000, 1999));
  }

  public void placed(Order order) {
    add(order, Stage.PLACED);
  }

  /** Takes the oldest of the stage before to this one; null when there is none. */
  public @Nullable Order advance(Stage stage) {
    Order order =
        queue(
                switch (stage) {
                  case PLACED -> throw new IllegalArgumentException("Nothing comes before PLACED");
                  case SHIPPED -> Stage.PLACED;
                  case DELIVERED -> Stage.SHIPPED;
                  case REFUNDED -> Stage.DELIVERED;
                })
            .poll();
    if (order != null && stage != Stage.REFUNDED) {
      add(order, stage);
    }
    return order;
  }

  private void add(Order order, Stage stage) {
    Deque<Order> queue = queue(stage);
    queue.add(order);
    if (queue.size() > MAX_A_STAGE) {
      queue.remove();
    }
  }

  private Deque<Order> queue(Stage stage) {
    return Objects.requireNonNull(byStage.get(stage));
  }
}
