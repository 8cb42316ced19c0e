package routes.inbox;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;

/**
 * How an inbox is read.
 *
 * @param include which names are read, as a glob pattern
 * @param finishedAfter how long a file must be unchanged to count as complete
 */
record InboxSettings(
    Path folder, String include, Duration finishedAfter, WhenFinished whenFinished) {

  PathMatcher matcher() {
    return FileSystems.getDefault().getPathMatcher("glob:" + include);
  }
}
