package routes.intake;

/**
 * Whether records are taken at present.
 *
 * @param reason a sentence
 */
public record IntakeHealth(boolean accepting, String reason) {}
