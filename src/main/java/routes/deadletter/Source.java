package routes.deadletter;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where a record came from, as exactly as is known. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FileSource.class, name = "file"),
  @JsonSubTypes.Type(value = StreamSource.class, name = "stream"),
  @JsonSubTypes.Type(value = HttpSource.class, name = "http"),
  @JsonSubTypes.Type(value = MessageSource.class, name = "message")
})
public sealed interface Source permits FileSource, StreamSource, HttpSource, MessageSource {}
