package routes;

import org.apache.camel.main.Main;

/** The ingestion service: starts the cloud it was told to use, then the routes. */
public final class CamelApp {

  private CamelApp() {}

  public static void main(String[] args) throws Exception {
    System.exit(new Main().run(args));
  }
}
