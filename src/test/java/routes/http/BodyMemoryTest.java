package routes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class BodyMemoryTest {

  private final BodyMemory memory = new BodyMemory(100);
  private final BodyMemory.Share share = memory.share();

  @Test
  void what_does_not_fit_alone_is_too_large() {
    share.require(20);
    share.require(80);
    share.giveBack(80);
    share.require(70);

    assertThat(status(share, 11)).isEqualTo(413);
    assertThat(share.bytes()).isEqualTo(90);
  }

  @Test
  void what_does_not_fit_beside_others_may_come_again() {
    BodyMemory.Share other = memory.share();
    other.require(70);
    share.require(20);

    assertThat(status(share, 11)).isEqualTo(429);

    other.release();
    share.require(11);
    assertThat(share.bytes()).isEqualTo(31);
  }

  private static int status(BodyMemory.Share share, long bytes) {
    HttpProblem[] problem = new HttpProblem[1];
    assertThatExceptionOfType(HttpProblem.class)
        .isThrownBy(() -> share.require(bytes))
        .satisfies(thrown -> problem[0] = thrown);
    return problem[0].status();
  }
}
