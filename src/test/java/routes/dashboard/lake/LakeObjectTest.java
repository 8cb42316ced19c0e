package routes.dashboard.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import routes.partition.Partition;

/** Which objects are read before others. */
class LakeObjectTest {

  private static final Instant TIME = Instant.parse("2026-11-20T10:59:58Z");

  @Test
  void those_put_nearest_to_a_time_come_first_whatever_hour_they_are_of() {
    LakeObject before = object("2026-11-20T10:00:00Z", "2026-11-20T10:55:00Z");
    LakeObject late = object("2026-11-20T10:00:00Z", "2026-11-20T11:00:40Z");
    LakeObject next = object("2026-11-20T11:00:00Z", "2026-11-20T11:01:00Z");
    LakeObject compacted = object("2026-11-20T10:00:00Z", "2026-11-21T03:00:00Z");

    assertThat(Stream.of(compacted, before, next, late).sorted(LakeObject.nearest(TIME)))
        .containsExactly(compacted, late, next, before);
  }

  private static LakeObject object(String hour, String put) {
    long epochHour = Instant.parse(hour).getEpochSecond() / 3600;
    return new LakeObject(new Partition("web", epochHour), hour + put, 1, Instant.parse(put));
  }
}
