package routes;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Keeps Camel from looking properties up among the environment variables by itself, where an
 * unchecked {@code INGEST_PORT} would win over the checked {@code ingest.port}.
 */
final class SettingsOnly extends MainListenerSupport {

  @Override
  public void beforeInitialize(BaseMainSupport main) {
    ((PropertiesComponent) main.getCamelContext().getPropertiesComponent())
        .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
  }
}
