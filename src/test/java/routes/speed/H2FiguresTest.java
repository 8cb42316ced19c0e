package routes.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.settings.Cloud;
import routes.settings.Secret;
import routes.settings.SettingsReader;

/** The database beside the embedded cloud. */
class H2FiguresTest extends FiguresContract {

  private static final int SHARDS = 3;

  @TempDir Path folder;

  @Override
  String url() {
    return url(folder);
  }

  private static String url(Path folder) {
    return SpeedSettings.from(
            new SettingsReader(Map.of("SPEED_JDBC_URL", "embedded")), Cloud.EMBEDDED, folder)
        .url();
  }

  @Test
  void shards_that_connect_at_once_make_the_tables_together() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(SHARDS);
    try {
      for (int start = 0; start < 10; start++) {
        String url = url(Files.createDirectory(folder.resolve("start-" + start)));
        try (Connection opened = DriverManager.getConnection(url, user(), "");
            Database fresh = new Database(url, user(), new Secret(""))) {
          assertThat(opened.isValid(1)).isTrue();
          CyclicBarrier together = new CyclicBarrier(SHARDS);
          Callable<Boolean> shard =
              () -> {
                together.await();
                try (Connection connection = fresh.connect()) {
                  return connection.isValid(1);
                }
              };
          for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(SHARDS, shard))) {
            assertThat(each.get()).isTrue();
          }
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  String user() {
    return "camel-app";
  }
}
