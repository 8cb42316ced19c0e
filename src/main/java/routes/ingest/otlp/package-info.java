/**
 * OpenTelemetry's protocol for logs, metrics and traces over HTTP (OTLP/HTTP), as its specification
 * 1.10 has it: protobuf and JSON become records, and answers are its messages, in the encoding of
 * the request.
 */
@NullMarked
package routes.ingest.otlp;

import org.jspecify.annotations.NullMarked;
