package routes.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class CallHandlerTest extends CloudTest {

  private static final int MEBIBYTE = 1 << 20;

  /** Nothing is read behind the bound, so the answer may be lost to the client that sends on. */
  @Test
  void a_call_that_does_not_say_its_length_has_a_bound_all_the_same() throws IOException {
    byte[] chunk = new byte[MEBIBYTE];
    boolean isHungUpOn;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.port())) {
      socket.setSoTimeout(10_000);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(
            "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: AmazonSQS.ListQueues\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(US_ASCII));
        for (int i = 0; i < 40; i++) {
          out.write("100000\r\n".getBytes(US_ASCII));
          out.write(chunk);
          out.write("\r\n".getBytes(US_ASCII));
        }
        isHungUpOn = new String(socket.getInputStream().readAllBytes(), US_ASCII).contains(" 413 ");
      } catch (SocketException reset) {
        isHungUpOn = true;
      }
    }

    assertThat(isHungUpOn).isTrue();
  }
}
