package dev.platformkit.image;

import dev.platformkit.project.ImageSource;
import dev.platformkit.project.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A small project with everything that decides about images. */
record ImageProject(Path root) {
  static ImageProject in(Path root) throws IOException {
    ImageProject project = new ImageProject(root);
    project.write(
        Catalogue.LOCAL_FILE,
        """
        BASE_IMAGE=platform.local/base:trixie
        GO_BUILDER_IMAGE=platform.local/go-builder:1.24
        JRE_IMAGE=platform.local/jre:21
        CONSUL_IMAGE=platform.local/consul:1.13.9
        NATS_IMAGE=platform.local/nats:2.10
        CART_IMAGE=platform.local/cart:0.1.0
        USER_IMAGE=platform.local/user:0.1.0
        """);
    project.write(
        Catalogue.REGISTRY_FILE,
        """
        CONSUL_IMAGE=consul:1.13.9
        NATS_IMAGE=nats:2.10.27
        JRE_IMAGE=temurin:21
        GRAFANA_IMAGE=grafana:12
        """);
    project.write("stacks/images/base/build", "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        root.resolve("stacks/images/base/build"), PosixFilePermissions.fromString("rwxr-xr-x"));
    project.write("stacks/images/go-builder/Dockerfile", "ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\n");
    project.write("stacks/images/jre/Dockerfile", "ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\n");
    project.write(
        "stacks/images/consul/Dockerfile",
        """
        ARG GO_BUILDER_IMAGE
        ARG BASE_IMAGE
        FROM ${GO_BUILDER_IMAGE} AS build
        FROM ${BASE_IMAGE}
        ARG VERSION
        """);
    project.write("stacks/images/nats/Dockerfile", "ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\n");
    project.write("stacks/images/service/Dockerfile", "ARG JRE_IMAGE\nFROM ${JRE_IMAGE}\n");
    project.write("pom.xml", "<project/>");
    project.write("sample-services/pom.xml", "<project/>");
    for (String module : List.of("kit", "proto", "cart", "user")) {
      project.write("sample-services/" + module + "/pom.xml", "<project/>");
      project.write("sample-services/" + module + "/src/main/java/A.java", "class A {}");
    }
    return project;
  }

  Project project() {
    return new Project(root, "demo", List.of("data"), ImageSource.AUTO);
  }

  void write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
