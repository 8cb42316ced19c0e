FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml .
COPY src src
COPY routes-yaml routes-yaml
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp package -DskipTests

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /build/target/camel-app.jar camel-app.jar
# Beside the jar, so that a volume in its place can be edited while the app runs.
COPY routes-yaml routes-yaml
RUN mkdir data inbox && chown 1000:1000 data inbox
USER 1000:1000
# Loopback, the default on the embedded cloud, cannot be reached from outside a container.
ENV INGEST_HOST=0.0.0.0 DASHBOARD_HOST=0.0.0.0
EXPOSE 8004 8010
# Alive, not ready: while AWS is away the app waits, and a restart would not help it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD curl -fsS "http://localhost:${DASHBOARD_PORT:-8010}/observe/health/live" || exit 1
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=75", "-jar", "camel-app.jar"]
