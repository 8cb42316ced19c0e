package routes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PositionsTest {

  @Property
  void what_was_packed_comes_out_again(@ForAll("ascending") List<Position> ascending) {
    assertThat(unpacked(packed(ascending))).isEqualTo(ascending);
  }

  @Property
  void those_up_to_a_position_are_counted(
      @ForAll("ascending") List<Position> ascending, @ForAll("position") Position last) {
    long upTo = ascending.stream().filter(position -> !position.isAfter(last)).count();

    assertThat(packed(ascending).countTo(last)).isEqualTo(upTo);
  }

  @Property
  void what_was_written_down_is_read_again(@ForAll("ascending") List<Position> ascending)
      throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    packed(ascending).writeTo(new DataOutputStream(written));

    DataInputStream in = new DataInputStream(new ByteArrayInputStream(written.toByteArray()));
    assertThat(unpacked(Positions.readFrom(in))).isEqualTo(ascending);
    assertThat(in.available()).isZero();
  }

  @Provide
  static Arbitrary<List<Position>> ascending() {
    return position().set().ofMinSize(1).ofMaxSize(60).map(set -> List.copyOf(new TreeSet<>(set)));
  }

  @Provide
  static Arbitrary<Position> position() {
    // Few, so that some share a number; as long as Kinesis has them, and longer and shorter.
    Arbitrary<String> numbers =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 120).map(String::valueOf),
            Arbitraries.integers().between(10, 40).map(number -> "495903382716490948" + number));
    return Combinators.combine(numbers, Arbitraries.integers().between(0, 3)).as(Position::new);
  }

  private static Positions packed(List<Position> ascending) {
    Positions.Builder builder = new Positions.Builder();
    ascending.forEach(builder::add);
    return builder.build();
  }

  private static List<Position> unpacked(Positions positions) {
    return IntStream.range(0, positions.count()).mapToObj(positions::get).toList();
  }
}
