package routes.local;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import routes.cloud.AwsClients;

/** A cloud of its own for the tests of one class, which may start it again on the same data. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CloudTest {

  Path data;
  LocalCloud cloud;
  AwsClients clients;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = directory;
    open();
  }

  @AfterAll
  void stop() {
    clients.close();
    cloud.close();
  }

  void restart() {
    stop();
    open();
  }

  private void open() {
    cloud = Clouds.start(data, 0);
    clients = Clouds.clientsOf(cloud);
  }
}
