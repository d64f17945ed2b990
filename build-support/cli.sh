# Builds the command line for ./platform. Sourced by it, after setup.sh, with $root and $launcher set.
#
# What is built stands in $launcher/app-<key>/, keyed by its content and the JDK, so that a new build never changes
# files under a command that still runs, and Maven's own builds never touch them:
#   platform-cli.jar lib/    as Maven made them
#   classes.jsa              a static class-data archive; rejected by Java when a jar's path or time changes
#   java.args                what java is started with; written last, so what has it is complete
# $launcher/built names the one in use; its time is when the build that made it began.

readonly KEPT_BUILDS=3

# build_cli — sets app and java.
build_cli() {
  mkdir -p "$launcher"
  exec 9>"$launcher/lock"
  if ! flock -n 9; then
    progress "waiting for another call that builds the command line"
    flock 9
  fi
  if ! is_current; then
    ensure_jdk
    java=$jdk/bin/java
    local began=$launcher/began started=$SECONDS
    : >"$began"
    make_jar
    keep_app
    printf '%s\n' "$app" "$java" "$jdk_from_user" >"$launcher/built.new"
    touch -r "$began" "$launcher/built.new"
    mv -f "$launcher/built.new" "$launcher/built"
    rm -f "$began"
    progress "built the command line in $((SECONDS - started)) s"
  fi
  exec 9>&-
}

make_jar() {
  local log=$launcher/build.log
  ensure_maven
  progress "building the command line"
  # Maven notices neither a resource or library that is gone nor a changed compiler option, and compiles all or
  # nothing anyway.
  rm -rf "$root/platform-cli/target/classes" "$root/platform-cli/target/lib"
  if ! mvn -B -q -Dstyle.color=never -f "$root/pom.xml" -pl platform-cli -Dquick -DskipTests \
    package >"$log" 2>&1 9>&-; then
    # Maven repeats itself, and ends with advice on how to run it.
    awk '/To see the full stack trace/ { exit } { gsub(/\033\[[0-9;]*m/, "") } /\[ERROR\] ./ && !seen[$0]++' "$log" | tail -n 25 >&2
    if grep -q -e 'Could not resolve' -e 'Could not transfer' -e 'could not be resolved' "$log"; then
      unable "Maven could not get what the command line is built from; its whole output is $log"
    fi
    printf '✗ the command line does not build; Maven'\''s whole output is %s\n' "$log" >&2
    exit "$EXIT_BUG"
  fi
}

keep_app() {
  local target=$root/platform-cli/target key old
  key=$(cd "$target" && cat platform-cli-*.jar lib/*.jar "$root/build-support/cli.sh" "$jdk/release" | sha256sum)
  app=$launcher/app-${key:0:16}
  if [[ ! -f $app/java.args ]]; then
    rm -rf "$app"
    mkdir -p "$app"
    cp -p "$target"/platform-cli-*.jar "$app/platform-cli.jar"
    cp -rp "$target/lib" "$app/lib"
    cp "$jdk/release" "$app/release"
    bake
  fi
  touch "$app"
  # Commands that started from an older build may still be loading classes from it, so some are kept.
  while IFS= read -r old; do
    [[ $old == "$app" ]] || rm -rf "$old"
  done < <(ls -dt "$launcher"/app-* | tail -n +$((KEPT_BUILDS + 1)))
}

# bake — the class-data archive, from the classes that calls which need no running platform load.
bake() {
  local classpath options jar n=0 call
  # picocli right after ours: should a class of it not be in the archive, no other jar is opened on the way to it.
  classpath=$app/platform-cli.jar
  for jar in "$app"/lib/picocli-*.jar "$app"/lib/*.jar; do
    [[ :$classpath: == *:$jar:* ]] || classpath+=:$jar
  done
  options=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData)
  local calls=(--version --help 'up --help' 'status -o json' doctor 'render' 'validate' 'no-such-command')
  for call in "${calls[@]}"; do
    # shellcheck disable=SC2086  # a call is several words
    (cd "$root" && timeout 30 "$java" "${options[@]}" -XX:DumpLoadedClassList="$app/classes.$n" -cp "$classpath" \
      dev.platformkit.Main $call >/dev/null 2>&1 </dev/null 9>&-) || : # only which classes are loaded matters here
    n=$((n + 1))
  done
  # Newer Javas number the classes of a list, each list by itself; without numbers the lists can be joined.
  awk '/ source: / { next } { sub(/ id: .*/, "") } !seen[$0]++' "$app"/classes.[0-9]* >"$app/classes"
  rm -f "$app"/classes.[0-9]*
  # Dumped with G1, whichever collector will run: no other can put Java's own start-up objects into an archive.
  if "$java" -XX:+UseG1GC -Xshare:dump -XX:SharedClassListFile="$app/classes" \
    -XX:SharedArchiveFile="$app/classes.jsa" -cp "$classpath" >"$app/bake.log" 2>&1 9>&-; then
    # Mapped where it was made for: elsewhere every address in it would be corrected at each start. And what was
    # verified while it was made is not verified again, which picocli's old class files would be.
    options+=(-Xshare:auto "-XX:SharedArchiveFile=\"$app/classes.jsa\"" -XX:+UnlockDiagnosticVMOptions
      -XX:ArchiveRelocationMode=0 -XX:-BytecodeVerificationRemote)
  else
    progress "no class-data archive ($app/bake.log): the command line starts, only slower"
  fi
  {
    printf '%s\n' "${options[@]}"
    printf -- '-cp\n"%s"\n' "$classpath"
  } >"$app/java.args"
}
