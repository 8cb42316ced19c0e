package routes.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.EnabledIf;

class RestingHeapTest {

  private static final String INTERVAL = "G1PeriodicGCInterval";
  private static final String FREE = "MaxHeapFreeRatio";

  private final HotSpotDiagnosticMXBean jvm =
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

  @Test
  @DisabledIf("otherCollector")
  void options_are_set_unless_somebody_chose_them() {
    String interval = value(INTERVAL);
    String free = value(FREE);
    try {
      RestingHeap.giveBack();

      assertThat(value(INTERVAL)).isEqualTo("60000");
      assertThat(value(FREE)).isEqualTo("40");

      jvm.setVMOption(FREE, "55");
      RestingHeap.giveBack();

      assertThat(value(FREE)).isEqualTo("55");
    } finally {
      jvm.setVMOption(INTERVAL, interval);
      jvm.setVMOption(FREE, free);
    }
  }

  @Test
  @EnabledIf("otherCollector")
  void another_collector_is_left_alone() {
    String interval = value(INTERVAL);
    String free = value(FREE);

    RestingHeap.giveBack();

    assertThat(value(INTERVAL)).isEqualTo(interval);
    assertThat(value(FREE)).isEqualTo(free);
  }

  boolean otherCollector() {
    return value("UseG1GC").equals("false");
  }

  private String value(String option) {
    return jvm.getVMOption(option).getValue();
  }
}
