package routes.demo.control;

/**
 * What holds where a start does not say otherwise.
 *
 * @param logsPerSecond on average over a week
 * @param anomaliesPerHour that come by themselves
 */
public record Defaults(double logsPerSecond, long seed, double anomaliesPerHour) {}
