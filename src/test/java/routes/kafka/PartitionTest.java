package routes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class PartitionTest {

  private static final Uuid ID = new Uuid(0x1234_5678_9abc_def0L, 7);

  @Test
  void is_found_again_by_its_name() {
    Partition partition = Partition.of("logs", ID, 12);

    assertThat(partition.name()).isEqualTo("partition-00012-8888888f");
    assertThat(Partition.of("logs", partition.name())).contains(partition);
    assertThat(Partition.of("logs", "shardId-000000000012")).isEmpty();
  }

  @Test
  void a_topic_that_was_made_again_has_others() {
    assertThat(Partition.of("logs", new Uuid(1, 2), 0).name())
        .isNotEqualTo(Partition.of("logs", new Uuid(1, 3), 0).name());
  }

  @Test
  void a_topic_without_an_id_is_refused() {
    assertThatThrownBy(() -> Partition.of("logs", Uuid.ZERO_UUID, 0))
        .isInstanceOf(SdkClientException.class)
        .hasMessageStartingWith("The brokers give the topic logs no id");
  }
}
