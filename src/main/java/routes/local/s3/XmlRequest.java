package routes.local.s3;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One of the few bodies that S3 takes in XML.
 *
 * @param texts of the elements right below the root that have only text, by their names
 * @param elements the other ones, each as the texts in it by their names
 */
record XmlRequest(Map<String, String> texts, List<Map<String, String>> elements) {

  private static final XMLInputFactory FACTORY = factory();

  /**
   * Reads a body.
   *
   * @param root what the document must be
   * @param element the name of those that have elements in them
   */
  static XmlRequest read(byte[] body, String root, String element) {
    XmlRequest request = new XmlRequest(new HashMap<>(), new ArrayList<>());
    try {
      XMLStreamReader xml = FACTORY.createXMLStreamReader(new ByteArrayInputStream(body));
      xml.nextTag();
      if (!xml.getLocalName().equals(root)) {
        throw malformed("it is no " + root);
      }
      while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
        if (xml.getLocalName().equals(element)) {
          request.elements.add(texts(xml));
        } else {
          request.texts.put(xml.getLocalName(), xml.getElementText());
        }
      }
      return request;
    } catch (XMLStreamException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> texts(XMLStreamReader xml) throws XMLStreamException {
    Map<String, String> texts = new HashMap<>();
    while (xml.nextTag() == XMLStreamReader.START_ELEMENT) {
      texts.put(xml.getLocalName(), xml.getElementText());
    }
    return texts;
  }

  static S3Exception malformed(String reason) {
    return S3Exception.invalid(
        "MalformedXML", "The body is not the XML it should be: " + Xml.printable(reason));
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }
}
