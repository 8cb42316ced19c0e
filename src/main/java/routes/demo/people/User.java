package routes.demo.people;

/**
 * A customer.
 *
 * @param ip where she comes from
 * @param agent what her browser calls itself
 */
public record User(
    String id,
    String name,
    String email,
    String ip,
    String country,
    String agent,
    String session) {}
