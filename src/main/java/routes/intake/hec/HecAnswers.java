package routes.intake.hec;

import routes.intake.IntakeHealth;
import routes.intake.Reply;

/** Tells HEC's clients that all is well, or how it is. Thread-safe. */
public final class HecAnswers {

  public Reply success() {
    return HecCode.SUCCESS.reply();
  }

  public Reply health(IntakeHealth health) {
    return (health.accepting() ? HecCode.HEALTHY : HecCode.UNHEALTHY).reply();
  }
}
