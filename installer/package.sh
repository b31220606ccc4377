#!/usr/bin/env bash
# Makes an application image with its own Java runtime, and on Debian a package:
#   installer/package.sh [image|deb]          (default: both)
# Needs a JDK 17 or newer with jpackage; the package needs dpkg-deb and fakeroot. Results are in target/dist.
set -euo pipefail
cd "$(dirname "$0")/.."
what="${1:-both}"
version=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' pom.xml)
modules=java.base,java.desktop,java.logging,java.management,java.xml,java.naming,java.scripting,java.sql,jdk.unsupported,jdk.management

mvn -q -B -ntp -Pquick -DskipTests package
rm -rf target/dist target/dist-input
mkdir -p target/dist target/dist-input
cp target/netsplice.jar target/dist-input/
cp -r target/lib target/dist-input/lib
# ONNX Runtime's jar holds the libraries of every system, 75 MB; the package keeps those of its own, 9 to 13 MB.
case "$(uname -s)" in Linux) system=linux ;; Darwin) system=osx ;; *) system=win ;; esac
case "$(uname -m)" in aarch64 | arm64) system=$system-aarch64 ;; *) system=$system-x64 ;; esac
runtime=$(ls "$PWD"/target/dist-input/lib/onnxruntime-*.jar)
mkdir target/dist-input/natives
(
  cd target/dist-input/natives
  jar xf "$runtime"
  find ai/onnxruntime/native -mindepth 1 -maxdepth 1 ! -name "$system" -exec rm -rf {} +
  find . -name '*.dSYM' -prune -exec rm -rf {} +
  jar cfM "$runtime" .
)
rm -rf target/dist-input/natives
mvn -q -B -ntp license:add-third-party@licences -Dlicense.outputDirectory=target/dist-input
cp LICENSE assets/fonts/LICENSE-DejaVu.txt target/dist-input/

options=(
  --name netsplice --app-version "$version" --vendor NetSplice
  --description "Visual graph editor that joins trained neural networks and runs them"
  --dest target/dist --add-modules "$modules"
  --jlink-options "--strip-debug --no-header-files --no-man-pages --compress=2"
)
case "$(uname -s)" in
  Darwin) icon=() ;;
  *) icon=(--icon assets/icon/netsplice-256.png) ;;
esac
jvm=(--java-options -Dfile.encoding=UTF-8)
release=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.specification.version = //p')
if [ "${release%%.*}" -ge 24 ]; then
  jvm+=(--java-options --enable-native-access=ALL-UNNAMED --java-options --sun-misc-unsafe-memory-access=allow)
fi

jpackage --type app-image "${options[@]}" "${icon[@]}" "${jvm[@]}" \
  --input target/dist-input --main-jar netsplice.jar --main-class org.netsplice.app.Main
echo "application image: target/dist/netsplice"

if [ "$what" = image ] || [ "$(uname -s)" != Linux ] || ! command -v dpkg-deb > /dev/null; then
  exit 0
fi
jpackage --type deb --name netsplice --app-version "$version" --vendor NetSplice \
  --description "Visual graph editor that joins trained neural networks and runs them" \
  --dest target/dist --app-image target/dist/netsplice --license-file LICENSE \
  --resource-dir installer/linux --linux-shortcut --linux-menu-group "Science;ArtificialIntelligence;" \
  --file-associations installer/files/splice.properties --file-associations installer/files/keras.properties \
  --linux-package-deps "libgtk-3-0, libgl1, libxxf86vm1, libxtst6, fonts-dejavu-core"
echo "package: $(ls target/dist/*.deb)"
