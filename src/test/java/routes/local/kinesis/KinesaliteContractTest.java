package routes.local.kinesis;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract against kinesalite, which is not ours. */
@EnabledIf(value = Kinesalite.IS_INSTALLED, disabledReason = Kinesalite.NOT_INSTALLED)
class KinesaliteContractTest extends KinesisContract {

  private Kinesalite kinesalite;

  @Override
  URI start(Path directory) throws IOException {
    kinesalite = new Kinesalite();
    return kinesalite.endpoint();
  }

  @Override
  void stop() {
    kinesalite.close();
  }

  @Override
  boolean cbor() {
    return false;
  }
}
