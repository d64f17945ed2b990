package dev.platformkit.scaffold;

import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * What a {@code pom.xml} says about modules.
 *
 * @param artifacts its own name, and its parent's
 * @param modules the folders that it builds
 */
record ModuleFile(List<String> artifacts, List<String> modules) {
  ModuleFile {
    artifacts = List.copyOf(artifacts);
    modules = List.copyOf(modules);
  }

  /**
   * @param file below the root
   * @throws Problem exit 2 where it cannot be read, or is no XML
   */
  static ModuleFile read(Path root, String file) {
    try {
      return parse(Files.readString(root.resolve(file)), file);
    } catch (IOException e) {
      throw Problem.usage("cannot read " + file + ": " + e).causedBy(e);
    }
  }

  /** Reads text; problems name it {@code shownAs}. */
  static ModuleFile parse(String text, String shownAs) {
    try {
      Element project =
          parser().parse(new InputSource(new StringReader(text))).getDocumentElement();
      return new ModuleFile(
          Stream.concat(
                  children(project, "parent").flatMap(parent -> texts(parent, "artifactId")),
                  texts(project, "artifactId"))
              .toList(),
          children(project, "modules").flatMap(all -> texts(all, "module")).toList());
    } catch (SAXParseException e) {
      throw Problem.usage(
              "%s:%d:%d  not valid XML: %s"
                  .formatted(shownAs, e.getLineNumber(), e.getColumnNumber(), e.getMessage()))
          .causedBy(e);
    } catch (SAXException | IOException e) {
      throw Problem.usage(shownAs + "  not valid XML: " + e.getMessage()).causedBy(e);
    }
  }

  private static DocumentBuilder parser() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      return builder;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java reads XML", e);
    }
  }

  private static Stream<String> texts(Element parent, String tag) {
    return children(parent, tag).map(child -> child.getTextContent().strip());
  }

  private static Stream<Element> children(Element parent, String tag) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node instanceof Element element && element.getTagName().equals(tag))
        .map(Element.class::cast);
  }

  /** The parser's own would print to standard error. */
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {}

    @Override
    public void error(SAXParseException e) throws SAXParseException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXParseException {
      throw e;
    }
  }
}
