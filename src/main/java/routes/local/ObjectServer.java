package routes.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** S3Proxy on a loopback port, each object a plain file at {@code <bucket>/<key>}. */
final class ObjectServer {

  private static final Logger log = LoggerFactory.getLogger(ObjectServer.class);

  private final S3Proxy server;

  private ObjectServer(S3Proxy server) {
    this.server = server;
  }

  static ObjectServer start(DataDirectory data) throws Exception {
    Path objects = data.directory(LocalCloud.OBJECTS);
    UploadNames names = new UploadNames(objects, data.directory("s3-claims"));
    ObjectKeys keys = new ObjectKeys(objects, data.namesAreExact());
    deleteLeftOvers(names);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(
                new TidyBlobStore(new FilesystemNio2BlobStore(objects.toString()), keys, names))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(40)
            .stopTimeout(0)
            .build();
    server.start();
    return new ObjectServer(server);
  }

  int port() {
    return server.getPort();
  }

  void stop() throws Exception {
    server.stop();
  }

  private static void deleteLeftOvers(UploadNames names) throws IOException {
    int deleted = names.deleteLeftOvers();
    if (deleted > 0) {
      log.info("Deleted {} unfinished uploads of an earlier run", deleted);
    }
  }
}
