FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml .
COPY src src
COPY routes-yaml routes-yaml
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp package -DskipTests
# DuckDB for SQL, with the native library for this machine alone.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp dependency:copy-dependencies -DincludeArtifactIds=duckdb_jdbc -DoutputDirectory=duckdb \
    && mkdir lib unpacked && cd unpacked && jar xf ../duckdb/*.jar \
    && find . -name 'libduckdb_java.so_*' ! -name "*_linux_$(dpkg --print-architecture)" -delete \
    && jar cf ../lib/duckdb_jdbc.jar .

# Not Alpine: zstd's native library is built for glibc. It has the curl that the health check uses.
FROM eclipse-temurin:17-jre-noble
WORKDIR /app
COPY --chmod=755 docker/healthcheck.sh healthcheck.sh
# Beside the jar, so that a volume in its place can be edited while the app runs.
COPY routes-yaml routes-yaml
RUN mkdir data inbox && chown 1000:1000 data inbox
COPY --from=build /build/target/camel-app.jar camel-app.jar
COPY --from=build /build/lib lib
# A start maps its classes from camel-app.jsa and takes a third less CPU time.
RUN --mount=type=bind,source=scripts/archive.sh,target=/archive.sh bash /archive.sh camel-app.jar
USER 1000:1000
# All that it writes to: the root file system can be read-only. Owned by the user above, as ECS
# mounts a volume with the rights it has here.
VOLUME ["/app/data", "/app/inbox", "/tmp"]
# Loopback, the default on the embedded cloud, cannot be reached from outside a container.
ENV INGEST_HOST=0.0.0.0 DASHBOARD_HOST=0.0.0.0
EXPOSE 4317 8000 8004 8010
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["/app/healthcheck.sh"]
# Outside the heap it takes some 300 MB: give it 1 GB or more. To stop it takes up to 10 seconds,
# which is when docker stop kills: docker stop --time 20.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:SharedArchiveFile=camel-app.jsa", "-jar", "camel-app.jar"]
