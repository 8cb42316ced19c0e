package routes.demo.scenario;

import routes.demo.town.Service;

/**
 * A service that an anomaly reaches.
 *
 * @param share how strong it is there, compared with its place; 0 where only calls that fail or
 *     take long are noticed
 * @param delayNanos after which it sets in and ends there
 * @param notices whether its calls fail or take long at once
 */
record Affected(Service service, double share, long delayNanos, boolean notices) {}
