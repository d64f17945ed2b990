package dev.platformkit.shop.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto.EnumReservedRange;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import dev.platformkit.shop.contract.v1.Access;
import dev.platformkit.shop.contract.v1.ContractProto;
import io.envoyproxy.pgv.validate.Validate;
import io.envoyproxy.pgv.validate.Validate.FieldRules;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each rule sees what it is there for, and lets the rest be. */
class CompatibilityTest {
  private final FileDescriptorSet before = shop().build();

  @Test
  void whatIsTheSameBreaksNobody() {
    assertThat(Compatibility.breaks(before, before)).isEmpty();
  }

  @Test
  void whatIsAddedBreaksNobody() {
    assertThat(
            after(
                file -> {
                  file.addMessageTypeBuilder().setName("New");
                  file.addServiceBuilder().setName("NewService");
                  file.getMessageTypeBuilder(0).addField(field("colour", 9));
                  file.getServiceBuilder(0).addMethod(method("New"));
                  file.getEnumTypeBuilder(0).addValueBuilder().setName("BLUE").setNumber(9);
                }))
        .isEmpty();
  }

  @Test
  void aBreakSaysWhatAndWhyAndWhatToDo() {
    assertThat(after(file -> file.getMessageTypeBuilder(0).removeField(0)))
        .singleElement()
        .hasToString(
            """
            shop/test.proto: shop.Item.id was removed, and its number and name may be used again
                breaks: who was built with it: a later field under number 1 would be taken for it
                instead: reserved 1; reserved "id";""");
  }

  @Test
  void aFieldThatIsRemovedHasToBeReserved() {
    Consumer<FileDescriptorProto.Builder> removed =
        file -> file.getMessageTypeBuilder(0).removeField(0);

    assertBroken("shop.Item.id was removed", removed);
    assertBroken(
        "shop.Item.id was removed",
        removed.andThen(file -> reserve(file.getMessageTypeBuilder(0))));
    assertThat(
            after(
                removed
                    .andThen(file -> reserve(file.getMessageTypeBuilder(0)))
                    .andThen(file -> file.getMessageTypeBuilder(0).addReservedName("id"))))
        .isEmpty();
  }

  @Test
  void aFieldKeepsItsNumberAndItsNames() {
    assertBroken("shop.Item.id has the number 7 now, not 1", onId(id -> id.setNumber(7)));
    assertBroken("shop.Item.id is called key now, not id", onId(id -> id.setName("key")));
    assertBroken("shop.Item.id is called in JSON key now", onId(id -> id.setJsonName("key")));
  }

  @Test
  void aFieldKeepsItsType() {
    assertBroken(
        "shop.Item.id is of the type int64 now, not string",
        onId(id -> id.setType(FieldDescriptorProto.Type.TYPE_INT64)));
    assertBroken(
        "shop.Item.id is of the type shop.Colour now",
        onId(id -> id.setType(FieldDescriptorProto.Type.TYPE_ENUM).setTypeName(".shop.Colour")));
    assertBroken(
        "shop.Item.id is repeated now, not single", onId(id -> id.setLabel(Label.LABEL_REPEATED)));
  }

  @Test
  void aFieldStaysInOrOutOfItsOneof() {
    assertBroken(
        "shop.Item.id belongs to oneof one now, not no oneof",
        file -> {
          file.getMessageTypeBuilder(0).addOneofDeclBuilder().setName("one");
          file.getMessageTypeBuilder(0).getFieldBuilder(0).setOneofIndex(0);
        });
  }

  @Test
  void whatIsReservedStaysReserved() {
    FileDescriptorSet reserving = change(file -> reserve(file.getMessageTypeBuilder(0)));

    assertThat(Compatibility.breaks(reserving, before))
        .extracting(Break::what)
        .containsExactly("no longer reserves 1");
  }

  @Test
  void messagesEnumsAndServicesStay() {
    assertBroken("shop.Item was removed", file -> file.removeMessageType(0));
    assertBroken("shop.Item.Size was removed", f -> f.getMessageTypeBuilder(0).removeNestedType(0));
    assertBroken("shop.Colour was removed", file -> file.removeEnumType(0));
    assertBroken("shop.Shop was removed", file -> file.removeService(0));
    assertBroken("shop.Item was removed", file -> file.setPackage("shop.v2"));
  }

  @Test
  void valuesOfEnumsStay() {
    assertBroken("shop.Colour.RED was removed", file -> file.getEnumTypeBuilder(0).removeValue(1));
    assertBroken(
        "shop.Colour.RED was removed",
        file -> file.getEnumTypeBuilder(0).getValueBuilder(1).setName("CRIMSON"));
    assertBroken(
        "shop.Colour.RED is the number 5 now, not 1",
        file -> file.getEnumTypeBuilder(0).getValueBuilder(1).setNumber(5));
    assertThat(
            after(
                file ->
                    file.getEnumTypeBuilder(0)
                        .removeValue(1)
                        .addReservedName("RED")
                        .addReservedRange(EnumReservedRange.newBuilder().setStart(1).setEnd(1))))
        .isEmpty();
  }

  @Test
  void methodsStayAsTheyAre() {
    assertBroken("shop.Shop/Buy was removed", file -> file.getServiceBuilder(0).removeMethod(0));
    assertBroken(
        "shop.Shop/Buy takes a stream of shop.Item now, not one shop.Item",
        onBuy(buy -> buy.setClientStreaming(true)));
    assertBroken(
        "shop.Shop/Buy answers a stream of shop.Item now, not one shop.Item",
        onBuy(buy -> buy.setServerStreaming(true)));
    assertBroken(
        "shop.Shop/Buy takes one shop.Item.Size now",
        onBuy(buy -> buy.setInputType(".shop.Item.Size")));
    assertBroken(
        "shop.Shop/Buy answers one shop.Item.Size now",
        onBuy(buy -> buy.setOutputType(".shop.Item.Size")));
    assertBroken(
        "shop.Shop/Buy is no longer harmless to make twice",
        onBuy(buy -> buy.getOptionsBuilder().clearIdempotencyLevel()));
  }

  @Test
  void routesStay() {
    String gone = "shop.Shop/Buy has no route POST /v1/items with the body * any more";
    assertBroken(gone, onBuy(buy -> buy.getOptionsBuilder().clearExtension(AnnotationsProto.http)));
    assertBroken(gone, onRoute(route -> route.setPost("/v2/items")));
    assertBroken(gone, onRoute(route -> route.setPut("/v1/items")));
    assertBroken(gone, onRoute(route -> route.setBody("item")));
    assertBroken(
        "shop.Shop/Buy succeeds over HTTP with 200 now, not 201",
        onBuy(buy -> buy.getOptionsBuilder().clearExtension(ContractProto.successStatus)));
    assertThat(
            after(
                onRoute(
                    route -> {
                      HttpRule old = route.build();
                      route.setPost("/v2/items").addAdditionalBindings(old);
                    })))
        .isEmpty();
  }

  @Test
  void whoMayCallMayGoOnCalling() {
    assertBroken(
        "shop.Shop/Buy may be called by ACCESS_ADMIN now, not ACCESS_SIGNED_IN",
        onBuy(buy -> access(buy, Access.ACCESS_ADMIN)));
    assertBroken(
        "shop.Shop/Buy may be called by ACCESS_SERVICE now",
        onBuy(buy -> access(buy, Access.ACCESS_SERVICE)));
    assertThat(after(onBuy(buy -> access(buy, Access.ACCESS_ANYONE)))).isEmpty();
  }

  @Test
  void whatWasAllowedStaysAllowed() {
    narrower("string.min_len is 2 now, not 1", rules -> rules.getStringBuilder().setMinLen(2));
    narrower("string.max_len is 63 now, not 64", rules -> rules.getStringBuilder().setMaxLen(63));
    narrower("string.pattern is a* now", rules -> rules.getStringBuilder().setPattern("a*"));
    narrower("message.required is true", rules -> rules.getMessageBuilder().setRequired(true));
    narrower("repeated.max_items is 3", rules -> rules.getRepeatedBuilder().setMaxItems(3));
    narrower("int32.gte is 0 now", rules -> rules.getInt32Builder().setGte(0));
    narrower(
        "repeated.items.string.max_len is 3",
        rules -> rules.getRepeatedBuilder().getItemsBuilder().getStringBuilder().setMaxLen(3));
  }

  @Test
  void moreMayBeAllowed() {
    assertThat(after(onRules(rules -> rules.getStringBuilder().setMaxLen(65).setMinLen(0))))
        .isEmpty();
    assertThat(after(onRules(rules -> rules.getStringBuilder().setIgnoreEmpty(true)))).isEmpty();
    assertThat(after(onRules(FieldRules.Builder::clear))).isEmpty();
  }

  @Test
  void aNewFieldMayBeLeftOut() {
    assertBroken(
        "shop.Item.colour is new, and must be set: string.min_len is 1",
        file ->
            file.getMessageTypeBuilder(0)
                .addField(
                    ruled(field("colour", 9), rules -> rules.getStringBuilder().setMinLen(1))));
    assertThat(
            after(
                file ->
                    file.getMessageTypeBuilder(0)
                        .addField(
                            ruled(
                                field("colour", 9),
                                rules ->
                                    rules.getStringBuilder().setMinLen(1).setIgnoreEmpty(true)))
                        .addField(
                            ruled(
                                field("number", 10),
                                rules -> rules.getInt32Builder().setGte(0).setLte(9)))))
        .isEmpty();
  }

  private void narrower(String what, Consumer<FieldRules.Builder> change) {
    assertBroken("shop.Item.id lets through less: " + what, onRules(change));
  }

  private void assertBroken(String what, Consumer<FileDescriptorProto.Builder> change) {
    assertThat(after(change))
        .anySatisfy(each -> assertThat(each.element() + " " + each.what()).startsWith(what));
  }

  private List<Break> after(Consumer<FileDescriptorProto.Builder> change) {
    return Compatibility.breaks(before, change(change));
  }

  private static FileDescriptorSet change(Consumer<FileDescriptorProto.Builder> change) {
    FileDescriptorSet.Builder shop = shop();
    change.accept(shop.getFileBuilder(0));
    return shop.build();
  }

  private static Consumer<FileDescriptorProto.Builder> onId(
      Consumer<FieldDescriptorProto.Builder> change) {
    return file -> change.accept(file.getMessageTypeBuilder(0).getFieldBuilder(0));
  }

  private static Consumer<FileDescriptorProto.Builder> onRules(
      Consumer<FieldRules.Builder> change) {
    return onId(id -> ruled(id, change));
  }

  private static FieldDescriptorProto.Builder ruled(
      FieldDescriptorProto.Builder field, Consumer<FieldRules.Builder> change) {
    FieldRules.Builder rules = field.getOptions().getExtension(Validate.rules).toBuilder();
    change.accept(rules);
    field.getOptionsBuilder().setExtension(Validate.rules, rules.build());
    return field;
  }

  private static Consumer<FileDescriptorProto.Builder> onBuy(
      Consumer<MethodDescriptorProto.Builder> change) {
    return file -> change.accept(file.getServiceBuilder(0).getMethodBuilder(0));
  }

  private static Consumer<FileDescriptorProto.Builder> onRoute(Consumer<HttpRule.Builder> change) {
    return onBuy(
        buy -> {
          HttpRule.Builder route = buy.getOptions().getExtension(AnnotationsProto.http).toBuilder();
          change.accept(route);
          buy.getOptionsBuilder().setExtension(AnnotationsProto.http, route.build());
        });
  }

  private static void access(MethodDescriptorProto.Builder method, Access access) {
    method.getOptionsBuilder().setExtension(ContractProto.access, access);
  }

  private static void reserve(DescriptorProto.Builder message) {
    message.addReservedRange(ReservedRange.newBuilder().setStart(1).setEnd(2));
  }

  private static FileDescriptorSet.Builder shop() {
    FileDescriptorSet.Builder shop = FileDescriptorSet.newBuilder();
    FileDescriptorProto.Builder file =
        shop.addFileBuilder().setName("shop/test.proto").setPackage("shop");
    file.addMessageTypeBuilder()
        .setName("Item")
        .addField(
            ruled(field("id", 1), rules -> rules.getStringBuilder().setMinLen(1).setMaxLen(64)))
        .addNestedTypeBuilder()
        .setName("Size");
    EnumDescriptorProto.Builder colour = file.addEnumTypeBuilder().setName("Colour");
    colour.addValueBuilder().setName("NONE").setNumber(0);
    colour.addValueBuilder().setName("RED").setNumber(1);
    MethodDescriptorProto.Builder buy = method("Buy");
    access(buy, Access.ACCESS_SIGNED_IN);
    buy.getOptionsBuilder()
        .setIdempotencyLevel(IdempotencyLevel.IDEMPOTENT)
        .setExtension(ContractProto.successStatus, 201)
        .setExtension(
            AnnotationsProto.http, HttpRule.newBuilder().setPost("/v1/items").setBody("*").build());
    file.addServiceBuilder().setName("Shop").addMethod(buy);
    return shop;
  }

  private static FieldDescriptorProto.Builder field(String name, int number) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setJsonName(name)
        .setNumber(number)
        .setLabel(Label.LABEL_OPTIONAL)
        .setType(FieldDescriptorProto.Type.TYPE_STRING);
  }

  private static MethodDescriptorProto.Builder method(String name) {
    return MethodDescriptorProto.newBuilder()
        .setName(name)
        .setInputType(".shop.Item")
        .setOutputType(".shop.Item");
  }
}
