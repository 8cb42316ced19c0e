package routes.demo.people;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import routes.demo.data.Data;

/**
 * The customers of the shop: who they are does not change, and some are logged in. Not thread-safe.
 */
public final class Users {

  private static final int REGISTERED = 2_000;
  private static final int LOGGED_IN = 400;

  /** Beyond that a new one takes the place of an old one. */
  private static final int MAX_REGISTERED = 20_000;

  private final List<String> firstNames;
  private final List<String> lastNames;
  private final List<String> countries;
  private final List<String> agents;
  private final Dice dice;
  private final List<User> registered = new ArrayList<>();
  private final List<User> loggedIn = new ArrayList<>();
  private int oldestLogin;
  private int number = 100_000;

  public Users(Data people, Dice dice) {
    firstNames = people.get("first_names").texts();
    lastNames = people.get("last_names").texts();
    countries = people.get("countries").texts();
    agents = people.get("agents").texts();
    this.dice = dice;
    for (int i = 0; i < REGISTERED; i++) {
      register();
    }
    for (int i = 0; i < LOGGED_IN; i++) {
      loggedIn.add(registered.get(i));
    }
  }

  /** A new one. */
  public User register() {
    String first = dice.oneOf(firstNames);
    String last = dice.oneOf(lastNames);
    number++;
    User user =
        new User(
            "u-" + number,
            first + " " + last,
            "%s.%s%s@example.com".formatted(first, last, number % 1000).toLowerCase(Locale.ROOT),
            address(),
            dice.oneOf(countries),
            dice.oneOf(agents),
            "s-" + HexFormat.of().toHexDigits((int) dice.bits()));
    if (registered.size() < MAX_REGISTERED) {
      registered.add(user);
    } else {
      registered.set(dice.below(MAX_REGISTERED), user);
    }
    return user;
  }

  public User anyone() {
    return dice.oneOf(registered);
  }

  /** Somebody who has logged in. */
  public User customer() {
    return dice.oneOf(loggedIn);
  }

  /** Who logged in first is logged out in return. */
  public void logIn(User user) {
    loggedIn.set(oldestLogin, user);
    oldestLogin = (oldestLogin + 1) % loggedIn.size();
  }

  /**
   * From the three ranges kept for documentation (RFC 5737), and the one of carriers (RFC 6598).
   */
  private String address() {
    return switch (dice.below(8)) {
      case 0 -> "192.0.2." + dice.below(256);
      case 1 -> "198.51.100." + dice.below(256);
      case 2 -> "203.0.113." + dice.below(256);
      default -> "100.%s.%s.%s".formatted(64 + dice.below(64), dice.below(256), dice.below(256));
    };
  }
}
