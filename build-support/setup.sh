# What ./platform and ./build need before anything else: a JDK and Maven. Sourced, never run; "invoked" holds the call.
# On Debian and Ubuntu, as root and with consent, what is missing is installed; otherwise the command to type is said.

readonly EXIT_UNABLE=3 EXIT_BUG=70 MINIMUM_JAVA=17

progress() { printf '  %s\n' "$*" >&2; }

# unable WHAT [COMMAND...] — says what stands in the way and what to type, and ends with exit 3.
unable() {
  printf '✗ %s\n' "$1" >&2
  shift
  local label='  try: ' command
  for command in "$@"; do
    printf '%s%s\n' "$label" "$command" >&2
    label='       '
  done
  exit "$EXIT_UNABLE"
}

# --yes among the arguments is consent for everything that we start from here.
consent_from_arguments() {
  local argument
  for argument in "$@"; do
    case $argument in
      --) return ;;
      --yes | -y) export PLATFORM_CONSENT=engine ;;
    esac
  done
}

consented() {
  [[ ,${PLATFORM_CONSENT:-}, == *,engine,* ]] && return
  [[ -t 0 && -t 2 ]] || return
  local answer
  printf '%s [y/N] ' "$1" >&2
  read -r answer || return
  [[ $answer == [yY] || $answer == [yY][eE][sS] ]]
}

# apt_choice A|B|C — the first of several packages that apt knows now, else the last.
apt_choice() {
  local candidate
  local -a candidates
  IFS='|' read -r -a candidates <<<"$1"
  for candidate in "${candidates[@]}"; do
    if [[ -n $(apt-cache search --names-only "^$candidate\$" 2>/dev/null) ]]; then
      break
    fi
  done
  printf '%s' "$candidate"
}

# apt_install WHY PACKAGE — from the distribution's signed sources, or exit 3. A package may be A|B|C.
apt_install() {
  local why=$1 wanted=$2 log started=$SECONDS package typed
  command -v apt-get >/dev/null || unable "$why, and this is neither Debian nor Ubuntu" "install ${wanted##*|}"
  package=$(apt_choice "$wanted")
  typed="apt-get update && apt-get install -y --no-install-recommends $package"
  [[ $EUID == 0 ]] || unable "$why" "sudo sh -c '$typed'"
  consented "$why. Install $package now?" || unable "$why" "$typed" "$invoked --yes"
  log=$(mktemp)
  # One source of several that does not answer need not matter: the installation tells.
  apt-get update -q >"$log" 2>&1 || :
  package=$(apt_choice "$wanted")
  progress "installing $package"
  if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$package" >>"$log" 2>&1; then
    tail -n 15 "$log" >&2
    unable "apt-get could not install $package; its whole output is $log" "$typed"
  fi
  rm -f "$log"
  progress "installed $package in $((SECONDS - started)) s"
}

# is_jdk HOME — a JDK (not only a runtime) that is new enough.
is_jdk() {
  local line version
  [[ -x $1/bin/java && -x $1/bin/javac && -r $1/release ]] || return 1
  while IFS= read -r line; do
    [[ $line == JAVA_VERSION=* ]] || continue
    version=${line#*\"}
    version=${version%%[!0-9]*}
    ((version >= MINIMUM_JAVA))
    return
  done <"$1/release"
  return 1
}

# find_jdk — sets jdk: JAVA_HOME, else the java on the path, else the first that fits under /usr/lib/jvm.
find_jdk() {
  local home java
  jdk=
  if [[ -n ${JAVA_HOME:-} ]] && is_jdk "$JAVA_HOME"; then
    jdk=$JAVA_HOME
    return
  fi
  if java=$(command -v java) && java=$(readlink -f -- "$java") && is_jdk "${java%/bin/java}"; then
    jdk=${java%/bin/java}
    return
  fi
  for home in /usr/lib/jvm/*; do
    if is_jdk "$home"; then
      jdk=$(readlink -f -- "$home")
      return
    fi
  done
  return 1
}

ensure_jdk() {
  if ! find_jdk; then
    apt_install "there is no JDK $MINIMUM_JAVA or newer" \
      'openjdk-17-jdk-headless|openjdk-21-jdk-headless|openjdk-25-jdk-headless|default-jdk-headless'
    find_jdk || unable "a JDK is installed, but none of $MINIMUM_JAVA or newer can be found" "ls /usr/lib/jvm"
  fi
  jdk_from_user=${JAVA_HOME:-none}
  export JAVA_HOME=$jdk
}

ensure_maven() {
  command -v mvn >/dev/null || apt_install "there is no Maven" maven
}
