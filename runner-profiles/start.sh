# Read by bin/larder of each runner, which says home, the folder of its module:
#   start NAME OPTIONS TRAINING VERB [--option=value ...]
# runs the command with the jars of that module's build and the JVM's options of a file beside
# bin/larder. The first run keeps the classes of a merge in target/larder.jsa, which later JVMs map
# instead of reading jars: half of the CPU seconds of a small batch are the start of a JVM.
#
# LARDER_JAVA_OPTS  more options for java, after ours; with -XX:-... they take ours back
# LARDER_SHARE=off  does without that file
# JAVA_HOME         which java
start() {
  name=$1 options=$home/bin/$2.jvm training=$3
  shift 3
  target=$home/target
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java

  if [ ! -f "$target/larder.classpath" ]; then
    echo "larder: $target/larder.classpath is missing. Build it: mvn -DskipTests package" >&2
    exit 2
  fi
  jar=$(ls "$target/$name"-*.jar | grep -v -e -sources -e -javadoc | head -n 1)
  CLASSPATH=$jar:$(cat "$target/larder.classpath")
  export CLASSPATH

  share=
  if [ "${LARDER_SHARE:-on}" != off ]; then
    archive=$target/larder.jsa
    if [ ! -f "$archive" ] || [ "$archive" -ot "$target/larder.classpath" ]; then
      echo "larder: the first run of this build keeps its classes for later ones: some seconds" >&2
      # To a name of its own and moved: two first runs must not meet. Without it all works, slower.
      # shellcheck disable=SC2086 # training is words
      "$java" @"$options" -XX:ArchiveClassesAtExit="$archive.$$" -Xlog:disable \
        dev.larder.pipelines.run.ClassDataTraining $training >"$target/larder.jsa.log" 2>&1 &&
        mv -f "$archive.$$" "$archive" || rm -f "$archive.$$"
    fi
    [ -f "$archive" ] && share="-Xshare:auto -XX:SharedArchiveFile=$archive -Xlog:cds=off"
  fi
  # shellcheck disable=SC2086 # options are words
  exec "$java" @"$options" $share ${LARDER_JAVA_OPTS:-} dev.larder.pipelines.command.Larder "$@"
}
