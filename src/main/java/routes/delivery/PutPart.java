package routes.delivery;

import org.apache.camel.main.Main;
import routes.app.Part;
import routes.cloud.AwsClients;
import routes.cloud.ConditionalPuts;
import routes.cloud.ResourceSettings;
import routes.retry.SteadyClock;

/** From the batches of all layers to objects in their lakes. */
public final class PutPart implements Part {

  private final GroupSequencer sequencer = new GroupSequencer();
  private final ConditionalPuts conditionalPuts;

  /** Puts by these settings. */
  public PutPart(DeliverySettings settings, AwsClients aws, ResourceSettings resources) {
    conditionalPuts =
        new ConditionalPuts(
            aws.s3(),
            resources.state(),
            !settings.acceptsUnconditionalPuts(),
            SteadyClock.OF_PROCESS);
  }

  public GroupSequencer sequencer() {
    return sequencer;
  }

  /** Throws when objects cannot be put so that nothing is overwritten. */
  public void requireConditionalPuts() {
    conditionalPuts.require();
  }

  @Override
  public void bind(Main main) {
    main.bind("group-sequencer", sequencer);
    main.bind("conditional-puts", conditionalPuts);
  }
}
