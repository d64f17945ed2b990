package dev.platformkit.report;

import dev.platformkit.verify.Check;
import dev.platformkit.verify.Evidence;
import dev.platformkit.verify.Verdict;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A verify run as JUnit's XML: a suite per journey and one of the platform's own checks. What could
 * not be known is an error, what was left out is skipped.
 */
public final class VerifyJunit {
  private VerifyJunit() {}

  /** The run as XML. */
  public static String of(Evidence evidence) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "platform verify " + evidence.platform().name());
      xml.writeAttribute("time", seconds(evidence.took()));
      for (Map.Entry<String, List<Check>> group : VerifyGroups.of(evidence).entrySet()) {
        suite(xml, group.getKey(), group.getValue(), evidence);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text can always be written", e);
    }
    return text.append('\n').toString();
  }

  private static void suite(XMLStreamWriter xml, String name, List<Check> checks, Evidence evidence)
      throws XMLStreamException {
    Duration longest =
        checks.stream().map(Check::took).max(Duration::compareTo).orElse(Duration.ZERO);
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", Integer.toString(checks.size()));
    xml.writeAttribute("failures", count(checks, Verdict.FAIL));
    xml.writeAttribute("errors", count(checks, Verdict.INCONCLUSIVE));
    xml.writeAttribute("skipped", count(checks, Verdict.SKIP));
    xml.writeAttribute("time", seconds(longest));
    xml.writeAttribute("timestamp", evidence.started().toString());
    for (Check check : checks) {
      testcase(xml, name, check);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static void testcase(XMLStreamWriter xml, String suite, Check check)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "platform." + suite);
    xml.writeAttribute(
        "name",
        check.subject().equals(suite)
            ? check.id() + ": " + check.expected()
            : check.id() + " " + check.subject());
    xml.writeAttribute("time", seconds(check.took()));
    switch (check.verdict()) {
      case PASS, PARTIAL -> {}
      case SKIP -> {
        xml.writeStartElement("skipped");
        xml.writeAttribute("message", check.observed());
        xml.writeEndElement();
      }
      case FAIL -> bad(xml, "failure", check);
      case INCONCLUSIVE -> bad(xml, "error", check);
    }
    xml.writeEndElement();
  }

  private static void bad(XMLStreamWriter xml, String element, Check check)
      throws XMLStreamException {
    xml.writeStartElement(element);
    xml.writeAttribute("message", legal(check.observed()));
    StringBuilder text = new StringBuilder("expected  " + check.expected() + "\n");
    text.append("observed  ").append(check.observed()).append('\n');
    check.details().forEach(detail -> text.append("  ").append(detail).append('\n'));
    check.hop().ifPresent(hop -> text.append("first broken hop: ").append(hop).append('\n'));
    check.links().forEach(link -> text.append("look: ").append(link).append('\n'));
    xml.writeCharacters(legal(text.toString()));
    xml.writeEndElement();
  }

  /** XML 1.0 has no way to write most control characters. */
  private static String legal(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
  }

  private static String count(List<Check> checks, Verdict verdict) {
    return Long.toString(checks.stream().filter(c -> c.verdict() == verdict).count());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
  }
}
