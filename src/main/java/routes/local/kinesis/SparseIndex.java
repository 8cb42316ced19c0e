package routes.local.kinesis;

import java.util.Arrays;

/**
 * Where in a segment some records lie, one every 64 KiB or so, so that a reader finds any record by
 * reading no more than that. A gigabyte on disk needs about 400 KiB here.
 */
final class SparseIndex {

  static final int INTERVAL_BYTES = 64 << 10;

  private long[] counters = new long[16];
  private long[] arrivals = new long[16];
  private long[] offsets = new long[16];
  private int size;

  /** Tells of the next record; keeps it if the last one kept is far enough away. */
  void offer(long counter, long arrival, long offset) {
    if (size == 0 || offset - offsets[size - 1] >= INTERVAL_BYTES) {
      keep(counter, arrival, offset);
    }
  }

  void keep(long counter, long arrival, long offset) {
    if (size == counters.length) {
      counters = Arrays.copyOf(counters, 2 * size);
      arrivals = Arrays.copyOf(arrivals, 2 * size);
      offsets = Arrays.copyOf(offsets, 2 * size);
    }
    counters[size] = counter;
    arrivals[size] = arrival;
    offsets[size] = offset;
    size++;
  }

  int size() {
    return size;
  }

  long counter(int i) {
    return counters[i];
  }

  long arrival(int i) {
    return arrivals[i];
  }

  long offset(int i) {
    return offsets[i];
  }

  /** Where to begin reading to meet the first record with this counter or a greater one. */
  long offsetForCounter(long counter) {
    int found = Arrays.binarySearch(counters, 0, size, counter);
    return offsets[found >= 0 ? found : Math.max(0, -found - 2)];
  }

  /** Where to begin reading to meet the first record that arrived then or later. */
  long offsetForArrival(long arrival) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (arrivals[middle] < arrival) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return offsets[Math.max(0, low - 1)];
  }
}
