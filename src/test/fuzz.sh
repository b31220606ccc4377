#!/usr/bin/env bash
# Looks for inputs that a reader does not survive: src/test/fuzz.sh Json|Zip|Hdf5|Npy SECONDS
# Starts from the collected inputs and keeps new ones in target/fuzz; move what was found to src/test/resources/fuzz.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1
seconds=$2
name=$(echo "$target" | tr '[:upper:]' '[:lower:]')
version=0.24.0
mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath.txt -Dmdep.includeScope=test
mvn -q dependency:copy -Dartifact=com.code-intelligence:jazzer:$version -DoutputDirectory=target/fuzz-jars
mvn -q dependency:copy -Dartifact=com.code-intelligence:jazzer-api:$version -DoutputDirectory=target/fuzz-jars
mkdir -p "target/fuzz/$name"
unzip -qo "src/test/resources/fuzz/$name.zip" -d "target/fuzz/$name"
exec java -Xmx2g -Djava.util.logging.config.file=src/main/resources/logging.properties \
    -cp "target/test-classes:target/classes:$(cat target/fuzz-classpath.txt):target/fuzz-jars/*" \
    com.code_intelligence.jazzer.Jazzer "--target_class=org.netsplice.fuzz.${target}Target" \
    '--instrumentation_includes=org.netsplice.**:io.jhdf.**' --keep_going=20 \
    "target/fuzz/$name" "-max_total_time=$seconds" -timeout=60 -max_len=60000 -print_final_stats=1
