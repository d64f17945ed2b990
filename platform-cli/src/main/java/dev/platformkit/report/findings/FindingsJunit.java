package dev.platformkit.report.findings;

import dev.platformkit.check.Check;
import dev.platformkit.check.Finding;
import dev.platformkit.check.Judgement;
import dev.platformkit.check.Severity;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Findings as JUnit's XML: a suite per check; in it a failed test per finding, or one that passed.
 * What is merely worth knowing is a skipped test.
 */
public final class FindingsJunit {
  private FindingsJunit() {}

  public static String of(Judgement judgement, Duration took) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml, 0);
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "platform validate");
      xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0));
      for (Check check : judgement.checks()) {
        suite(xml, check, of(judgement, check));
      }
      line(xml, 0);
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("text can always be written", e);
    }
    return text.append('\n').toString();
  }

  private static List<Finding> of(Judgement judgement, Check check) {
    return judgement.findings().stream().filter(f -> f.check().equals(check.id())).toList();
  }

  private static void suite(XMLStreamWriter xml, Check check, List<Finding> findings)
      throws XMLStreamException {
    long infos = findings.stream().filter(f -> f.severity() == Severity.INFO).count();
    line(xml, 1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", check.id());
    xml.writeAttribute("tests", Integer.toString(Math.max(1, findings.size())));
    xml.writeAttribute("failures", Long.toString(findings.size() - infos));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Long.toString(infos));
    if (findings.isEmpty()) {
      line(xml, 2);
      xml.writeEmptyElement("testcase");
      xml.writeAttribute("classname", check.id());
      xml.writeAttribute("name", check.spec().summary());
    }
    for (Finding finding : findings) {
      line(xml, 2);
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", check.id());
      xml.writeAttribute("name", legal(finding.position().toString()));
      xml.writeAttribute("file", legal(finding.position().file()));
      xml.writeAttribute("line", Integer.toString(finding.position().line()));
      boolean info = finding.severity() == Severity.INFO;
      xml.writeStartElement(info ? "skipped" : "failure");
      xml.writeAttribute("message", legal(finding.message()));
      if (!info) {
        xml.writeAttribute("type", finding.severity().toString());
        xml.writeCharacters(
            legal(
                finding.position()
                    + "  "
                    + finding.message()
                    + finding.fix().map(fix -> "\nfix  " + fix).orElse("")));
      }
      xml.writeEndElement();
      xml.writeEndElement();
    }
    line(xml, 1);
    xml.writeEndElement();
  }

  private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }

  /** XML 1.0 has no way to write most control characters. */
  private static String legal(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
  }
}
