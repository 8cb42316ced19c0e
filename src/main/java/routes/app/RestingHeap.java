package routes.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Has the JVM give memory back while little happens. G1 collects only once its heap is used up, so
 * a process at rest would fill, and keep, what it took for its start.
 */
public final class RestingHeap {

  /**
   * Those of HotSpot that may change while it runs (JEP 346): milliseconds without a collection
   * after which there is one, and the percentage of the heap that may be free after it.
   */
  private static final Map<String, String> OPTIONS =
      Map.of("G1PeriodicGCInterval", "60000", "MaxHeapFreeRatio", "40");

  private RestingHeap() {}

  /** Sets what the command line leaves to the JVM; of another JVM than HotSpot nothing. */
  public static void giveBack() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (jvm != null) {
      OPTIONS.forEach((name, value) -> set(jvm, name, value));
    }
  }

  private static void set(HotSpotDiagnosticMXBean jvm, String name, String value) {
    try {
      if (jvm.getVMOption(name).getOrigin() == Origin.DEFAULT) {
        jvm.setVMOption(name, value);
      }
    } catch (IllegalArgumentException unknown) {
      // This JVM has no such option, or does not let it change.
    }
  }
}
