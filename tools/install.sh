#!/bin/sh
# Installs haveago into ~/.local/bin (or $HAVEAGO_BIN): the archive for this system, if its checksum is right. Changes
# nothing else, and asks for no rights.
set -eu

# Filled in by the release that this script belongs to; $HAVEAGO_RELEASE names another place.
release=${HAVEAGO_RELEASE:-@RELEASE@}
bin=${HAVEAGO_BIN:-$HOME/.local/bin}

fail() {
  echo "haveago is not installed: $*" >&2
  exit 1
}

case "$(uname -s)" in
  Linux) system=unknown-linux-musl ;;
  Darwin) system=apple-darwin ;;
  *) fail "there is no archive for $(uname -s) in this script; on Windows take the zip from the release page" ;;
esac
case "$(uname -m)" in
  x86_64 | amd64) machine=x86_64 ;;
  arm64 | aarch64) machine=aarch64 ;;
  *) fail "there is no archive for a $(uname -m) processor; build it with 'cargo install --path .'" ;;
esac
name="haveago-$machine-$system"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
get() {
  if command -v curl >/dev/null; then curl -fsSLO "$release/$1"; else wget -q "$release/$1"; fi ||
    fail "$release/$1 cannot be downloaded; look whether you are online"
}
get "$name.tar.gz"
get "$name.tar.gz.sha256"
# The line names a file; only this one is taken for it.
expected=$(cut -d ' ' -f 1 "$name.tar.gz.sha256")
if command -v sha256sum >/dev/null; then
  actual=$(sha256sum "$name.tar.gz")
else
  actual=$(shasum -a 256 "$name.tar.gz")
fi
[ "${actual%% *}" = "$expected" ] || fail "the archive's checksum is not the one it should have; try again later"

tar -xzf "$name.tar.gz"
mkdir -p "$bin"
# Beside it first, so that one that runs is not overwritten.
cp "$name/haveago" "$bin/.haveago.new"
chmod 755 "$bin/.haveago.new"
mv "$bin/.haveago.new" "$bin/haveago"
echo "haveago is installed: $bin/haveago"
case ":$PATH:" in
  *":$bin:"*) ;;
  *) echo "$bin is not on your PATH; add it, or start haveago by its whole path" ;;
esac
