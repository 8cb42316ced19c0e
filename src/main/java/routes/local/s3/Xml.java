package routes.local.s3;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Writes an answer of S3, in the order of its calls. */
final class Xml {

  /** What XML 1.0 has no form for. */
  private static final Pattern FORMLESS =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uFFFD\\x{10000}-\\x{10FFFF}]|[\\uD800-\\uDFFF]");

  private final StringBuilder text =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  private final String root;

  private Xml(String root) {
    this.root = root;
  }

  /** A result of the API; what is inside is written next. */
  static Xml result(String root) {
    Xml xml = new Xml(root);
    xml.text.append('<').append(root).append(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    return xml;
  }

  /** An error, which has no namespace. */
  static Xml error() {
    return new Xml("Error").open("Error");
  }

  static boolean hasForm(String text) {
    return !FORMLESS.matcher(text).find();
  }

  /** A text with what XML has no form for replaced. */
  static String printable(String text) {
    return FORMLESS.matcher(text).replaceAll("\uFFFD");
  }

  Xml open(String element) {
    text.append('<').append(element).append('>');
    return this;
  }

  Xml close(String element) {
    text.append("</").append(element).append('>');
    return this;
  }

  Xml element(String name, Object value) {
    open(name);
    escape(printable(value.toString()));
    return close(name);
  }

  /** Everything, with the root closed. */
  byte[] bytes() {
    close(root);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        // A parser makes a line feed of it, unless it is written so.
        case '\r' -> text.append("&#13;");
        default -> text.append(c);
      }
    }
  }
}
