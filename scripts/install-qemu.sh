#!/usr/bin/env bash
# Installs what the tests with a real QEMU need, on Debian 12 as root: QEMU 7.2, its guest agent, passt and SASL from its packages, and
# QEMU 10.0 from its backports beside it, unpacked into a directory and not installed. What is there already stays.
#
#   scripts/install-qemu.sh DIR
#
# The last line of its output is what the tests want to know: QAPI_TEST_QEMU=EXECUTABLE:EXECUTABLE
set -euo pipefail

[ $# -eq 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }
mkdir -p "$1"
directory=$(cd "$1" && pwd)
newer="$directory/root/usr/bin/qemu-system-x86_64"

# Each program, and its package.
programs=(qemu-system-x86_64:qemu-system-x86 qemu-ga:qemu-guest-agent passt:passt)
missing=()
for program in "${programs[@]}"; do
  PATH="$PATH:/usr/sbin" command -v "${program%%:*}" >/dev/null || missing+=("${program##*:}")
done
# What VNC's SASL has mechanisms from; QEMU's package does not ask for it.
compgen -G "/usr/lib/*/sasl2/libanonymous.so" >/dev/null || missing+=(libsasl2-modules)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >&2
fi

if [ ! -x "$newer" ]; then
  # Lists of packages of its own: those of the system stay as they are. From where bookworm itself comes.
  archive=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' | awk '$1 == "bookworm" { print $2; exit }')
  [ -n "$archive" ] || { echo "$0: this is not Debian 12" >&2; exit 1; }
  echo "deb $archive bookworm-backports main" >"$directory/backports.list"
  mkdir -p "$directory/lists/partial"
  apt=(apt-get -o "Dir::Etc::sourcelist=$directory/backports.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State::lists=$directory/lists" -o APT::Get::List-Cleanup=0)
  "${apt[@]}" update >&2
  # The executable alone is enough: libraries and firmware are those of 7.2, which it looks for where they are installed.
  (cd "$directory" && "${apt[@]}" download qemu-system-x86/bookworm-backports) >&2
  rm -rf "$directory/unpacked"
  dpkg -x "$directory"/qemu-system-x86_*.deb "$directory/unpacked"
  mv -T "$directory/unpacked" "$directory/root"
  rm -rf "$directory"/qemu-system-x86_*.deb "$directory/lists"
fi

older=$(command -v qemu-system-x86_64)
for qemu in "$older" "$newer"; do
  "$qemu" --version | head -n 1 >&2
done
echo "QAPI_TEST_QEMU=$older:$newer"
