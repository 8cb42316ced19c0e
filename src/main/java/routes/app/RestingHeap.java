package routes.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption.Origin;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Has G1 give memory back while little happens. It collects only once its heap is used up, so a
 * process at rest would fill, and keep, what it took for its start. The other collectors have no
 * such option, and the parallel one sizes its heap in another way.
 */
public final class RestingHeap {

  /**
   * Those of HotSpot that may change while it runs (JEP 346): milliseconds without a collection
   * after which there is one, and the percentage of the heap that may be free after it.
   */
  private static final Map<String, String> OPTIONS =
      Map.of("G1PeriodicGCInterval", "60000", "MaxHeapFreeRatio", "40");

  private RestingHeap() {}

  /** Sets what the command line leaves to the JVM. */
  public static void giveBack() {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (Boolean.parseBoolean(jvm.getVMOption("UseG1GC").getValue())) {
        OPTIONS.forEach((name, value) -> set(jvm, name, value));
      }
    } catch (IllegalArgumentException | LinkageError otherJvm) {
      // It is not HotSpot, or one without these options: its heap stays as it is.
    }
  }

  private static void set(HotSpotDiagnosticMXBean jvm, String name, String value) {
    if (jvm.getVMOption(name).getOrigin() == Origin.DEFAULT) {
      jvm.setVMOption(name, value);
    }
  }
}
