package dev.platformkit.kit.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.UnknownFieldSet;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.cart.v1.AddItemRequest;
import dev.platformkit.shop.cart.v1.GetCartResponse;
import dev.platformkit.shop.cart.v1.Item;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every codec keeps to, whichever is chosen. */
abstract class CodecContract {
  private static final Descriptor ALL_KINDS = allKinds();

  protected abstract Codec codec();

  @Test
  void everyKindOfNumberComesBack() {
    for (Number extreme : List.of(0, 1, -1)) {
      same(message("int32", extreme.intValue()));
      same(message("int64", extreme.longValue()));
    }
    same(message("int32", Integer.MIN_VALUE));
    same(message("uint32", -1));
    same(message("int64", Long.MAX_VALUE));
    same(message("int64", Long.MIN_VALUE));
    // More than a double can tell from its neighbours.
    same(message("int64", (1L << 53) + 1));
    same(message("uint64", -1L));
    same(message("fixed64", Long.MIN_VALUE));
    same(message("double", Double.MIN_VALUE));
    same(message("double", Double.NEGATIVE_INFINITY));
    same(message("double", Double.NaN));
    same(message("float", 0.1f));
    same(message("bool", true));
  }

  @Test
  void textsAndBytesComeBack() {
    same(message("string", "Grüße \"quoted\"\n\u0000 \uD83D\uDE00"));
    same(message("bytes", ByteString.copyFrom(new byte[] {0, -1, 127, -128, '{'})));
  }

  @Test
  void enumsComeBackAlsoThoseThatTheReaderDoesNotKnow() {
    FieldDescriptor colour = field("enum");
    same(message("enum", colour.getEnumType().findValueByNumber(1)));
    same(message("enum", colour.getEnumType().findValueByNumberCreatingIfUnknown(99)));
  }

  @Test
  void manyComeBackInTheirOrder() {
    same(
        DynamicMessage.newBuilder(ALL_KINDS)
            .addRepeatedField(field("many"), 3L)
            .addRepeatedField(field("many"), 1L)
            .addRepeatedField(field("many"), 2L)
            .build());
  }

  @Test
  void mapsComeBack() {
    FieldDescriptor map = field("map");
    DynamicMessage.Builder message = DynamicMessage.newBuilder(ALL_KINDS);
    for (String key : List.of("one", "")) {
      message.addRepeatedField(
          map,
          DynamicMessage.newBuilder(map.getMessageType())
              .setField(map.getMessageType().findFieldByName("key"), key)
              .setField(map.getMessageType().findFieldByName("value"), 7)
              .build());
    }
    same(message.build());
  }

  @Test
  void whichOfSeveralIsSetComesBackAlsoWhenItIsZero() {
    same(message("this_one", ""));
    same(message("or_that", 0));
  }

  @Test
  void whetherAnOptionalFieldIsSetComesBack() {
    same(message("optional", 0));
    same(DynamicMessage.getDefaultInstance(ALL_KINDS));
  }

  @Test
  void timesComeBackToTheNanosecond() {
    same(
        message(
            "time",
            Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(123_456_789).build()));
    same(message("time", Timestamp.newBuilder().setSeconds(-1).setNanos(1).build()));
  }

  @Test
  void messagesInMessagesComeBack() {
    same(
        GetCartResponse.newBuilder()
            .addItems(Item.newBuilder().setProductId("p-1").setQuantity(2))
            .addItems(Item.getDefaultInstance())
            .build());
  }

  @Test
  void aLargeMessageComesBack() {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);

    same(message("bytes", ByteString.copyFrom(bytes)));
  }

  @Test
  void garbageIsRefusedAndNotToldAgain() {
    List<String> garbage =
        List.of(
            "hunter2",
            "{\"product_id\":",
            "\u00ff\u00ff",
            "[]",
            "\"text\"",
            "{\"quantity\":\"x\"}");
    for (String written : garbage) {
      refused(written.getBytes(UTF_8));
    }
    refused(new byte[] {-1, -1, -1, -1});
  }

  @Test
  void whatIsNestedWithoutEndIsRefused() {
    refused("[".repeat(500_000).getBytes(UTF_8));
    refused("{\"product_id\":".repeat(50_000).getBytes(UTF_8));
  }

  @Test
  void whatOnlyBeginsIsRefused() throws IOException {
    byte[] whole =
        codec()
            .write(AddItemRequest.newBuilder().setProductId("p-1").setQuantity(2).build())
            .readAllBytes();

    refused(Arrays.copyOf(whole, whole.length - 1));
  }

  /** What is read of what a newer one wrote, which has a field more. */
  protected static final int NEWER = 999;

  protected Message readOfNewer(byte[] newer) {
    return codec().read(new ByteArrayInputStream(newer), AddItemRequest.getDefaultInstance());
  }

  protected static Message withAnotherField() {
    return AddItemRequest.newBuilder()
        .setProductId("p-1")
        .setUnknownFields(
            UnknownFieldSet.newBuilder()
                .addField(NEWER, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build())
        .build();
  }

  private void same(Message message) {
    assertThat(codec().read(codec().write(message), message.getDefaultInstanceForType()))
        .isEqualTo(message);
  }

  private void refused(byte[] written) {
    StatusRuntimeException refused =
        catchThrowableOfType(StatusRuntimeException.class, () -> readOfNewer(written));
    assertThat(refused).as(() -> new String(written, UTF_8)).isNotNull();
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(Refusal.reason(refused)).hasValue("UNREADABLE");
    assertThat(refused.getMessage())
        .isEqualTo(
            "INVALID_ARGUMENT: this is no shop.cart.v1.AddItemRequest, written as "
                + codec().name());
  }

  private static Message message(String field, Object value) {
    return DynamicMessage.newBuilder(ALL_KINDS).setField(field(field), value).build();
  }

  private static FieldDescriptor field(String name) {
    return ALL_KINDS.findFieldByName(name);
  }

  /** No contract of ours has all of them. */
  private static Descriptor allKinds() {
    DescriptorProto.Builder all = DescriptorProto.newBuilder().setName("AllKinds");
    add(all, "int32", FieldDescriptorProto.Type.TYPE_INT32);
    add(all, "uint32", FieldDescriptorProto.Type.TYPE_UINT32);
    add(all, "int64", FieldDescriptorProto.Type.TYPE_INT64);
    add(all, "uint64", FieldDescriptorProto.Type.TYPE_UINT64);
    add(all, "fixed64", FieldDescriptorProto.Type.TYPE_FIXED64);
    add(all, "double", FieldDescriptorProto.Type.TYPE_DOUBLE);
    add(all, "float", FieldDescriptorProto.Type.TYPE_FLOAT);
    add(all, "bool", FieldDescriptorProto.Type.TYPE_BOOL);
    add(all, "string", FieldDescriptorProto.Type.TYPE_STRING);
    add(all, "bytes", FieldDescriptorProto.Type.TYPE_BYTES);
    add(all, "enum", FieldDescriptorProto.Type.TYPE_ENUM).setTypeName(".test.Colour");
    add(all, "many", FieldDescriptorProto.Type.TYPE_INT64)
        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
    add(all, "map", FieldDescriptorProto.Type.TYPE_MESSAGE)
        .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
        .setTypeName(".test.AllKinds.MapEntry");
    add(all, "time", FieldDescriptorProto.Type.TYPE_MESSAGE)
        .setTypeName(".google.protobuf.Timestamp");
    add(all, "this_one", FieldDescriptorProto.Type.TYPE_STRING).setOneofIndex(0);
    add(all, "or_that", FieldDescriptorProto.Type.TYPE_INT32).setOneofIndex(0);
    add(all, "optional", FieldDescriptorProto.Type.TYPE_INT32)
        .setOneofIndex(1)
        .setProto3Optional(true);
    all.addOneofDecl(OneofDescriptorProto.newBuilder().setName("one"));
    all.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_optional"));
    DescriptorProto.Builder entry = all.addNestedTypeBuilder().setName("MapEntry");
    entry.setOptions(MessageOptions.newBuilder().setMapEntry(true));
    add(entry, "key", FieldDescriptorProto.Type.TYPE_STRING);
    add(entry, "value", FieldDescriptorProto.Type.TYPE_INT32);
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("all_kinds.proto")
            .setSyntax("proto3")
            .setPackage("test")
            .addDependency("google/protobuf/timestamp.proto")
            .addMessageType(all)
            .addEnumType(
                EnumDescriptorProto.newBuilder()
                    .setName("Colour")
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("NONE").setNumber(0))
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("RED").setNumber(1)))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {TimestampProto.getDescriptor()})
          .findMessageTypeByName("AllKinds");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDescriptorProto.Builder add(
      DescriptorProto.Builder message, String name, FieldDescriptorProto.Type type) {
    return message
        .addFieldBuilder()
        .setName(name)
        .setNumber(message.getFieldCount())
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
        .setType(type);
  }
}
