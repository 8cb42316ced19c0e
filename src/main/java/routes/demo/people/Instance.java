package routes.demo.people;

/**
 * A running copy of a service.
 *
 * @param name of its pod or machine
 * @param node the machine it runs on
 */
public record Instance(String name, String node, String zone, String ip, String version) {}
